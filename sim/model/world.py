"""A world: people, ties, firms, the current month, and what was written down so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.model.counts import no_counts
from sim.model.customer_parameters import CustomerParameters, parameters_of
from sim.model.events import NO_LOG, Log
from sim.model.firm.conduct import ConductMonth
from sim.model.firm.firm import Firm, new_firm
from sim.model.firm.offers import Settled
from sim.model.market_research import line_positions, luck_of_sample, own_sample
from sim.model.network import network_of
from sim.model.population import admit, columns_needed
from sim.model.randomness import world_key
from sim.model.segments import home_segments
from sim.model.starting_shares import start_with_suppliers
from sim.model.state import (
    DIMENSIONS,
    Clock,
    Floats,
    IntArray,
    Network,
    Population,
    Scratch,
    empty_population,
    scratch_for,
)
from sim.parameters.conduct import FIXED
from sim.parameters.scenario import Scenario
from sim.policies import policy_of


@dataclass
class World:
    """Everything that a month reads and writes.

    Args:
        scenario: What the world was made from.
        key: Key of its draws.
        parameters: Numbers of the customers' rules.
        people: Columns of the customers.
        network: Who hears whom.
        firms: Firms by seat.
        month: Months lived, warm-up included.
        there: People of this month, for whom agents stand. [agents]
        counts: What is counted this month, by seat of the firm; rows of dtype COUNTS.
        asked: Stated preferences of the people asked last, where all firms share a sample, shape (people, K).
        samples: The same of each firm's own sample, this year's and last year's, by key of the firm.
        positions: Line positions by key of the firm, number of lines and lateness of research, found when first needed.
        settled: By key of the firm, what it offers and pays as long as plan, walls and form stand, at these positions.
        records: What is written down of each recorded month and firm, by the names of `sim.model.measures.RECORD`.
        counted: Counts of the recorded months.
        followed: Policy that the firm of each record followed.
        watched: Whether each place is watched, shape (N,); (0,) when nobody is. No part of the state.
        log: What happened to watched customers this month.
    """

    scenario: Scenario
    key: int
    parameters: CustomerParameters
    people: Population
    network: Network
    firms: list[Firm]
    month: int = 0
    there: int = 0
    counts: NDArray[np.void] = field(default_factory=lambda: no_counts(0))
    asked: Floats = field(default_factory=lambda: np.zeros((0, DIMENSIONS)))
    samples: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    positions: dict[tuple[int, int, bool], Floats] = field(default_factory=dict)
    settled: dict[int, Settled] = field(default_factory=dict)
    records: list[tuple[float, ...]] = field(default_factory=list)
    counted: list[NDArray[np.void]] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    watched: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    log: Log = NO_LOG

    @cached_property
    def market(self) -> Mapping[str, float]:
        """Numbers of the market."""
        return self.scenario.market

    @cached_property
    def weight(self) -> float:
        """People per agent."""
        return self.scenario.market["size"] / self.scenario.customers

    @cached_property
    def warm_up(self) -> int:
        """Months before the recorded ones."""
        return int(self.scenario.market["warm_up"])

    @cached_property
    def scratch(self) -> Scratch:
        """Rows to work in, one a firm; they hold nothing from one customer to the next."""
        return scratch_for(len(self.firms))

    @property
    def clock(self) -> Clock:
        """Where we are."""
        return Clock(self.key, self.month, self.weight)

    @property
    def conduct(self) -> ConductMonth:
        """Conduct of all firms this month: fixed during the warm-up, and where the mechanism is off."""
        since, on = self.month - self.warm_up, self.scenario.mechanisms
        kind = self.scenario.conduct if since >= 0 and on["conduct"] else FIXED
        return ConductMonth(kind, since, self.key, self.market, on)

    def take_samples(self, stated: Floats) -> None:
        """Each firm draws a sample of its own and keeps the one before. stated: of all people, shape (people, K)"""
        present = self.people.person["present"] != 0
        for firm in self.firms:
            luck = luck_of_sample(self.key, self.month, firm.key, round(firm.plan.survey_size))
            new = own_sample(stated, present, luck)
            self.samples[firm.key] = new, self.samples.get(firm.key, (new, new))[0]

    def lines_at(self, firm: int, count: int, late: bool) -> Floats:
        """Positions of product lines that serve a sample best, shape (MOST_LINES, K).

        Args:
            firm: Key of the firm.
            count: Number of lines.
            late: Whether product knows last year's sample only; no matter where all firms share one.
        """
        place = (firm, count, late) if self.samples else (0, count, False)
        if place not in self.positions:
            sample = self.samples[firm][int(late)] if self.samples else self.asked
            self.positions[place] = line_positions(sample, count)
        return self.positions[place]

    @cached_property
    def firm_keys(self) -> IntArray:
        """Addresses of the firms by seat."""
        return np.array([firm.key for firm in self.firms], np.int64)

    @cached_property
    def awareness(self) -> Floats:
        """Share of newcomers who know each firm."""
        return np.array([float(firm.settings.settings["offers.awareness"] or 0.0) for firm in self.firms])


def new_world(scenario: Scenario, seed: int, replicate: int, bills_kept: bool = True) -> World:
    """A world before its first month. bills_kept: whether what each customer was billed is kept"""
    key = world_key(seed, replicate)
    blocks = {} if scenario.network.kind == "blocks" else {"network.homophily": 0.0}  # else nobody has a home
    contract = scenario.relationship == "contract"
    parameters = parameters_of({**scenario.market, **blocks}, scenario.mechanisms, contract, bills_kept)
    firms = [new_firm(firm, policy_of(firm), scenario.market) for firm in scenario.firms]
    people = empty_population(scenario.customers, len(firms), columns_needed(parameters))
    slots = np.arange(scenario.customers, dtype=np.int64)
    network = network_of(scenario.network, scenario.market, home_segments(slots, parameters, key), key)
    world = World(scenario, key, parameters, people, network, firms)
    admit(people, slots, parameters, key, world.awareness, world.firm_keys)
    shares = [float(firm.settings.settings["offers.start_share"] or 0.0) for firm in firms]
    start_with_suppliers(people, key, shares, world.firm_keys, 0.0 if parameters.contract > 0.0 else 1.0)
    for seat, firm in enumerate(firms):
        firm.customers[-1] = float((people.supplier == seat).sum()) * world.weight
    return world
