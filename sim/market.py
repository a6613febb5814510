"""The Mesa model: a market whose customers and firms are agents, run month by month, saved, resumed and forked."""

from collections.abc import Mapping
from operator import index
from pathlib import Path
from typing import Any, cast

import mesa
import numpy as np
import pandas as pd

from sim.agents import Customer, CustomerSet, FirmAgent, FirmSet
from sim.agents.customer import default_engine, refuse_own_steps
from sim.engines.agents import AgentsEngine
from sim.engines.compiled import CompiledEngine
from sim.forking import copy_state, refuse_another_past
from sim.guard import RunFailed, check
from sim.measures import MEASURES, measured
from sim.month import Engine, Look, nobody_looks, run_month
from sim.organisation.deciding import UnsoundPlan
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.saving import read_world, write_world
from sim.state import PERSON
from sim.world import World, new_world

ENGINES = ("compiled", "agents")
MOST_SEEDS = 2**63


class Market(mesa.Model):
    """One market over time.

    Args:
        scenario: What the world is made of.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication; changes every draw.
        engine: ``compiled`` or ``agents``; the results are the same to the bit. Left out, compiled, or agents for a
            class of customers that overrides steps.
        threads: Threads of the compiled engine.
        customer_class: Class of the customers.
        rng: Mesa's name for the seed.
        world: A world of this scenario, seed and replicate to go on with; one before its first month if left out.

    Attributes:
        datacollector: None, or a `mesa.DataCollector` of yours, which then collects at the end of every month.

    Raises:
        BadInput: Unknown engine or policy, a seed that is no whole number, or the compiled engine for a class of
            customers that overrides steps.
    """

    scenario: Scenario = cast(Scenario, None)  # a plain attribute, where Mesa from 3.5 on has a property of its own
    datacollector: mesa.DataCollector | None = None

    def __init__(
        self,
        scenario: Scenario,
        seed: int | None = None,
        replicate: int = 0,
        engine: str | None = None,
        threads: int = 1,
        customer_class: type[Customer] = Customer,
        rng: int | None = None,
        world: World | None = None,
    ) -> None:
        chosen = seed_of(scenario, seed, rng)
        super().__init__(rng=chosen)
        self.seed_used = chosen
        self.replicate = replicate
        self.scenario = scenario
        self.customer_class = customer_class
        self.world = new_world(scenario, chosen, replicate) if world is None else world
        self.watcher: Look = nobody_looks
        self.threads = threads
        self.engine = self._engine_named(engine or default_engine(customer_class), threads)

    def _engine_named(self, name: str, threads: int) -> Engine:
        if name == "compiled":
            refuse_own_steps(self.customer_class)
            return CompiledEngine(threads)
        if name == "agents":
            places = range(self.scenario.customers)
            return AgentsEngine(self.customer_class(self, slot) for slot in places)
        raise BadInput(f"engine {name!r} is not known; known are {', '.join(ENGINES)}")

    @property
    def agents(self) -> CustomerSet:
        """The customers who are in the market now."""
        return CustomerSet(self, np.flatnonzero(self.world.people.present).astype(np.int64))

    @property
    def firms(self) -> FirmSet:
        """The firms by seat."""
        return FirmSet(self, np.arange(len(self.world.firms), dtype=np.int64))

    @property
    def agents_by_type(self) -> dict[type, CustomerSet | FirmSet]:
        """Customers and firms by their classes."""
        return {self.customer_class: self.agents, FirmAgent: self.firms}

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        return [self.customer_class, FirmAgent]

    @property
    def month(self) -> int:
        """Recorded months lived; negative or 0 during the warm-up."""
        return self.world.month - self.world.warm_up

    def step(self) -> None:
        """Live one month."""
        try:
            run_month(self.world, self.engine, self.watcher)
        except UnsoundPlan as trouble:
            raise RunFailed(f"month {self.month + 1}: {trouble}") from trouble
        except (ValueError, ArithmeticError):  # perhaps a number that is none, met in plain Python
            check(self.world, self.month + 1)
            raise
        if self.world.counts[0]["unsound"]:
            check(self.world, self.month)
        if self.month >= self.scenario.months:
            self.running = False
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def run(self) -> "Market":
        """Live all months that are left."""
        while self.month < self.scenario.months:
            self.step()
        return self

    def monthly(self) -> pd.DataFrame:
        """Measures: one row per recorded month and firm."""
        return pd.DataFrame(self.measures())

    def measures(self) -> dict[str, np.ndarray]:
        """The columns of `monthly` by name, each of shape (months * firms,), for those who need no table."""
        world = self.world
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

    def customers_table(self) -> pd.DataFrame:
        """One row per place in the pool: who holds it and what became of them."""
        return pd.DataFrame(self.customers_columns())

    def customers_columns(self) -> dict[str, np.ndarray]:
        """The columns of `customers_table` by name, each of shape (places,), for those who need no table."""
        people = self.world.people
        names = np.array([*(firm.name for firm in self.world.firms), ""], object)
        table: dict[str, np.ndarray] = {
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

    def save(self, path: str | Path) -> None:
        """Write the whole state; `load` goes on bit for bit."""
        write_world(self.world, Path(path), self.seed_used, self.replicate)

    @classmethod
    def load(cls, path: str | Path, engine: str = "compiled", threads: int = 1) -> "Market":
        """A market as it was saved."""
        scenario, seed, replicate, fill = read_world(Path(path))
        market = cls(scenario, seed=seed, replicate=replicate, engine=engine, threads=threads)
        fill(market.world)
        return market

    def fork(self, settings: Mapping[str, Any] | None = None) -> "Market":
        """The same past, with something changed from now on, under the same shocks.

        Raises:
            BadInput: The change would need another past, such as more customers or other firms.
        """
        scenario = self.scenario.with_settings(settings or {})
        refuse_another_past(self.scenario, scenario, self.month)
        engine = "agents" if isinstance(self.engine, AgentsEngine) else "compiled"
        how: dict[str, Any] = {"seed": self.seed_used, "replicate": self.replicate, "threads": self.threads}
        forked = type(self)(scenario, engine=engine, customer_class=self.customer_class, **how)
        copy_state(self.world, forked.world)
        return forked


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


def run(
    scenario: Scenario | str,
    seed: int | None = None,
    replicate: int = 0,
    engine: str = "compiled",
    threads: int = 1,
) -> Market:
    """Live a scenario, or the one of that name, to its end.

    Args:
        scenario: What the world is made of, or a name in the box or a path.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication.
        engine: ``compiled`` or ``agents``.
        threads: Threads of the compiled engine.

    Raises:
        BadInput: Unknown scenario, engine or policy.
        RunFailed: A number was no number or out of its range.
    """
    world = Scenario.load(scenario) if isinstance(scenario, str) else scenario
    return Market(world, seed=seed, replicate=replicate, engine=engine, threads=threads).run()
