"""What is declared before the first run: contrasts with a smallest effect of interest, and when to stop adding runs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.experiments.sweep.design.factors import Factor, Label
from sim.experiments.sweep.design.outcomes import Outcome
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.statistics.declaration import DIRECTIONS, Contrast

SMALLEST = 1e-12


@dataclass(frozen=True)
class StoppingRule:
    """Stopping rule: the half-width of a contrast's interval is small and stays small.

    Args:
        contrast: Name of the contrast.
        half_width: Half-width of its 95 % interval to reach, in the unit of the outcome.
        minimum: Fewest replications.
        maximum: Most replications.
        look_ahead: Further replications for which the half-width must stay small.
    """

    contrast: str
    half_width: float
    minimum: int
    maximum: int
    look_ahead: int


def read_contrast(
    name: str, form: StrictSection, factors: Sequence[Factor], outcomes: Sequence[Outcome]
) -> Contrast | None:
    """A contrast from its section; None when it makes no sense, with complaints in the form."""
    form.only(("factor", "level", "against", "outcome", "smallest", "direction", "where"))
    factor = form.choice("factor", (candidate.name for candidate in factors))
    outcome = form.choice("outcome", (candidate.name for candidate in outcomes))
    levels_by_factor = {
        candidate.name: [level.label for level in candidate.levels]
        for candidate in factors
        if candidate.levels or candidate.is_range
    }
    named = levels_by_factor.get(str(form.contents.get("factor")))
    level, against = (_label(form, key, named) for key in ("level", "against"))
    if level is not None and level == against:
        form.complain("against", f"is {against!r}, the level itself; another level is needed.")
    where = _where(form, factor, levels_by_factor)
    smallest = form.amount("smallest", SMALLEST, math.inf)
    direction = form.choice("direction", DIRECTIONS, _direction(outcome, outcomes))
    if level is None or against is None or level == against:
        return None
    return Contrast(factor, level, against, outcome, smallest, direction, name, where)


def _direction(outcome: str, outcomes: Sequence[Outcome]) -> str | None:
    """Better direction of the measure; None if it has none."""
    directions = {item.name: item.direction for item in outcomes}
    return directions.get(outcome) if directions.get(outcome) in DIRECTIONS else None


def _where(form: StrictSection, factor: str, levels_by_factor: dict[str, list[Label]]) -> dict[str, Label]:
    """Levels of other factors at which a contrast is taken."""
    where = form.section("where")
    where.only([name for name in levels_by_factor if name != factor])
    labels = {name: _label(where, name, levels_by_factor.get(name)) for name in where.contents}
    return {name: label for name, label in labels.items() if label is not None}


def _label(form: StrictSection, key: str, labels: list[Label] | None) -> Label | None:
    """A level of a factor; None for a faulty factor, which is reported elsewhere."""
    value = form.contents.get(key)
    if labels is None:
        return None
    if value not in labels:
        form.complain(key, f"is {value!r}; levels are {', '.join(map(str, labels)) or 'none: the factor is a range'}.")
        return None
    return labels[labels.index(value)]


def read_stopping(form: StrictSection, contrasts: Iterable[str]) -> StoppingRule | None:
    """The stopping rule from its section, if there is one; complaints stay in the form."""
    if not form.contents:
        return None
    form.only(("contrast", "half_width", "minimum", "maximum", "look_ahead"))
    contrast = form.choice("contrast", contrasts)
    half_width = form.amount("half_width", 1e-12, math.inf)
    minimum = form.whole("minimum", 2, 100_000, 20)
    maximum = form.whole("maximum", minimum, 100_000, max(200, minimum))
    return StoppingRule(contrast, half_width, minimum, maximum, form.whole("look_ahead", 0, 1000, 5))
