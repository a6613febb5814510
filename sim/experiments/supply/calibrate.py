"""Calibration from the supply side: rounds of measuring and steps, of which the best round is kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from sim.experiments.supply.answers import KEPT_ANSWERS, Answers
from sim.experiments.supply.measuring import Measuring, Seen
from sim.experiments.supply.numbers import CALIBRATED_NUMBERS, next_numbers
from sim.experiments.supply.plan import SupplyPlan
from sim.experiments.supply.result import Calibration, conditions_of, targets_of
from sim.files.atomic_folder import SUPPLY_MARK
from sim.files.kept_lines import begin_folder
from sim.numeric.compiling import source_hash
from sim.parameters import Scenario
from sim.parameters.targets import CALIBRATED

USUAL_SUPPLY_PLAN = SupplyPlan()
STEERING = ("price", "marketing", "research")  # decisions whose best replies steer the steps of every round


def calibrate_supply(
    scenario: Scenario,
    plan: SupplyPlan = USUAL_SUPPLY_PLAN,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Calibration:
    """Choose price weight, costs, budgets and their effects so that what firms do is what pays best.

    Firms are identical, follow the neutral plan, and answer as reactive firms do. Every round measures the profit and
    loss, elasticities and the best reply in each decision, and moves numbers by the conditions of Lerner and of
    Dorfman and Steiner. Of the rounds the one nearest to the conditions is kept, and all of it is measured.

    Args:
        scenario: The world, with the targets of its industry.
        plan: Size, replications, rounds and seed.
        folder: Where answers are kept; a calibration that was stopped goes on from there, also on another day.
        progress: Called with rounds done and rounds in all.

    Raises:
        BadInput: A plan that is not allowed, or a folder of another calibration.
        RunFailed: A world failed.

    Source:
        Calibration from first-order conditions of firms: Berry, Levinsohn and Pakes (1995), Econometrica 63(4).
    """
    plan = plan.checked()
    about = _about(scenario, plan)
    if folder is not None:
        begin_folder(folder, SUPPLY_MARK, about, "calibration")
    measuring = Measuring(plan, Answers(folder / KEPT_ANSWERS if folder else None))
    tried = _rounds(scenario, plan, measuring, progress)
    distances = [_distance(world, seen) for world, seen in tried]
    best, _ = tried[distances.index(min(distances))]
    changed = {name: best.market[name] for name in CALIBRATED_NUMBERS if best.market[name] != scenario.market[name]}
    conditions = conditions_of(best, measuring.all_of(best))
    return Calibration(best, changed, conditions, distances, about | {"dated": date.today().isoformat()})


def _distance(world: Scenario, seen: Seen) -> float:
    """How far a round is from the conditions it is calibrated to, of those that every round measures; held ones not."""
    steering = seen._replace(replies={name: seen.replies[name] for name in STEERING})
    return sum(condition.distance for condition in conditions_of(world, steering) if condition.use == CALIBRATED)


def _rounds(
    scenario: Scenario, plan: SupplyPlan, measuring: Measuring, progress: Callable[[int, int], None] | None
) -> list[tuple[Scenario, Seen]]:
    """The world after each round, with what was measured: at the start all replies, later those that steer steps."""
    tried = [(scenario, measuring.all_of(scenario))]
    for number in range(1, plan.rounds + 1):
        if progress:
            progress(number - 1, plan.rounds)
        world, seen = tried[-1]
        if all(condition.met for condition in conditions_of(world, seen)):
            break
        numbers = next_numbers(world, seen, targets_of(scenario))
        world = world.with_settings({f"market.{name}": value for name, value in numbers.items()})
        tried.append((world, measuring.all_of(world, STEERING)))
    if progress:
        progress(plan.rounds, plan.rounds)
    return tried


def _about(scenario: Scenario, plan: SupplyPlan) -> dict[str, Any]:
    """What makes a calibration the same."""
    return {"scenario": scenario.name, "sha256": scenario.sha256, **plan._asdict(), "code": source_hash()}
