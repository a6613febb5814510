"""The bank of runs: rows that look at the same replicate of the same world share one run."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.phases import PhaseObserver
from sim.model.world import World
from sim.parameters.scenario import Scenario
from sim.simulation.engines.compiled import CompiledEngine
from sim.simulation.headless import Simulation
from sim.validation.customer_problems import PROBLEM_COLUMNS, problems_of_month, watch_everybody

KEPT_RUNS = 12  # as many as the longest sweep of a row needs, and one more


@dataclass(frozen=True)
class RecordedRun:
    """One world that was run to its end.

    Args:
        scenario: What it was made of.
        measures: Measures by name, each of shape (months, firms).
        panel: Columns of customers by name at the end of each month, the start first: shape (months + 1, places), and
            a further axis of firms for columns of relations.
        weight: People that one customer agent stands for.
    """

    scenario: Scenario
    measures: Mapping[str, NDArray[Any]]
    panel: Mapping[str, NDArray[Any]]
    weight: float

    def firm(self, measure: str, seat: int = 0) -> NDArray[np.float64]:
        """A measure of one firm by month, shape (months,)."""
        return np.asarray(self.measures[measure][:, seat], float)

    def of_supplier(self, column: str) -> NDArray[Any]:
        """A column of relations with each customer's own supplier, NaN without one; shape (months + 1, places)."""
        seats = self.panel["supplier"]
        values = np.take_along_axis(self.panel[column], np.maximum(seats, 0)[:, :, None].astype(np.int64), axis=2)
        return np.where(seats >= 0, values[:, :, 0].astype(float), np.nan)


class Bank:
    """Runs worlds and keeps the last few runs, so that neighbours in the table share them.

    Args:
        watcher: Looks at each phase of each month; it may stop a run.
    """

    def __init__(self, watcher: PhaseObserver | None = None) -> None:
        self.engine = CompiledEngine()
        self.watcher = watcher
        self._runs: OrderedDict[tuple[str, int, tuple[str, ...]], RecordedRun] = OrderedDict()
        self._scenarios: dict[tuple[str, tuple[tuple[str, Any], ...]], Scenario] = {}

    def run_named(
        self, name: str, settings: Mapping[str, Any], replicate: int, columns: tuple[str, ...]
    ) -> RecordedRun:
        """Run a scenario of the box with settings by key path."""
        key = name, tuple(sorted(settings.items()))
        if key not in self._scenarios:
            self._scenarios[key] = Scenario.load(name).with_settings(settings)
        return self.run(self._scenarios[key], replicate, columns)

    def run(self, scenario: Scenario, replicate: int, columns: Sequence[str] = ()) -> RecordedRun:
        """Run a scenario to its end, or give what was kept of it.

        Args:
            scenario: The world.
            replicate: Number of the replicate.
            columns: Columns of customers to keep month by month.
        """
        key = scenario.sha256, replicate, tuple(columns)
        if key not in self._runs:
            self._runs[key] = run_world(scenario, replicate, columns, self)
            while len(self._runs) > KEPT_RUNS:
                self._runs.popitem(last=False)
        self._runs.move_to_end(key)
        return self._runs[key]


def run_world(scenario: Scenario, replicate: int, columns: Sequence[str], bank: Bank) -> RecordedRun:
    """Run a world month by month and keep columns of its customers, those of `PROBLEM_COLUMNS` from its events."""
    simulation = Simulation(scenario, bank.engine, replicate=replicate)
    if bank.watcher:
        simulation.watcher = bank.watcher
    while simulation.month < 0:
        simulation.advance()
    if set(columns) & set(PROBLEM_COLUMNS):
        watch_everybody(simulation.world)
    states = [_columns_now(simulation.world, columns)]
    while simulation.month < scenario.months:
        simulation.advance()
        states.append(_columns_now(simulation.world, columns))
    panel = {name: np.stack([state[name] for state in states]) for name in columns}
    shape = scenario.months, len(scenario.firms)
    measures = {name: values.reshape(shape) for name, values in simulation.measures().items()}
    return RecordedRun(scenario, measures, panel, simulation.world.weight)


def _columns_now(world: World, columns: Sequence[str]) -> dict[str, NDArray[Any]]:
    problems = problems_of_month(world) if set(columns) & set(PROBLEM_COLUMNS) else {}
    return {name: problems[name] if name in problems else np.array(getattr(world.people, name)) for name in columns}
