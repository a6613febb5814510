"""Worlds sampled over plausible ranges, and the value of the focal firm in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.parallel import side_by_side
from sim.experiments.sweep.design import Experiment
from sim.model.phases import PhaseObserver
from sim.model.state import Floats
from sim.parameters import BadInput, Scenario
from sim.simulation.warm_up import warmed_up
from sim.statistics.drivers import rank_correlations
from sim.statistics.reap import present_value

SAMPLED_WORLDS = "sampled-worlds"
FIRST_CONFIRMING_REPLICATION = 500  # replications from here on confirm what those before it suggested
RunProgress = Callable[[int, int], None] | None


@dataclass(frozen=True)
class Sample:
    """Worlds of one experiment.

    Args:
        worlds: The worlds.
        numbers: What was drawn: one row a world, one column a factor.
        seed: Seed of all draws.
    """

    worlds: tuple[Scenario, ...]
    numbers: pd.DataFrame
    seed: int


@dataclass(frozen=True)
class Study:
    """Results of a study.

    Args:
        worlds: One row a world: what was drawn, and the values found.
        summary: The answer in a few rows.
        drivers: What the answer goes with: gap, factor and rank correlation over the worlds.
        about: Study, experiment, worlds, months, customers and seed.
        decisions: What defines the policies that are compared and what does not; empty where none are.
    """

    worlds: pd.DataFrame
    summary: pd.DataFrame
    drivers: pd.DataFrame
    about: dict[str, Any]
    decisions: pd.DataFrame = field(default_factory=pd.DataFrame)

    def write(self, folder: Path) -> None:
        """Write the tables as CSV with four digits."""
        for name in ("worlds", "summary", "drivers", *(["decisions"] if len(self.decisions) else [])):
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False, float_format="%.4g", lineterminator="\n")


def sample_worlds(count: int, experiment: str = SAMPLED_WORLDS) -> Sample:
    """The first worlds of a sampled design.

    Raises:
        BadInput: Fewer than two worlds.
    """
    if count < 2:
        raise BadInput(f"a study of {count} worlds was asked for; at least 2 are needed")
    declared = Experiment.load(experiment)
    drawn = replace(declared, plan=replace(declared.plan, points=count))
    worlds = tuple(drawn.scenario_of(point) for point in drawn.points)
    return Sample(worlds, pd.DataFrame([dict(point.labels) for point in drawn.points]), drawn.seed)


def about(study: str, sample: Sample) -> dict[str, Any]:
    """Where the numbers of a study come from."""
    world = sample.worlds[0]
    return {
        "study": study, "experiment": SAMPLED_WORLDS, "worlds": len(sample.worlds), "seed": sample.seed,
        "months": world.months, "customers": world.customers, "focal": world.firms[0].name,
    }  # fmt: skip


def values_of(worlds: Sequence[Scenario], replicates: Sequence[int], seed: int, progress: RunProgress = None) -> Floats:
    """Net present value of the focal firm, shape (worlds, replicates). [money]"""

    def live(task: tuple[Scenario, int], halt: PhaseObserver) -> float:
        market = warmed_up(task[0], seed, task[1])
        market.watcher = halt
        months = market.run().monthly()
        focal = months[months["firm"] == task[0].firms[0].name]
        return present_value(focal, task[0].market["discount_rate"])

    values = side_by_side(live, [(world, number) for world in worlds for number in replicates], None, progress)
    return np.array(values).reshape(len(worlds), len(replicates))


def drivers(name: str, sample: Sample, gap: Floats) -> pd.DataFrame:
    """Rank correlation of a gap with every number that was drawn, the strongest first."""
    correlations = rank_correlations(sample.numbers, gap)[["factor", "rank_correlation"]]
    correlations.insert(0, "gap", name)
    return correlations
