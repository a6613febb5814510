"""Points of a design: each a combination of levels, with the scenario from which it starts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiments.sweep.design.crossing import combinations
from sim.experiments.sweep.design.factors import Factor, Label
from sim.experiments.sweep.design.sampling import SamplingPlan


@dataclass(frozen=True)
class Point:
    """One combination of levels.

    Args:
        number: Its place in the design, from 0.
        labels: Level of each factor by name.
        base: Name of the scenario it starts from.
        settings: What its levels set.
    """

    number: int
    labels: Mapping[str, Label]
    base: str
    settings: Mapping[str, Any]


def points_of(factors: Sequence[Factor], plan: SamplingPlan, base: str) -> Iterator[Point]:
    """All points of a plan, in its order.

    Args:
        factors: What varies.
        plan: How levels are combined.
        base: Name of the scenario from which a point starts whose levels name none.

    Raises:
        BadInput: Levels that do not make the design, or two sampled worlds that are the same.
    """
    for number, levels in enumerate(combinations(factors, plan)):
        labels = {factor.name: level.label for factor, level in zip(factors, levels, strict=True)}
        scenario = next((level.scenario for level in levels if level.scenario), base)
        yield Point(number, labels, scenario, {k: v for level in levels for k, v in level.settings.items()})
