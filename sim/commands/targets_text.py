"""Targets of a scenario beside what its run gives, as text."""

from sim.commands.supply import condition_table, refuse_without_targets
from sim.commands.text import wrap
from sim.parameters import Scenario

COMPARED_CUSTOMERS, COMPARED_REPLICATIONS = 1000, 2  # of the run that is compared, which takes seconds
LEAST_MONTHS = 120


def target_lines(scenario: Scenario) -> list[str]:
    """The scenario as it is, with fewer customers, against the bands of its industry; then the sources of the bands.

    Raises:
        BadInput: The scenario has no targets.
    """
    from sim.experiments.supply.figures import elasticities, figures_of
    from sim.experiments.supply.measuring import Seen
    from sim.experiments.supply.result import conditions_of

    refuse_without_targets(scenario)
    smaller = {"market.customers": min(COMPARED_CUSTOMERS, scenario.customers), "months": LEAST_MONTHS}
    world = scenario.with_settings(smaller)
    seen = Seen(figures_of(world, COMPARED_REPLICATIONS), elasticities(world, COMPARED_REPLICATIONS), {})
    conditions = conditions_of(world, seen)
    lines = [f"{scenario.name} as it is, {world.customers} customers, {COMPARED_REPLICATIONS} replications", ""]
    lines += [*condition_table(conditions), ""]
    for condition in conditions:
        lines += wrap(f"{condition.name}: {condition.about}", "  ")
    return lines
