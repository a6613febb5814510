"""First-time buyers of one firm, followed: the simulated counterpart of a purchase log."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.calibration.known_exit import WEEKS_PER_MONTH
from sim.model.state import NEVER, Floats
from sim.parameters.scenario import Scenario
from sim.simulation.market import Market

_CENTS = 100.0  # in a unit of money
MONTHS_OF_ENTRY = 3  # the log holds everybody whose first purchase fell in January to March 1997


@dataclass(frozen=True)
class Cohort:
    """Purchases of a simulated cohort: everybody who joined it, whether still in the market at the end or not.

    Args:
        counts: Repeat purchases of each member by month. [shape (members, months)]
        spend: What each member paid in all, first purchase included. [money, shape (members,)]
    """

    counts: Floats
    spend: Floats

    @property
    def members(self) -> int:
        """Customers whose first purchase fell into the months of entry."""
        return len(self.counts)

    @property
    def repeats(self) -> Floats:
        """Repeat purchases of all members by month."""
        return np.asarray(self.counts.sum(axis=0))


class _Diary:
    """Purchases of those who join, by place; a line is closed when another person takes the place.

    The months of a line begin with the months of entry in which the first purchase fell.
    """

    def __init__(self, places: int, months: int) -> None:
        self.member, self.begin = np.zeros(places, bool), np.zeros(places, np.int64)
        self.counts, self.spend = np.zeros((places, months)), np.zeros(places)
        self.closed: list[tuple[Floats, Floats]] = []

    def join(self, places: NDArray[np.bool_], month: int) -> None:
        """Begin lines for whoever bought first in a month."""
        self.member |= places
        self.begin[places] = month - month % MONTHS_OF_ENTRY

    def write(self, month: int, repeats: Floats, paid: Floats) -> None:
        """Add a month to the lines that are not full yet. repeats, paid: by place [count, money]"""
        since = month - self.begin
        lines = np.flatnonzero(self.member & (since < self.counts.shape[1]))
        self.counts[lines, since[lines]] = repeats[lines]
        self.spend[lines] += paid[lines]

    def close(self, places: NDArray[np.bool_]) -> None:
        """Keep the lines of members at some places, and begin these anew."""
        done = places & self.member
        self.closed.append((self.counts[done], self.spend[done]))
        self.member[done], self.counts[done], self.spend[done] = False, 0.0, 0.0

    def cohort(self) -> Cohort:
        """Everybody who joined."""
        self.close(self.member.copy())
        counts, spend = zip(*self.closed, strict=True)
        return Cohort(np.concatenate(counts), np.concatenate(spend))


def follow(scenario: Scenario, months: int, seed: int, replicate: int, quarters: int = 1) -> Cohort:
    """Live a world and follow those whose first purchase in the category is from the first firm.

    Buyers of several quarters are cohorts of one world at rest that differ in their people and their luck only, and
    are put together; each member is followed for the same time since the quarter of the first purchase began.

    Args:
        scenario: The world.
        months: Recorded months for which a cohort is followed.
        seed: Seed.
        replicate: Number of the replication.
        quarters: Quarters of first purchases; a cohort each.
    """
    entry = MONTHS_OF_ENTRY * quarters
    recorded = months + entry - MONTHS_OF_ENTRY
    market = Market(scenario.with_settings({"months": recorded}), seed=seed, replicate=replicate)
    market.live_warm_up()
    people = market.world.people
    diary = _Diary(len(people.person), months)
    for month in range(recorded):
        tried = (people.last_purchase != NEVER).any(axis=1)
        generation, billed = people.generation.copy(), people.billed[:, 0].copy()
        market.step()
        same = people.generation == generation
        diary.close(~same)
        bought = people.bought[:, 0].astype(float)
        new = (bought > 0) & ~(tried & same)
        if month < entry:
            diary.join(new, month)
        paid = people.billed[:, 0] - np.where(same, billed, 0)
        diary.write(month, bought - new, paid / _CENTS)
    return diary.cohort()


def weekly(monthly: Floats, weeks: int) -> Floats:
    """Monthly counts spread evenly over their weeks: the model knows no date within a month."""
    edges = np.arange(weeks + 1) / WEEKS_PER_MONTH
    total = np.concatenate(([0.0], np.cumsum(monthly)))
    return np.diff(np.interp(edges, np.arange(len(total)), total))


def against_log(observed: Floats, customers: int, cohorts: list[Cohort]) -> pd.DataFrame:
    """Weekly repeat purchases of the log beside those of simulated cohorts scaled to its size.

    Args:
        observed: Repeat purchases of the log by week.
        customers: Customers in the log.
        cohorts: Simulated cohorts, one a replication.

    Returns:
        Columns ``week, observed, simulated, low, high, cumulated_low, cumulated_high``; low and high hold 90 % of the
        replications.
    """
    runs = np.array([weekly(cohort.repeats, len(observed)) * customers / max(1, cohort.members) for cohort in cohorts])
    low, high = np.quantile(runs, (0.05, 0.95), axis=0)
    cumulated_low, cumulated_high = np.quantile(runs.cumsum(axis=1), (0.05, 0.95), axis=0)
    return pd.DataFrame(
        {
            "week": np.arange(1, len(observed) + 1),
            "observed": observed,
            "simulated": runs.mean(axis=0),
            "low": low,
            "high": high,
            "cumulated_low": cumulated_low,
            "cumulated_high": cumulated_high,
        }
    )


def weekly_distance(table: pd.DataFrame) -> float:
    """Mean absolute distance of weekly repeat purchases, as a share of the log's weekly mean."""
    return float((table["simulated"] - table["observed"]).abs().mean() / table["observed"].mean())


def later(table: pd.DataFrame, column: str, weeks: int) -> float:
    """Relative difference of repeat purchases to those of the log after a number of weeks."""
    after = table[table["week"] > weeks]
    return float(after[column].sum() / after["observed"].sum() - 1.0)


def distance(observed: Floats, other: Floats) -> float:
    """Mean absolute distance of cumulated repeat purchases, as a share of the log's total by then.

    >>> distance(np.array([1.0, 1.0]), np.array([1.0, 2.0]))
    0.25
    """
    total = np.cumsum(observed)
    return float((np.abs(np.cumsum(other) - total) / total).mean())
