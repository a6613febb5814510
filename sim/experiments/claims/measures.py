"""What a claim says of its arms: outcome, combination of arms, direction and the smallest effect that matters."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiments.sweep.design.outcomes import NUMBERS
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.statistics.declaration import DIRECTIONS

SMALLEST = 1e-12
_OUTCOME_KEYS = ("measure", "aggregation", "months", "firm")
_KEYS = (*_OUTCOME_KEYS, "one", "other", "weights", "direction", "smallest", "smallest_share")
SCALE = "_scale"  # ending of the outcome that a share of revenue is taken of


@dataclass(frozen=True)
class ClaimMeasure:
    """One number that is compared between arms.

    Args:
        name: Name, unique in its claim.
        outcome: The outcome as an experiment declares it: measure, aggregation, months, firm.
        weights: Weight of each arm in the difference; the arm asked about comes first.
        direction: ``higher`` or ``lower``: what the claim says of the difference; empty where it says nothing.
        smallest: Smallest effect that matters, in the unit of the measure, or as a share of revenue.
        is_share: Whether it is a share of the present value of the revenue of the arm compared with.
    """

    name: str
    outcome: Mapping[str, Any]
    weights: Mapping[str, float]
    direction: str = ""
    smallest: float = 0.0
    is_share: bool = False

    @property
    def sign(self) -> float:
        """1 where the claim says higher, else -1."""
        return -1.0 if self.direction == "lower" else 1.0

    @property
    def subject(self) -> str:
        """The arm asked about."""
        return next(iter(self.weights))

    @property
    def rivals(self) -> str:
        """The arms that it is compared with, in words."""
        return " and ".join(list(self.weights)[1:])

    @property
    def unit(self) -> str:
        """Unit as the table of measures writes it."""
        return NUMBERS[self.outcome["measure"]]

    def outcomes(self) -> dict[str, Mapping[str, Any]]:
        """Outcomes that an experiment needs for it, by column."""
        own: dict[str, Mapping[str, Any]] = {self.column: self.outcome}
        if self.is_share:
            months = {"months": self.outcome["months"]} if "months" in self.outcome else {}
            own[self.column + SCALE] = {"measure": "revenue", "aggregation": "present_value"} | months
        return own

    @property
    def column(self) -> str:
        """Column of its outcome; measures with the same outcome against several arms have the same."""
        return self.name.partition(" against ")[0]


def read_measures(form: StrictSection, arms: Sequence[str], judged: bool) -> tuple[ClaimMeasure, ...]:
    """The measures of a section; complaints stay in the form.

    Args:
        form: Sections by name of the measure.
        arms: Names of the arms.
        judged: Whether each needs a direction and a smallest effect.
    """
    names = {str(name): form.section(str(name)) for name in form.contents}
    return tuple(measure for name, part in names.items() for measure in read_measure(name, part, arms, judged))


def read_measure(name: str, form: StrictSection, arms: Sequence[str], judged: bool) -> tuple[ClaimMeasure, ...]:
    """One measure against one arm, or one for each of several arms."""
    form.only(
        _KEYS if judged else tuple(key for key in _KEYS if key not in ("direction", "smallest", "smallest_share"))
    )
    form.choice("measure", NUMBERS)
    outcome = {key: form.contents[key] for key in _OUTCOME_KEYS if key in form.contents}
    direction = form.choice("direction", DIRECTIONS) if judged else ""
    smallest, is_share = _smallest(form) if judged else (0.0, False)
    combined = _combinations(form, arms)
    several = len(combined) > 1
    return tuple(
        ClaimMeasure(
            f"{name} against {list(weights)[1]}" if several else name, outcome, weights, direction, smallest, is_share
        )
        for weights in combined
    )


def _smallest(form: StrictSection) -> tuple[float, bool]:
    given = [key for key in ("smallest", "smallest_share") if key in form.contents]
    if len(given) != 1:
        form.complain("", "needs either smallest or smallest_share, the smallest effect that matters.")
        return 1.0, False
    return form.amount(given[0], SMALLEST, math.inf), given[0] == "smallest_share"


def _combinations(form: StrictSection, arms: Sequence[str]) -> list[dict[str, float]]:
    """Weights of arms, one mapping for each comparison."""
    if "weights" in form.contents:
        return [_weights(form.section("weights"), arms)]
    subject = form.choice("one", arms, arms[0] if arms else None)
    given = form.contents.get("other", arms[1] if len(arms) > 1 else None)
    others = given if isinstance(given, list) else [given]
    for other in others:
        if other not in arms or other == subject:
            form.complain("other", f"has {other!r}; arms are {', '.join(arms)}, and {subject} is the one asked about.")
    return [{subject: 1.0, str(other): -1.0} for other in others]


def _weights(form: StrictSection, arms: Sequence[str]) -> dict[str, float]:
    form.only(arms)
    weights = {arm: form.amount(arm, -1e6, 1e6) for arm in form.contents if arm in arms}
    if len(weights) < 2 or abs(sum(weights.values())) > 1e-9:
        form.complain("", f"is {dict(form.contents)!r}; two arms or more are needed, with weights that add up to 0.")
    return weights or dict.fromkeys(arms[:2], 0.0)
