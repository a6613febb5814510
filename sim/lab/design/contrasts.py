"""What is declared before the first run: contrasts with a smallest effect of interest, and when to stop adding runs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.lab.design.factors import Factor, Label
from sim.lab.design.form import Form
from sim.lab.design.outcomes import Outcome


@dataclass(frozen=True)
class Contrast:
    """A difference of an outcome between two levels of a factor in paired runs.

    Args:
        name: Name of the contrast.
        factor: Name of the factor.
        level: Its level.
        against: The level it is compared with.
        outcome: Name of the outcome.
        smallest: Smallest effect of interest, in the unit of the outcome; 0 when none is declared.
        where: Levels of other factors at which it is taken; all when empty.
    """

    name: str
    factor: str
    level: Label
    against: Label
    outcome: str
    smallest: float = 0.0
    where: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Stopping:
    """When enough replications were lived: the half-width of a contrast is small and stays small.

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


def read_contrast(name: str, form: Form, factors: Sequence[Factor], outcomes: Sequence[Outcome]) -> Contrast:
    """A contrast from its section; complaints stay in the form."""
    form.only(("factor", "level", "against", "outcome", "smallest", "where"))
    factor = form.choice("factor", (one.name for one in factors))
    outcome = form.choice("outcome", (one.name for one in outcomes))
    known = {one.name: [level.label for level in one.levels] for one in factors}
    level, against = (_label(form, key, known.get(factor, [])) for key in ("level", "against"))
    if level == against:
        form.complain("against", f"is {against!r}, the level itself; another level is needed.")
    where = form.section("where")
    where.only(tuple(known))
    for other in where.contents:
        _label(where, other, known.get(other, []))
    smallest = form.amount("smallest", 0.0, math.inf, 0.0)
    return Contrast(name, factor, level, against, outcome, smallest, dict(where.contents))


def _label(form: Form, key: str, labels: list[Label]) -> Label:
    value = form.contents.get(key)
    if value not in labels:
        form.complain(key, f"is {value!r}; levels are {', '.join(map(str, labels)) or 'none: the factor is a range'}.")
        return ""
    return labels[labels.index(value)]


def read_stopping(form: Form, contrasts: Sequence[Contrast]) -> Stopping | None:
    """The stopping rule from its section, if there is one; complaints stay in the form."""
    if not form.contents:
        return None
    form.only(("contrast", "half_width", "minimum", "maximum", "look_ahead"))
    contrast = form.choice("contrast", (one.name for one in contrasts))
    half_width = form.amount("half_width", 1e-12, math.inf)
    minimum = form.whole("minimum", 2, 100_000, 20)
    maximum = form.whole("maximum", minimum, 100_000, max(200, minimum))
    return Stopping(contrast, half_width, minimum, maximum, form.whole("look_ahead", 0, 1000, 5))
