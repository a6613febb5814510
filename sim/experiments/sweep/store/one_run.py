"""One run: its address in the design, its simulation and its record."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.experiments.sweep.design.factors import Label
from sim.experiments.sweep.design.outcomes import MeasureColumns
from sim.parameters import Scenario
from sim.simulation.market import Market
from sim.simulation.warm_up import warmed_up


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a sweep.

    Args:
        key: What `sim.experiments.sweep.store.keys.run_key` gave.
        point: Number of its point in the design.
        replicate: Number of the replication.
        seed: Seed of the draws.
        labels: Level of each factor by name.
        base: Name of the scenario it starts from.
        settings: What its point sets.
        twins: Labels of further points whose world is the same; one run serves them all.
    """

    key: str
    point: int
    replicate: int
    seed: int
    labels: Mapping[str, Label]
    base: str
    settings: Mapping[str, Any]
    twins: tuple[Mapping[str, Label], ...] = ()


Live = Callable[[Run, Scenario], MeasureColumns]


def simulate_run(run: Run, scenario: Scenario) -> MeasureColumns:
    """Live a run in the compiled engine.

    Args:
        run: The run.
        scenario: The world of its point.

    Returns:
        The monthly table by column, one entry per month and firm.

    Raises:
        BadInput: A policy that cannot be had.
        RunFailed: A number was no number or out of its range.
    """
    return warmed_up(scenario, run.seed, run.replicate).run().measures()


@functools.cache
def ready() -> None:
    """Live a tiny world once a process, so that no run is timed while its code is still compiled or loaded."""
    least = {"market.customers": 50, "market.size": 500, "market.warm_up": 0, "months": 1}
    Market(Scenario.load("telecom").with_settings(least)).run()
