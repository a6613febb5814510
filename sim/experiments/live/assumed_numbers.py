"""The numbers of a world that nobody has measured, as a page lists them."""

from typing import Any

from sim.parameters import Scenario
from sim.parameters.assumptions import assumptions_of


def assumed_numbers(scenario: Scenario) -> list[dict[str, Any]]:
    """A row for each assumed number: ``path``, ``value``, ``unit``, ``source``.

    Args:
        scenario: The world.
    """
    return [
        {
            "path": made.key,
            "value": made.value,
            "unit": made.row.unit,
            "source": made.source,
        }
        for made in assumptions_of(scenario)
    ]
