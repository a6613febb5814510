"""One world run month by month without Mesa: what a market is made of, and what commands use that need no agents."""

from operator import index
from pathlib import Path
from typing import Any

import numpy as np

from sim.guard import RunFailed, check
from sim.measures import MEASURES, measured
from sim.month import Engine, Look, nobody_looks, run_month
from sim.organisation.deciding import UnsoundPlan
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.saving import write_world
from sim.state import PERSON
from sim.world import World, new_world

MOST_SEEDS = 2**63


class Simulation:
    """A world and the engine that runs it; the numbers are those of `Market`, to the bit.

    Args:
        scenario: What the world is made of.
        engine: Runs the customers' part of the month.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication; changes every draw.

    Raises:
        BadInput: Unknown policy, or a seed that is no whole number.
    """

    def __init__(self, scenario: Scenario, engine: Engine, seed: int | None = None, replicate: int = 0) -> None:
        self.scenario = scenario
        self.seed_used = seed_of(scenario, seed, None)
        self.replicate = replicate
        self.world = new_world(scenario, self.seed_used, replicate)
        self.engine = engine
        self.watcher: Look = nobody_looks

    @property
    def month(self) -> int:
        """Recorded months so far; negative or 0 during the warm-up."""
        return self.world.month - self.world.warm_up

    def step(self) -> None:
        """Run one month.

        Raises:
            RunFailed: A number was no number or out of its range, or a policy decided what is not allowed.
        """
        run_checked_month(self.world, self.engine, self.watcher)

    def measures(self) -> dict[str, np.ndarray]:
        """The measures by name, each of shape (months * firms,), as `measures_of` has them."""
        return measures_of(self.world)

    def customers_columns(self) -> dict[str, Any]:
        """One row per place in the pool, by column: who holds it and what became of them."""
        return customers_of(self.world)

    def save(self, path: str | Path) -> None:
        """Write the whole state; `Market.load` goes on bit for bit."""
        write_world(self.world, Path(path), self.seed_used, self.replicate)


def run_checked_month(world: World, engine: Engine, look: Look = nobody_looks) -> None:
    """Run one month of a world, and stop where a number is none or out of its range.

    Raises:
        RunFailed: Names month, and customer or policy.
    """
    before = world.month - world.warm_up
    try:
        run_month(world, engine, look)
    except UnsoundPlan as trouble:
        raise RunFailed(f"month {before + 1}: {trouble}") from trouble
    except (ValueError, ArithmeticError):  # perhaps a number that is none, met in plain Python
        check(world, before + 1)
        raise
    if world.counts[0]["unsound"]:
        check(world, world.month - world.warm_up)


def measures_of(world: World) -> dict[str, np.ndarray]:
    """The measures of a world by name, each of shape (months * firms,); nothing before the first recorded month."""
    if not world.records:
        return {}
    columns: dict[str, np.ndarray] = dict(
        measured(world.records, world.counted, world.weight, world.market["economics.categories"])
    )
    names = np.array([firm.name for firm in world.firms], object)
    columns["firm"] = names[columns["seat"].astype(np.int64)]
    columns["month"] = columns["month"].astype(np.int64)
    columns["policy"] = np.array(world.followed, object)
    return {measure.name: columns[measure.name] for measure in MEASURES}


def customers_of(world: World) -> dict[str, Any]:
    """Columns by name, one row per place in the pool: who holds it and what became of them."""
    people = world.people
    names = np.array([*(firm.name for firm in world.firms), ""])
    table: dict[str, Any] = {
        name: people.person[name]
        for name in PERSON.names or ()
        if people.person[name].ndim == 1 and name not in ("supplier", "last_firm")
    }
    for k in range(people.goal.shape[1]):
        table[f"goal_{k}"] = people.goal[:, k]
    own = np.maximum(people.supplier, 0)
    table["satisfaction"] = np.where(people.supplier >= 0, people.satisfaction[np.arange(len(own)), own], np.nan)
    table["supplier"] = names[people.supplier]
    table["last_firm"] = names[people.last_firm]
    table["owed"] = people.owed / 100.0
    table["contribution"] = people.contribution.sum(axis=1) / 100.0
    return table


def seed_of(scenario: Scenario, seed: int | None, rng: int | None) -> int:
    """The seed asked for by either name, or the scenario's own.

    Raises:
        BadInput: Both are given and differ, or what is given is no whole number.
    """
    given = [value for value in (seed, rng) if value is not None]
    try:
        chosen = {index(value) for value in given} or {scenario.seed}
    except TypeError:
        raise BadInput(
            f"seed is {given[0]!r}; a whole number is needed, since draws follow from a seed and an address"
        ) from None
    if len(chosen) > 1:
        raise BadInput(f"seed is {seed} and rng is {rng}; they are two names of one thing: give one")
    if not 0 <= min(chosen) < MOST_SEEDS:
        raise BadInput(f"seed is {chosen.pop()}; a whole number from 0 to {MOST_SEEDS - 1} is needed")
    return chosen.pop()
