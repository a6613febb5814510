"""A row of the validation: what is to be seen, where it is known from, how it is measured, and when it counts."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.validation.situation import Situation

EXACT, QUANT, SIGN = "EXACT", "QUANT", "SIGN"


class Reading(NamedTuple):
    """One quantity read from one replicate.

    Args:
        quantity: Name.
        got: Value of the run.
        expected: Value of the closed form; NaN where a published figure is compared over all replicates.
        error: Standard error of ``got`` by the exact variance, or the largest rounding where nothing is random.
        is_random: False where ``error`` is the largest rounding.
    """

    quantity: str
    got: float
    expected: float = float("nan")
    error: float = float("nan")
    is_random: bool = True

    @property
    def z(self) -> float:
        """Distance in standard errors, or in roundings; infinite where nothing may differ and something does."""
        gap = self.got - self.expected
        if gap and not self.error:
            return math.copysign(math.inf, gap)
        return gap / self.error if gap else 0.0


class Curve(NamedTuple):
    """A run beside its closed form, for a picture.

    Args:
        title: What is drawn.
        across: Name of the horizontal axis.
        places: Values along it.
        lines: Values by the name of the line; the run first.
    """

    title: str
    across: str
    places: NDArray[Any]
    lines: Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Control:
    """A negative control: with its mechanism off, or the premise broken, the pattern must be gone.

    Args:
        what: What is changed.
        changes: Settings by key path.
    """

    what: str
    changes: Mapping[str, Any]


class Judge(Protocol):
    """Decides over the readings of a row."""

    @property
    def kind(self) -> str:
        """EXACT, QUANT or SIGN."""

    @property
    def expected(self) -> str:
        """What is expected, in words."""

    @property
    def tolerance(self) -> str:
        """What is allowed, in words."""

    def judge(self, replicates: Sequence[Sequence[Reading]]) -> "Judgement":
        """Judge the readings of all replicates."""


class Judgement(NamedTuple):
    """What became of a row or of its control.

    Args:
        passed: Whether everything lies within the tolerance.
        expected: Expected value, of the quantity that is furthest off where there are several.
        got: Value of the runs for the same quantity.
        low: Lower end of its interval.
        high: Upper end.
        distance: How far it is off, in words; empty when it passed.
        quantity: Which quantity that is.
    """

    passed: bool
    expected: float
    got: float
    low: float
    high: float
    distance: str
    quantity: str


@dataclass(frozen=True)
class Entry:
    """One row of the table.

    Args:
        id: Identifier in the list of targets, such as F1; further rows on one target add a word after a hyphen.
        target: What must be seen, in one sentence.
        source: Where it is known from.
        judge: Class, expected value and tolerance.
        read: Reads a replicate.
        control: Negative control.
        world: ``limit``, or the scenario of the box that shows the row.
        agents: Customer agents of a limit world, in the quick and in the full run.
        replicates: Replicates, in the quick and in the full run.
        picture: Draws the run beside its closed form, where there is one.
        is_quick: Whether the quick run has it.
    """

    id: str
    target: str
    source: str
    judge: Judge
    read: Callable[[Situation], Sequence[Reading]]
    control: Control
    world: str = "limit"
    agents: tuple[int, int] = (4000, 20_000)
    replicates: tuple[int, int] = (4, 30)
    picture: Callable[[Situation], Curve] | None = None
    is_quick: bool = True


@dataclass(frozen=True)
class NotReachable:
    """A target that the model cannot show, and why.

    Args:
        id: Identifier in the list of targets.
        target: What theory or literature says.
        source: Where it is known from.
        kind: EXACT, QUANT or SIGN.
        reason: Why no switch setting reaches it.
    """

    id: str
    target: str
    source: str
    kind: str
    reason: str


@dataclass(frozen=True)
class RowOutcome:
    """A row after its runs. control_gone: whether the pattern was gone in the negative control"""

    row: Entry
    use: str
    judgement: Judgement
    control: Judgement
    curves: Sequence[Curve] = field(default_factory=tuple)

    @property
    def control_gone(self) -> bool:
        """Whether the negative control fails, as it must."""
        return not self.control.passed


def only_numbers(values: Sequence[float]) -> NDArray[np.float64]:
    """The values that are numbers."""
    numbers = np.asarray(values, float)
    return numbers[np.isfinite(numbers)]
