"""The Mesa model: a market whose customers and firms are agents, run month by month, saved, resumed and forked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, NoReturn, Self, cast

import mesa
import numpy as np
import pandas as pd

from sim.agents import Customer, CustomerSet, FirmAgent, FirmSet
from sim.agents.arguments import replicate_of, seed_of, threads_of
from sim.agents.columns import begun_with, declared, spread, with_columns
from sim.agents.remembering import refuse_another_class, remembered, remind, take_over
from sim.engines.agents import AgentsEngine
from sim.engines.compiled import CompiledEngine
from sim.forking import copy_state, refuse_another_past
from sim.guard import RunFailed, check
from sim.measures import MEASURES, measured
from sim.month import Engine, Look, live_month, nobody_looks
from sim.organisation.deciding import UnsoundPlan
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.saving import read_world, write_world
from sim.state import PERSON, UNSOUND
from sim.world import new_world

ENGINES = ("compiled", "agents")


class Market(mesa.Model):
    """One market over time.

    Args:
        scenario: What the world is made of.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication; changes every draw. An iteration of `mesa.batch_run` is the replicate of
            its number.
        engine: ``compiled`` or ``agents``; the results are the same to the bit.
        threads: Threads of the compiled engine.
        customer_class: Class of the customers, for the agents engine.
        rng: Mesa's name for the seed.
        extra_columns: Attributes of customers beside the model's, by name, with the value that newcomers begin with.

    Attributes:
        datacollector: None, or a `mesa.DataCollector` of yours, which then collects at the end of every recorded month.
        unsaved: Names of attributes of yours that `save` leaves out, because `load` makes them anew.

    Raises:
        BadInput: Unknown engine or policy; a seed, replicate or number of threads that is no whole number; a column
            that cannot be added.
    """

    scenario: Scenario = cast(Scenario, None)  # a plain attribute, where Mesa from 3.5 on has a property of its own
    datacollector: mesa.DataCollector | None = None
    unsaved: ClassVar[tuple[str, ...]] = ("datacollector",)

    def __init__(
        self,
        scenario: Scenario,
        seed: int | None = None,
        replicate: int = 0,
        engine: str = "compiled",
        threads: int = 1,
        customer_class: type[Customer] = Customer,
        rng: int | None = None,
        extra_columns: Mapping[str, Any] | None = None,
    ) -> None:
        chosen = seed_of(scenario, seed, rng)
        super().__init__(rng=chosen)
        self._seed = chosen  # so that `reset_randomizer` of Mesa goes back to it
        self.seed_used = chosen
        self.replicate = replicate_of(replicate)
        self.scenario = scenario
        self.customer_class = customer_class
        columns = declared(customer_class, extra_columns or {})
        self.world = new_world(scenario, chosen, self.replicate)
        self.world.people = with_columns(self.world.people, columns)
        self.watcher: Look = nobody_looks
        self.threads = threads_of(threads)
        self.engine = self._engine_named(engine, self.threads)
        self._market_attributes = frozenset(vars(self))

    def _engine_named(self, name: str, threads: int) -> Engine:
        if name == "compiled":
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
        """Live one recorded month; the first step lives the warm-up before it, which is no step of Mesa's."""
        self.live_warm_up()
        self.advance()
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def live_warm_up(self) -> None:
        """Live what is left of the months before the recorded ones."""
        while self.month < 0:
            self.advance()

    def advance(self) -> None:
        """Live one month, of the warm-up or recorded; nothing is collected."""
        try:
            live_month(self.world, self.engine, self.watcher)
        except UnsoundPlan as trouble:
            raise RunFailed(f"month {self.month + 1}: {trouble}") from trouble
        except (ValueError, ArithmeticError):  # perhaps a number that is none, met in plain Python
            check(self.world, self.month + 1)
            raise
        if self.world.tally[0, UNSOUND]:
            check(self.world, self.month)
        self.running = self.month < self.scenario.months

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
        people = self.world.people
        names = np.array([*(firm.name for firm in self.world.firms), ""])
        table: dict[str, Any] = {"unique_id": people.numbers} | {
            name: people.person[name]
            for name in PERSON.names or ()
            if people.person[name].ndim == 1 and name not in ("supplier", "last_firm")
        }
        for k in range(people.goal.shape[1]):
            table[f"goal_{k}"] = people.goal[:, k]
        own = np.maximum(people.supplier, 0)
        for name in people.own.dtype.names or ():
            table |= {name: people.own[name]} if people.own[name].ndim == 1 else spread(name, people.own[name])
        table["satisfaction"] = np.where(people.supplier >= 0, people.satisfaction[np.arange(len(own)), own], np.nan)
        table["supplier"] = names[people.supplier]
        table["last_firm"] = names[people.last_firm]
        table["owed"] = people.owed / 100.0
        table["contribution"] = people.contribution.sum(axis=1) / 100.0
        return pd.DataFrame(table)

    def save(self, path: str | Path) -> None:
        """Write the whole state; `load` goes on bit for bit.

        Kept are the world, what policies remember, columns and attributes of yours, and both generators of Mesa; not
        what a data collector has collected.

        Raises:
            BadInput: A policy, or an attribute of yours, holds something that no file can hold.
            OSError: The file cannot be written.
        """
        write_world(self.world, Path(path), remembered(self))

    @classmethod
    def load(
        cls,
        path: str | Path,
        engine: str = "compiled",
        threads: int = 1,
        customer_class: type[Customer] = Customer,
    ) -> "Market":
        """A market as it was saved.

        Args:
            path: The state file.
            engine: ``compiled`` or ``agents``.
            threads: Threads of the compiled engine.
            customer_class: Class of the customers, the same as when it was saved.

        Raises:
            BadInput: No whole state file, one of another version, or one of another class of customers or market.
        """
        stored = read_world(Path(path))
        refuse_another_class(stored.told, cls, customer_class, str(path))
        how = {"engine": engine, "threads": threads, "customer_class": customer_class}
        told = {name: stored.told[name] for name in ("seed", "replicate", "extra_columns")}
        market = cls(stored.scenario, **told, **how)
        stored.fill(market.world)
        remind(market, stored.told)
        return market._gone_on()

    def fork(self, settings: Mapping[str, Any] | None = None) -> "Market":
        """The same past, with something changed from now on, under the same shocks.

        What policies, columns, attributes of yours and a data collector remember is copied.

        Raises:
            BadInput: The change would need another past, such as more customers or other firms.
        """
        scenario = self.scenario.with_settings(settings or {})
        refuse_another_past(self.scenario, scenario, self.month)
        engine = "agents" if isinstance(self.engine, AgentsEngine) else "compiled"
        how = {"seed": self.seed_used, "replicate": self.replicate, "threads": self.threads}
        columns = begun_with(self.world.people)
        forked = type(self).__new__(type(self))  # a constructor of yours may take other arguments
        Market.__init__(forked, scenario, engine=engine, customer_class=self.customer_class, extra_columns=columns, **how)
        copy_state(self.world, forked.world)
        take_over(self, forked)
        return forked._gone_on()

    def _gone_on(self) -> Self:
        """Agents are those of the months lived, and Mesa counts these as steps."""
        name = "agents" if isinstance(self.engine, AgentsEngine) else "compiled"
        self.engine = self._engine_named(name, self.threads)
        self.steps = max(0, self.month)
        self.running = self.month < self.scenario.months
        return self

    def register_agent(self, agent: Any) -> NoReturn:
        """Refused: sets, tables, saves and forks know customers and firms alone.

        Raises:
            TypeError: Always; says what to do instead.
        """
        raise TypeError(
            f"a {type(agent).__name__} cannot join a market, whose agents are its customers and firms; let it be an "
            "agent of a mesa.Model of yours that holds the market, or keep what it knows in attributes of a subclass "
            "of Market"
        )

    def remove_all_agents(self) -> NoReturn:
        """Refused, as `remove` of one agent is.

        Raises:
            TypeError: Always; says what to do instead.
        """
        raise TypeError("agents of a market come and go by its own rules; make a new Market to begin anew")


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
