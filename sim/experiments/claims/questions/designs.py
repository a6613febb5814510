"""What each form of a question varies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.experiments.sweep.design.outcomes import Outcome

BundleSettings = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """One side of a phase diagram.

    Args:
        path: Key path.
        low: Lower end.
        high: Upper end.
        scale: How levels are spread: ``linear`` or ``log``.
    """

    path: str
    low: float
    high: float
    scale: str

    def at(self, share: float) -> float:
        """The level at a share of the way.

        >>> Axis("months", 0.5, 2.0, "log").at(0.5), Axis("months", 0.5, 2.0, "linear").at(0.5)
        (1.0, 1.25)
        """
        if self.scale == "log":
            return round(math.exp(math.log(self.low) + share * math.log(self.high / self.low)), 12)
        return round(self.low + share * (self.high - self.low), 12)


@dataclass(frozen=True)
class PhaseDiagrams:
    """Phase diagrams: which policy earns most over two numbers.

    Args:
        policies: Policies of the focal firm; zero lines are those of the first against each other.
        diagrams: Across and up, by name.
    """

    policies: tuple[str, ...]
    diagrams: Mapping[str, tuple[Axis, Axis]]


@dataclass(frozen=True)
class BreakEven:
    """How long a firm that sets out needs until it has earned back what it lost.

    Args:
        sets_out: Settings of the firm that sets out.
        never: Settings of the same firm that does not.
        date: Month in which it sets out.
        moderators: Settings by name and level; every level is lived by both firms.
    """

    sets_out: BundleSettings
    never: BundleSettings
    date: int
    moderators: Mapping[str, Mapping[str, BundleSettings]]


@dataclass(frozen=True)
class SobolIndices:
    """Which numbers move the difference between two policies.

    Args:
        policies: The policy asked about, and its rival.
        factors: Sections of factors, as in an experiment.
    """

    policies: tuple[str, ...]
    factors: Mapping[str, Any]


@dataclass(frozen=True)
class Silos:
    """What walls cost, by the mechanisms that carry it.

    Args:
        path: Key path of the height.
        heights: Heights; the price is that of the last against the first.
        steps: Mechanisms by step of the bridge.
    """

    path: str
    heights: tuple[float, ...]
    steps: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Adoption:
    """What becomes of firms and customers when no firm, one or all adopt a policy.

    Args:
        policies: The policy that is adopted, and the one that all others have.
        measures: Outcomes.
    """

    policies: tuple[str, ...]
    measures: tuple[Outcome, ...]


QuestionDesign = PhaseDiagrams | BreakEven | SobolIndices | Silos | Adoption
