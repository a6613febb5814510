"""What a comparison keeps of the focal firm's customers, taken month by month: whom service went to, and who stayed."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.phases import DESKS, SERVICE_PHASE, START_PHASE, PhaseObserver
from sim.model.world import World

TENTHS = 10
FOCAL_SEAT = 0  # seat of the firm that is compared
NO_SPELL = -1
AT_THE_START, WON_LATER = "at the start", "won later"  # cohorts of customers
CENTS = 100.0
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
Amounts = NDArray[np.float64]


def customers_of_focal(world: World) -> Flags:
    """Places whose person is a customer of the focal firm, shape (places,)."""
    people = world.people
    return np.asarray((people.supplier == FOCAL_SEAT) & (people.present == 1))


def holders(world: World) -> Places:
    """Which person holds each place, counted from the first one, shape (places,)."""
    return np.asarray(world.people.person["generation"], np.int64)


class SpellNotes:
    """How long people stay customers: each spell ends when they are no longer customers, or with the run."""

    def __init__(self) -> None:
        self._holder: Places = np.zeros(0, np.int64)
        self._began: Places = np.zeros(0, np.int64)
        self._over: list[tuple[Places, Places]] = []

    def begin(self, world: World) -> None:
        """Customers at the start of the run."""
        self._holder, self._began = holders(world), np.where(customers_of_focal(world), 0, NO_SPELL)

    def note(self, world: World, month: int) -> None:
        """Spells that ended in a month, and those that began. month: from 1"""
        there, holder = customers_of_focal(world), holders(world)
        goes_on = there & (holder == self._holder) & (self._began >= 0)
        over = self._began[(self._began >= 0) & ~goes_on]
        self._over.append((over, month - over))
        self._began, self._holder = np.where(goes_on, self._began, np.where(there, month, NO_SPELL)), holder

    def table(self, month: int, weight: float) -> pd.DataFrame:
        """Columns cohort, month, at_risk and share; month 0 has everybody. [months; people; share]

        Args:
            month: The last month of the run.
            weight: People per agent.
        """
        parts = []
        open_ = self._began[self._began >= 0]
        for cohort, first, last in ((AT_THE_START, 0, 0), (WON_LATER, 1, month)):
            ended = np.concatenate([m[(b >= first) & (b <= last)] for b, m in self._over])
            going_on = month - open_[(open_ >= first) & (open_ <= last)]
            at_risk, share = kaplan_meier(ended, going_on)
            columns = {"cohort": cohort, "month": np.arange(len(share)), "at_risk": weight * at_risk, "share": share}
            parts.append(pd.DataFrame(columns))
        return pd.concat(parts, ignore_index=True)


class ServiceNotes:
    """What customers of the whole last year brought before service, and what serving them cost."""

    def __init__(self) -> None:
        self._opened: Places = np.zeros(0, np.int64)
        self._cost: Places = np.zeros(0, np.int64)
        self._holder: Places = np.zeros(0, np.int64)
        self._before: Places = np.zeros(0, np.int64)

    def begin(self, world: World) -> None:
        """Customers at the start of the last year."""
        self._opened = self._contribution(world)
        self._cost = np.zeros_like(self._opened)
        self._holder = np.where(customers_of_focal(world), holders(world), NO_SPELL)

    def before_service(self, world: World) -> None:
        """Contributions before the desks have served anybody in a month."""
        self._before = self._contribution(world)

    def note(self, world: World) -> None:
        """What serving took off the contributions; who is no customer any more is left out."""
        self._cost += self._before - self._contribution(world)
        stays = customers_of_focal(world) & (holders(world) == self._holder)
        self._holder = np.where(stays, self._holder, NO_SPELL)

    def table(self, world: World) -> pd.DataFrame:
        """Columns of `allocation_table`. world: at the end of the run"""
        own, unit = self._holder >= 0, CENTS * world.weight
        cost = self._cost[own] / unit
        value = (self._contribution(world) - self._opened)[own] / unit + cost
        return allocation_table(value, cost, world.weight)

    def _contribution(self, world: World) -> Places:
        return np.array(world.people.relations["contribution"][:, FOCAL_SEAT], np.int64)


class CustomerObserver:
    """Notes what `survival` and `allocation` tell; give `look` to `Market.watcher`.

    Args:
        months: Length of the run. [months]
        before: Who else looks, before it.
    """

    def __init__(self, months: int, before: PhaseObserver) -> None:
        self._months, self._before = months, before
        self._year_begins = max(1, months - MONTHS_PER_YEAR + 1)
        self._spells, self._service = SpellNotes(), ServiceNotes()

    def look(self, phase: str, world: World) -> None:
        """Note what has changed since the last look; the warm-up is not looked at."""
        self._before(phase, world)
        month = world.month - world.warm_up + 1
        if phase == START_PHASE:
            self._at_start(world, month)
        elif phase == DESKS and month >= self._year_begins:
            self._service.before_service(world)
        elif phase == SERVICE_PHASE and month >= 1:
            self._spells.note(world, month)
            if month >= self._year_begins:
                self._service.note(world)

    def _at_start(self, world: World, month: int) -> None:
        if month == 1:
            self._spells.begin(world)
        if month == self._year_begins:
            self._service.begin(world)

    def survival(self, weight: float) -> pd.DataFrame:
        """How long customers stay, as `SpellNotes.table` has it. weight: people per agent"""
        return self._spells.table(self._months, weight)

    def allocation(self, world: World) -> pd.DataFrame:
        """Whom service goes to in the last year, as `allocation_table` has it. world: at the end of the run"""
        return self._service.table(world)


def kaplan_meier(ended: Places, going_on: Places) -> tuple[Amounts, Amounts]:
    """People at risk and the share still there, by months from 0 on.

    Args:
        ended: Length of the spells that have ended. [months]
        going_on: Length of those that were still going on when the run ended. [months]

    Source:
        Kaplan and Meier (1958).

    >>> [values.tolist() for values in kaplan_meier(np.array([1, 2]), np.array([1, 2]))]
    [[4.0, 4.0, 2.0], [1.0, 0.75, 0.375]]
    """
    both: NDArray[Any] = np.concatenate([ended, going_on]).astype(np.int64)
    longest = int(both.max()) if len(both) else 0
    lengths = np.bincount(both, minlength=longest + 1)
    at_risk = lengths[::-1].cumsum()[::-1].astype(float)
    lost = np.bincount(ended.astype(np.int64), minlength=longest + 1)
    stays = 1.0 - np.divide(lost, at_risk, out=np.zeros(longest + 1), where=at_risk > 0.0)
    return at_risk, np.cumprod(stays)


def allocation_table(value: Amounts, service: Amounts, weight: float) -> pd.DataFrame:
    """Customers by tenths of what they brought before service, 1 those that brought least.

    Args:
        value: Contribution before the cost of service, of each agent, shape (agents,). [money per person]
        service: Cost of serving it, shape (agents,). [money per person]
        weight: People per agent.

    Returns:
        Columns tenth, customers, value, service, rank_correlation, a row for each tenth with somebody; row 0 is all of
        them, with the rank correlation of value and service, which is missing where one of the two does not vary.
    """
    tenth = value.argsort(kind="stable").argsort(kind="stable") * TENTHS // max(1, len(value)) + 1
    table = pd.DataFrame({"tenth": tenth, "customers": weight, "value": value, "service": service})
    groups = pd.concat([table.assign(tenth=0), table]).groupby("tenth", as_index=False)
    made = groups.agg({"customers": "sum", "value": "mean", "service": "mean"})
    varies = len(value) > 2 and np.ptp(value) > 0.0 and np.ptp(service) > 0.0
    correlation = float(table["value"].corr(table["service"], method="spearman")) if varies else np.nan
    return made.assign(rank_correlation=np.where(made["tenth"] == 0, correlation, np.nan))
