"""A watched world: a timeline run month by month, with a frame of each month and everything that happened to people."""

from collections import OrderedDict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.experiments.live.frame import (
    MOST_DOTS,
    MonthParts,
    dots_of,
    newcomers_at,
    on_side,
    pack_frame,
)
from sim.experiments.live.frame_measures import (
    TOTAL_AT,
    Cases,
    handed_by_stop,
    measures_before,
    measures_now,
    needed_by_stop,
    stop_bits,
    supplier_or_empty,
)
from sim.experiments.live.frame_rows import bounds_of, handoffs_of_month, words_of_month
from sim.experiments.live.seen_month import SeenMonth, Snapshot, holders, kept_events
from sim.experiments.live.timeline import Timeline
from sim.model import events as happened
from sim.model.events import empty_log, logged_events
from sim.model.phases import PEOPLE_PHASE, START_PHASE
from sim.model.state import IntArray
from sim.model.world import World
from sim.parameters import BadInput
from sim.simulation.warm_up import warmed_up

SNAPSHOT_MONTHS = 12  # between two snapshots
MOST_BYTES_WATCHED = 200_000_000  # of watched worlds kept; one of 2,000 customers and 60 months takes about 12 million
WORLDS_SHOWN = 2  # worlds that are looked at together


class WatchedWorld:
    """Runs a timeline and keeps what can be seen of it; watching changes no number of the run.

    Args:
        timeline: What is run.
        firm: Name of the firm whose customers are shown.
        past: A world of the same firm that shares months with this one, which are then not run again.

    Attributes:
        months: What was seen of the months so far; the first is the state before month 1.
        bounds: Where needs are drawn.
        goals: First goals of all places, shape (N, 2).
        nbytes: Memory that the months take. [bytes]

    Raises:
        BadInput: There is no such firm, or there are more places than a frame can hold.
        RunFailed: A number was no number or out of its range.
    """

    def __init__(self, timeline: Timeline, firm: str, past: "WatchedWorld | None" = None) -> None:
        self.timeline, self.firm = timeline, firm
        self.seat = timeline.seat_of(firm)
        self.places = timeline.scenario.customers
        if self.places > MOST_DOTS:
            raise BadInput(f"market.customers is {self.places}; a picture holds at most {MOST_DOTS}")
        self.months: list[SeenMonth] = []
        self.nbytes = 0
        self.snapshots: dict[int, Snapshot] = {}
        self._first: NDArray[np.float32] = np.zeros(0, np.float32)
        self._log = empty_log(np.ones(self.places, np.bool_), len(timeline.scenario.firms))  # used month after month
        shared = -1 if past is None or past.firm != firm else min(past.month, timeline.shared_months(past.timeline))
        if past is None or shared < 0:
            self._begin()
        else:
            self._go_on_from(past, shared)

    @property
    def month(self) -> int:
        """Recorded months seen so far. [months]"""
        return len(self.months) - 1

    @property
    def weight(self) -> float:
        """People for whom one place stands. [people]"""
        return self._market.world.weight

    @property
    def measures(self) -> NDArray[np.float64]:
        """Measures of the months so far, shape (months + 1, K)."""
        return np.array([seen.measures for seen in self.months])

    @property
    def firms(self) -> tuple[str, ...]:
        """Names of the firms by seat."""
        return tuple(firm.name for firm in self.timeline.scenario.firms)

    def frames(self, side: int = 0, start: int = 0, serial: int = 0) -> Iterator[bytes]:
        """Frames from a month on, run as they are asked for; those of months that were seen come from memory.

        Args:
            side: 0 left, 1 right.
            start: First month; 0 is the state before month 1. [months]
            serial: Number of the timeline where it is shown.
        """
        for month in range(start, self.timeline.months + 1):
            self.run_to(month)
            yield on_side(self.months[month].frame, side, serial)

    def listeners(self, place: int) -> list[int]:
        """Places that hear what somebody says. place: of who speaks"""
        network = self._market.world.network
        return [int(other) for other in network.ties[network.start[place] : network.start[place + 1]]]

    def run_to(self, month: int) -> "WatchedWorld":
        """Run until a month has been seen, at most to the end. month: recorded months"""
        while self.month < min(month, self.timeline.months):
            self._step()
        return self

    def _begin(self) -> None:
        line = self.timeline
        market = warmed_up(line.scenario, line.seed, line.replicate)
        self._take(Snapshot(market, np.zeros(self.places, np.bool_), np.zeros(self.places, np.int64)))
        people = market.world.people
        self.goals = people.goal[:, :2].astype(np.float64)
        self.bounds = bounds_of(self.goals)
        present = np.flatnonzero(people.present == 1)
        self._first = people.satisfaction[:, self.seat].copy()
        self._see(measures_before(market.world, self.seat), np.zeros(0, happened.EVENT), present)

    def _go_on_from(self, past: "WatchedWorld", shared: int) -> None:
        """Take over the shared months, and run from the last snapshot before their end."""
        start = max(month for month in past.snapshots if month <= shared)
        self.snapshots = {month: shot for month, shot in past.snapshots.items() if month <= start}
        self.months, self.goals, self.bounds = past.months[: start + 1], past.goals, past.bounds
        self.nbytes = sum(seen.nbytes for seen in self.months)
        self._take(past.snapshots[start])

    def _take(self, shot: Snapshot) -> None:
        self._market = shot.market.fork()
        self._was_ours, self._open_stops = shot.was_ours.copy(), shot.open_stops.copy()
        self._watch()

    def _watch(self) -> None:
        self._market.watcher = self._look

    def _look(self, phase: str, world: World) -> None:
        if phase == START_PHASE and not len(world.watched):
            self._log.used[0] = 0
            world.log = self._log
        if phase == PEOPLE_PHASE:
            self._first = world.people.satisfaction[:, self.seat].copy()

    def _step(self) -> None:
        """Run one month and keep what was seen."""
        changes = self.timeline.settings_at(self.month)
        if changes:
            self._market = self._market.fork(changes)
            self._watch()
        self._advance()
        world, before = self._market.world, self.months[-1]
        events = logged_events(world.log)
        newcomers = np.flatnonzero((holders(world.people) != before.holder) & (world.people.present == 1))
        own = events[events["firm"] == self.seat]
        handoffs, incidents = (own[own["code"] == code] for code in (happened.HANDED_ON, happened.INCIDENT))
        self._open_stops[newcomers] = 0
        is_open = world.people.open_incidents > 0
        self._open_stops = np.where(is_open, self._open_stops | stop_bits(handoffs, self.places), 0)
        own_cases = is_open & (supplier_or_empty(world) == self.seat)
        cases = Cases(needed_by_stop(incidents), handed_by_stop(handoffs), self._open_stops[own_cases])
        measures = measures_now(world, self.seat, cases, float(before.measures[TOTAL_AT]))
        self._see(measures, events, newcomers)

    def _advance(self) -> None:
        """Run one month; a firm's exit is told before anybody can look, so that the log must be there already."""
        world = self._market.world
        if any(firm.finance.exited == world.month for firm in world.firms):
            world.watched = np.ones(self.places, np.bool_)
        self._market.advance()
        world.watched = np.zeros(0, np.bool_)

    def _see(self, measures: NDArray[np.float64], events: NDArray[np.void], newcomers: IntArray) -> None:
        """Keep the month that has just ended."""
        world = self._market.world
        people, supplier = world.people, supplier_or_empty(world)
        self._was_ours[newcomers] = False
        self._was_ours |= supplier == self.seat
        satisfaction = people.satisfaction[:, self.seat]
        parts = MonthParts(
            self._market.month, dots_of(supplier, self._was_ours, satisfaction, self.seat), measures,
            newcomers_at(newcomers, people.goal, self.bounds), words_of_month(world, self.seat),
            handoffs_of_month(events, self.seat),
        )  # fmt: skip
        seen = SeenMonth(
            pack_frame(parts), measures, kept_events(events, self.seat), holders(people), supplier.astype(np.int8),
            satisfaction.copy(), people.contribution[:, self.seat].copy(), newcomers, self._first[newcomers],
        )  # fmt: skip
        self.months.append(seen)
        self.nbytes += seen.nbytes
        if self.month % SNAPSHOT_MONTHS == 0:
            self.snapshots[self.month] = Snapshot(self._market.fork(), self._was_ours.copy(), self._open_stops.copy())


class WatchedWorlds:
    """Worlds that were watched lately; a new timeline starts from the one with which it shares most months.

    Args:
        most: Bytes of them that are kept; the world asked for least lately is dropped first, never the last two.
    """

    def __init__(self, most: int = MOST_BYTES_WATCHED) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], WatchedWorld] = OrderedDict()

    def of(self, timeline: Timeline, firm: str) -> WatchedWorld:
        """The watched world of a timeline, as far as it was run.

        Args:
            timeline: The timeline.
            firm: Name of the firm whose customers are shown.

        Raises:
            BadInput: There is no such firm.
        """
        key = timeline.key, firm
        if key not in self._kept:
            self._kept[key] = WatchedWorld(timeline, firm, self._nearest(timeline, firm))
        self._kept.move_to_end(key)
        while len(self._kept) > WORLDS_SHOWN and sum(world.nbytes for world in self._kept.values()) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _nearest(self, timeline: Timeline, firm: str) -> WatchedWorld | None:
        def shared(world: WatchedWorld) -> int:
            return min(world.month, timeline.shared_months(world.timeline)) if world.firm == firm else -1

        return max(self._kept.values(), key=shared, default=None)
