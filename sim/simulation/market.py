"""The Mesa model: a market whose customers and firms are agents, run month by month, saved, resumed and forked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import mesa
import numpy as np
import pandas as pd

from sim.files.notebook import card
from sim.model.phases import Engine, PhaseObserver, nobody_looks
from sim.model.world import World, new_world
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario
from sim.simulation.agents import Customer, CustomerSet, FirmAgent, FirmSet
from sim.simulation.agents.arguments import no_other_agents, no_removal, replicate_of, threads_of
from sim.simulation.agents.columns import added_columns, begun_with, with_columns
from sim.simulation.agents.customer import default_engine, refuse_own_steps
from sim.simulation.agents.customer_class import class_of_customers
from sim.simulation.agents.remembering import market_record, refuse_another_class, remind, take_over
from sim.simulation.collector import MeasuresCollector, given_or_of_measures
from sim.simulation.engines.agents import AgentsEngine
from sim.simulation.engines.compiled import CompiledEngine
from sim.simulation.fork import copy_state, refuse_another_past
from sim.simulation.headless import run_checked_month, seed_of
from sim.simulation.save import read_world, write_world
from sim.simulation.tables import customer_columns, measured_columns

ENGINES = ("compiled", "agents")


class Market(mesa.Model):
    """One market over time.

    Args:
        scenario: What the world is made of.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication; changes every draw. An iteration of `mesa.batch_run` is the replicate of
            its number.
        engine: ``compiled`` or ``agents``; the results are the same to the bit. Left out, compiled, or agents for a
            class of customers that overrides steps.
        threads: Threads of the compiled engine.
        customer_class: Class of the customers; the scenario's own if left out.
        rng: Mesa's name for the seed.
        extra_columns: Attributes of customers beside the model's, by name, with the value that newcomers begin with.
        world: A world of this scenario, seed and replicate to go on with; one before its first month if left out.

    Attributes:
        datacollector: A `mesa.DataCollector` of yours, which then collects at the end of every recorded month; given
            none, one that reports the measures of the first firm.
        unsaved: Names of attributes of yours that `save` leaves out, because `load` makes them anew.

    Raises:
        BadInput: Unknown engine or policy; a seed, replicate or threads that are not whole; a column that cannot be;
            the compiled engine for a class of customers that overrides steps.
    """

    scenario: Scenario = cast(Scenario, None)  # a plain attribute, where Mesa from 3.5 on has a property of its own
    datacollector = given_or_of_measures
    register_agent = no_other_agents
    remove_all_agents = no_removal
    unsaved: ClassVar[tuple[str, ...]] = ("datacollector",)

    def __init__(
        self,
        scenario: Scenario,
        seed: int | None = None,
        replicate: int = 0,
        engine: str | None = None,
        threads: int = 1,
        customer_class: type[Customer] | None = None,
        rng: int | None = None,
        extra_columns: Mapping[str, Any] | None = None,
        world: World | None = None,
    ) -> None:
        seed_used = seed_of(scenario, seed, rng)
        super().__init__(rng=seed_used)
        self._seed = seed_used  # so that `reset_randomizer` of Mesa goes back to it
        self.seed_used = seed_used
        self.replicate = replicate_of(replicate)
        self.scenario = scenario
        self.customer_class = class_of_customers(scenario, customer_class)
        columns = added_columns(self.customer_class, extra_columns or {})
        self.world = new_world(scenario, seed_used, self.replicate) if world is None else world
        self.world.people = with_columns(self.world.people, columns)
        self.watcher: PhaseObserver = nobody_looks
        self.threads = threads_of(threads)
        self.engine_name = engine or default_engine(self.customer_class)
        self.engine = self._engine_of_name()
        self.measures_collector = MeasuresCollector(self)
        self._made = frozenset((*vars(self), "_made"))

    def _engine_of_name(self) -> Engine:
        if self.engine_name == "compiled":
            refuse_own_steps(self.customer_class)
            return CompiledEngine(self.threads)
        if self.engine_name == "agents":
            places = range(self.scenario.customers)
            return AgentsEngine(self.customer_class(self, slot) for slot in places)
        raise BadInput(f"engine {self.engine_name!r} is not known; known are {', '.join(ENGINES)}")

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
    def own_attributes(self) -> list[str]:
        """Names of the attributes that a subclass, or somebody from outside, has given to the market."""
        return [name for name in vars(self) if name not in self._made]

    @property
    def month(self) -> int:
        """Recorded months simulated; negative or 0 during the warm-up."""
        return self.world.month - self.world.warm_up

    def step(self) -> None:
        """Simulate one recorded month. The first step runs the warm-up before it, which is not a step of Mesa."""
        self.live_warm_up()
        self.advance()
        if "datacollector" in vars(self):
            self.datacollector.collect(self)

    def live_warm_up(self) -> None:
        """Live what is left of the months before the recorded ones."""
        while self.month < 0:
            self.advance()

    def advance(self) -> None:
        """Live one month, of the warm-up or recorded; nothing is collected."""
        run_checked_month(self.world, self.engine, self.watcher)
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
        return measured_columns(self.world)

    def customers_table(self) -> pd.DataFrame:
        """One row per place in the pool: the customer there and their state."""
        return pd.DataFrame(self.customers_columns())

    def _repr_html_(self) -> str:
        """A card for notebooks: where the market is, and its firms."""
        title = f"Market {self.scenario.name}: month {self.month} of {self.scenario.months}"
        rows = [(firm.name, firm.policy) for firm in self.scenario.firms]
        line = f"{self.scenario.customers:,} simulated customers, seed {self.seed_used}, replicate {self.replicate}"
        return card(title, [line], ["firm", "policy"], rows)

    def customers_columns(self) -> dict[str, np.ndarray]:
        """The columns of `customers_table` by name, each of shape (places,), for those who need no table."""
        return customer_columns(self.world.people, [firm.name for firm in self.world.firms])

    def save(self, path: str | Path) -> None:
        """Write the whole state; `load` continues bit for bit.

        Kept are the world, what policies remember, columns and attributes of yours, and both generators of Mesa; not
        what a data collector has collected.

        Raises:
            BadInput: A policy, or an attribute of yours, holds something that no file can hold.
            OSError: The file cannot be written.
        """
        write_world(self.world, Path(path), market_record(self))

    @classmethod
    def load(
        cls,
        path: str | Path,
        engine: str | None = None,
        threads: int = 1,
        customer_class: type[Customer] | None = None,
    ) -> "Market":
        """A market as it was saved.

        Args:
            path: The state file.
            engine: ``compiled`` or ``agents``; as for a new market if left out.
            threads: Threads of the compiled engine.
            customer_class: Class of the customers, the same as when it was saved; the scenario's own if left out.

        Raises:
            BadInput: No whole state file, one of another version, or one of another class of customers or market.
        """
        stored = read_world(Path(path))
        refuse_another_class(stored.record, cls, class_of_customers(stored.scenario, customer_class), str(path))
        arguments = {name: stored.record[name] for name in ("seed", "replicate", "extra_columns")}
        market = cls(stored.scenario, engine=engine, threads=threads, customer_class=customer_class, **arguments)
        stored.fill(market.world)
        remind(market, stored.record)
        return market._gone_on()

    def fork(self, settings: Mapping[str, Any] | None = None) -> "Market":
        """The same past, with something changed from now on, under the same shocks.

        What policies, columns, attributes of yours and a data collector remember is copied.

        Raises:
            BadInput: The change would need another past, such as more customers or other firms.
        """
        scenario = self.scenario.with_settings(settings or {})
        refuse_another_past(self.scenario, scenario, self.month)
        how = (self.seed_used, self.replicate, self.engine_name, self.threads, self.customer_class, None)
        forked = type(self).__new__(type(self))  # a constructor of yours may take other arguments
        Market.__init__(forked, scenario, *how, begun_with(self.world.people))
        copy_state(self.world, forked.world)
        take_over(self, forked)
        return forked._gone_on()

    def _gone_on(self) -> Self:
        """Agents are those of the months lived, and Mesa counts these as steps."""
        self.engine = self._engine_of_name()
        self.steps = max(0, self.month)
        self.running = self.month < self.scenario.months
        return self
