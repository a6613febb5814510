"""Warm-ups simulated once: worlds with the same past are copied at the start of the policies."""

import pickle
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from threading import Lock

import numpy as np

from sim.model.firm.firm import Firm
from sim.model.state import Population
from sim.model.world import World
from sim.parameters.firm_settings import FirmSettings
from sim.parameters.scenario import USUAL_CUSTOMERS, Scenario
from sim.parameters.table.finance import FINANCE
from sim.parameters.table.rivals import RIVALS
from sim.policies import policy_of
from sim.simulation.headless import seed_of
from sim.simulation.market import Market

# During the warm-up all firms follow the neutral plan, so a firm's policy, and what its numbers of these sections say,
# acts only after it. A test lives the warm-up with both ends of every such number. All else is taken to act.
LATER_SECTIONS = ("decisions", "leadership", "organisation", "owner", "pay", "policy_settings", "transformation")
EARLY = (
    "leadership.exception", "leadership.exit_interviews", "leadership.layers", "leadership.voice_gain", "owner.present",
)  # fmt: skip
LATER_MARKET = ("discount_rate", *(number.name for number in (*RIVALS, *FINANCE)))
LATER_MECHANISMS = ("conduct", "departments_pay", "leadership", "organisation_form", "transformation", "walls_by_pair")
MOST_BYTES_KEPT = 32e6  # of people kept; larger worlds are lived anew, since a copy would cost their memory once more


def acts_later(name: str) -> bool:
    """Whether a number of a firm acts only after the warm-up. name: key path in the firm's section"""
    return name.partition(".")[0] in LATER_SECTIONS and name not in EARLY


def past_of(scenario: Scenario) -> Hashable:
    """Everything in a scenario that determines its warm-up, except seed and replicate."""
    market = tuple(value for name, value in scenario.market.items() if name not in LATER_MARKET)
    mechanisms = tuple(value for name, value in scenario.mechanisms.items() if name not in LATER_MECHANISMS)
    firms = tuple((firm.name, *_early_numbers(firm)) for firm in scenario.firms)
    return scenario.customers, scenario.relationship, scenario.network, market, mechanisms, firms


def _early_numbers(firm: FirmSettings) -> tuple[float | None, ...]:
    return tuple(value for name, value in firm.settings.items() if not acts_later(name))


@dataclass(frozen=True)
class Past:
    """A world at the end of its warm-up.

    Args:
        world: The world; its firms are not used.
        firms: State of each firm, pickled, since reading a pickle is the fastest deep copy.
    """

    world: World
    firms: bytes

    @staticmethod
    def of(world: World) -> "Past":
        """A copy of a world that no policy has touched yet."""
        states = [{k: v for k, v in vars(firm).items() if k not in ("settings", "policy")} for firm in world.firms]
        return Past(_copy(world, world.scenario, []), pickle.dumps(states, pickle.HIGHEST_PROTOCOL))

    def begun(self, scenario: Scenario) -> World:
        """A world of another scenario with this past.

        Raises:
            BadInput: A policy that cannot be had.
        """
        states = zip(scenario.firms, pickle.loads(self.firms), strict=True)
        return _copy(self.world, scenario, [Firm(market, policy_of(market), **state) for market, state in states])


def _copy(world: World, scenario: Scenario, firms: list[Firm]) -> World:
    people = Population(world.people.person.copy(), world.people.relations.copy())
    network = world.network._replace(audible=np.zeros_like(world.network.audible))  # written anew every month
    return replace(
        world, scenario=scenario, firms=firms, people=people, network=network, samples=dict(world.samples),
        positions={}, settled={}, records=[], counted=[], followed=[],
    )  # fmt: skip


@dataclass
class _Entry:
    lock: Lock = field(default_factory=Lock)
    past: Past | None = None


class WarmUps:
    """Cache of simulated warm-ups, most recently used last; safe for several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()

    def market(self, scenario: Scenario, seed: int | None = None, replicate: int = 0) -> Market:
        """The market of a scenario at the end of its warm-up, bit for bit as simulated from the start.

        With customers of a user's class the warm-up is still to come.

        Args:
            scenario: What the world is made of.
            seed: Seed of all draws; the scenario's own if left out.
            replicate: Number of the replication.

        Raises:
            BadInput: Unknown policy.
            RunFailed: A number was no number or out of its range.
        """
        seed_used = seed_of(scenario, seed, None)
        if scenario.customer_class != USUAL_CUSTOMERS:  # what a class of a user's keeps beside the rows is not copied
            return Market(scenario, seed_used, replicate)
        entry = self._entry((past_of(scenario), seed_used, replicate))
        with entry.lock:  # who asks for the same past meanwhile waits for it
            if entry.past is not None:
                return Market(scenario, seed_used, replicate, world=entry.past.begun(scenario))
            market = Market(scenario, seed_used, replicate)
            market.live_warm_up()
            if self._room_for(market.world):
                entry.past = Past.of(market.world)
            return market

    def _entry(self, key: Hashable) -> _Entry:
        with self._lock:
            entry = self._known.setdefault(key, _Entry())
            self._known.move_to_end(key)
            return entry

    def _room_for(self, world: World) -> bool:
        """Whether such a world is kept; the oldest are forgotten for it."""
        most = int(MOST_BYTES_KEPT / (world.people.person.nbytes + world.people.relations.nbytes))
        with self._lock:
            while len(self._known) > max(1, most):
                self._known.popitem(last=False)
        return most > 0


_OF_THIS_PROCESS = WarmUps()
warmed_up = _OF_THIS_PROCESS.market
