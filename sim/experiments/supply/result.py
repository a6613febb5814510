"""What a calibration gave: the numbers, and every condition with its band and verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiments.supply.conditions import GENERAL, NO_GAIN, PRICE_BAND, SEARCHED, BestReply
from sim.experiments.supply.measuring import Seen
from sim.parameters import Scenario
from sim.parameters.targets import CALIBRATED, TARGET_MEANINGS, Target

MET, MISSED = "met", "missed"
MISS = 0.25  # distance of a condition that is missed at the edge of its band


@dataclass(frozen=True)
class Condition:
    """One condition and what was measured.

    Args:
        name: Name of the target, or ``best`` and a decision.
        first: Value in year 1, or the best reply.
        last: Value in the last year; the same where there is one value.
        low: Smallest value that fits.
        high: Largest value that fits.
        use: Whether the world was calibrated to it.
        met: Whether it is met, in both years.
        about: Source of the band, or gain of a best reply.
    """

    name: str
    first: float
    last: float
    low: float
    high: float
    use: str
    met: bool
    about: str

    @property
    def verdict(self) -> str:
        """In a word."""
        return MET if self.met else MISSED

    @property
    def distance(self) -> float:
        """Nothing where it is met; else `MISS` and how far it lies beyond its band, in widths of the band."""
        if self.met:
            return 0.0
        beyond = max(max(self.low - value, value - self.high, 0.0) for value in (self.first, self.last))
        return MISS + beyond / (self.high - self.low)

    def as_mapping(self) -> dict[str, Any]:
        """As one row of a table."""
        return vars(self) | {"verdict": self.verdict}


def targets_of(scenario: Scenario) -> dict[str, Target]:
    """The targets of a world: those of every world, and its own before them."""
    return dict(GENERAL) | dict(scenario.targets)


def conditions_of(scenario: Scenario, seen: Seen) -> list[Condition]:
    """Every condition: best replies first, then targets in the order of their table."""
    targets = targets_of(scenario)
    replies = [_of_reply(name, seen.replies[name], targets) for name in SEARCHED if name in seen.replies]
    return replies + [_of_target(name, targets[name], seen) for name in TARGET_MEANINGS if name in targets]


def _of_target(name: str, target: Target, seen: Seen) -> Condition:
    if name in seen.elasticities:
        first = last = seen.elasticities[name]
    else:
        first, last = seen.figures[name]
    met = target.holds(first) and target.holds(last)
    return Condition(name, first, last, target.low, target.high, target.use, met, target.source)


def _of_reply(decision: str, reply: BestReply, targets: Mapping[str, Target]) -> Condition:
    low, high = PRICE_BAND if decision == "price" else (reply.low, reply.high)
    idle = decision in targets and targets[decision].low == 0.0 and reply.start - reply.low <= NO_GAIN
    met = reply.holds(decision) or (idle and reply.best - reply.low <= NO_GAIN)  # an industry that spends nothing
    about = f"firms start at {reply.start:g}; the best reply brings {100.0 * reply.gain:.1f} % of a firm's value"
    return Condition(f"best {decision}", reply.best, reply.best, low, high, CALIBRATED, met, about)


@dataclass(frozen=True)
class Calibration:
    """What a calibration gave.

    Args:
        scenario: The world with the calibrated numbers.
        numbers: Numbers that differ from the world at the start, by key path without ``market.``.
        conditions: Every condition, as measured with these numbers.
        rounds: Distance from the conditions after each round; the first is the world at the start.
        about: Scenario, plan and code.
    """

    scenario: Scenario
    numbers: Mapping[str, float]
    conditions: Sequence[Condition]
    rounds: Sequence[float]
    about: Mapping[str, Any]

    @property
    def provenance(self) -> str:
        """What the source of a calibrated number says."""
        about = self.about
        return (
            f"calibrated: CAL {about['dated']}, sim calibrate supply, {about['customers']} customers, "
            f"{about['replications']} replications, seed {about['seed']}"
        )

    @property
    def missed(self) -> list[str]:
        """Names of the conditions that are not met."""
        return [condition.name for condition in self.conditions if not condition.met]

    def as_mapping(self) -> dict[str, Any]:
        """All results as one document."""
        return dict(self.about) | {
            "finished": True,
            "numbers": {f"market.{name}": value for name, value in self.numbers.items()},
            "conditions": [condition.as_mapping() for condition in self.conditions],
            "missed": self.missed,
            "distance_by_round": list(self.rounds),
        }
