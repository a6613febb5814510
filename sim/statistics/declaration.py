"""What an experiment declares before it runs and its analysis needs to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sim.parameters import BadInput

DIRECTIONS = ("higher", "lower")
LevelLabel = str | float | int | bool


@dataclass(frozen=True)
class Contrast:
    """One level of a factor against another, in one outcome, declared beforehand.

    Args:
        factor: Column of the factor.
        one: Level whose outcome is asked about.
        other: Level it is compared with: the baseline.
        outcome: Column of the outcome.
        smallest: Smallest effect of interest; a smaller difference means nothing in practice. [unit of the outcome]
        direction: ``higher`` or ``lower``: which outcome is better.
        name: Name under which it was declared; may be empty.
        where: Levels of other factors at which alone it is taken; everywhere when empty.

    Raises:
        BadInput: A level against itself, no amount, or an unknown direction.
    """

    factor: str
    one: LevelLabel
    other: LevelLabel
    outcome: str
    smallest: float
    direction: str = "higher"
    name: str = ""
    where: Mapping[str, LevelLabel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        where = f"contrast of {self.factor} in {self.outcome}"
        if self.one == self.other:
            raise BadInput(f"{where}: {self.one!r} is compared with itself; two different levels are needed")
        if not 0.0 < self.smallest < float("inf"):
            raise BadInput(
                f"{where}: the smallest effect of interest is {self.smallest:g}; an amount above 0 is needed"
            )
        if self.direction not in DIRECTIONS:
            raise BadInput(f"{where}: direction is {self.direction!r}; allowed are {' and '.join(DIRECTIONS)}")

    @property
    def label(self) -> str:
        """The contrast in words: the address of its random numbers too."""
        places = "".join(f", {name} = {level}" for name, level in self.where.items())
        return f"{self.outcome}: {self.factor} {self.one} against {self.other}{places}"


class Design(Protocol):
    """What the analysis must know of a design; any object with these attributes will do."""

    @property
    def kind(self) -> str:
        """Kind of design, one of `sampling.DESIGN_KINDS`; some have an analysis of their own."""

    @property
    def factors(self) -> Sequence[str]:
        """Columns of the factors, in the order of the design."""

    @property
    def outcomes(self) -> Sequence[str]:
        """Columns of the outcomes to analyse."""

    @property
    def contrasts(self) -> Sequence[Contrast]:
        """Declared contrasts."""

    @property
    def seed(self) -> int:
        """Seed of the sweep; resampling follows from it."""

    @property
    def crossed(self) -> Sequence[str]:
        """Factors whose levels are crossed with every sampled world; empty for other designs."""


@dataclass(frozen=True)
class Declared:
    """A design as its analysis sees it.

    Args:
        kind: Kind of design.
        factors: Columns of the factors, in the order of the design.
        outcomes: Columns of the outcomes to analyse.
        contrasts: Declared contrasts.
        seed: Seed of the sweep.
        crossed: Factors of which every level meets every sampled world.
    """

    kind: str
    factors: tuple[str, ...]
    outcomes: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    seed: int = 1
    crossed: tuple[str, ...] = ()
