"""What each world of the box is held against by its own targets, as the validation measures it."""

from collections.abc import Mapping
from typing import Any

from sim.experiments.supply.figures import figures_of
from sim.experiments.supply.result import targets_of
from sim.parameters import Scenario
from sim.parameters.targets import TARGET_MEANINGS
from sim.validation.row_table import MISSED, PASSED

PEOPLE_COMPARED, REPLICATES_COMPARED, MONTHS_COMPARED = 1000, 2, 120
BY_PAIRED_WORLDS = (
    "own_elasticity",
    "elasticity_growth",
    "category_elasticity",
)  # see `sim scenario show NAME --targets`


def target_names(scenario: Scenario) -> list[str]:
    """Targets of a world that one run shows, in the order of their table."""
    targets = targets_of(scenario)
    return [name for name in TARGET_MEANINGS if name in targets and name not in BY_PAIRED_WORLDS]


def target_lines(scenario: Scenario) -> list[dict[str, Any]]:
    """Each target of a world beside what a run gives in its first and last year. scenario: a world of the box"""
    smaller = {"market.customers": min(PEOPLE_COMPARED, scenario.customers), "months": MONTHS_COMPARED}
    figures = figures_of(scenario.with_settings(smaller), REPLICATES_COMPARED)
    return [_line_of(scenario, name, figures[name]._asdict()) for name in target_names(scenario)]


def _line_of(scenario: Scenario, name: str, seen: Mapping[str, float]) -> dict[str, Any]:
    target = targets_of(scenario)[name]
    met = target.holds(seen["first"]) and target.holds(seen["last"])
    return {
        "target": name, "meaning": TARGET_MEANINGS[name], "source": target.source, "use": target.use,
        "dated": target.dated, "low": target.low, "high": target.high, "first": seen["first"], "last": seen["last"],
        "verdict": PASSED if met else MISSED,
    }  # fmt: skip
