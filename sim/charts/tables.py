"""What charts read: the tables of a comparison by shape, and looking values up in them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from sim.charts.names import names_of
from sim.charts.numbers import PEOPLE_SCALE, PERCENT, UNSCALED, Scale, money
from sim.charts.words import Finding
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.measures import COMPARED
from sim.parameters import BadInput


class Tables(Protocol):
    """Anything with the tables of a comparison, such as `sim.experiments.compare.Comparison`."""

    @property
    def runs(self) -> pd.DataFrame:
        """Columns policy, replicate, measure, year, value; year 0 is the whole run."""

    @property
    def gaps(self) -> pd.DataFrame:
        """Columns policy, against, measure, year, mean, low, high."""

    @property
    def bridge(self) -> pd.DataFrame:
        """Columns policy, against, term, mean, low, high. [EUR]"""

    @property
    def whale(self) -> pd.DataFrame:
        """Columns policy, replicate, rank_share, cumulated. [money]"""

    @property
    def mechanisms(self) -> pd.DataFrame:
        """Columns policy, against, kind, term, switched, reading, mean, low, high; empty if not asked for. [money]"""

    @property
    def about(self) -> Mapping[str, Any]:
        """Scenario, sha256, seed, replications, months and policies."""


class MonthlyTables(Protocol):
    """A comparison with its monthly measures."""

    @property
    def monthly(self) -> pd.DataFrame:
        """Columns world (the policy), replicate, firm, month and the measures."""

    @property
    def about(self) -> Mapping[str, Any]:
        """Policies, months and the focal firm."""


class CustomerTables(Protocol):
    """A comparison with its tables of customers, which folders of earlier versions lack."""

    @property
    def survival(self) -> pd.DataFrame:
        """Columns policy, replicate, cohort, month, at_risk, share."""

    @property
    def allocation(self) -> pd.DataFrame:
        """Columns policy, replicate, tenth, customers, value, service, rank_correlation; tenth 0 is all customers."""

    @property
    def about(self) -> Mapping[str, Any]:
        """Policies, months and currency."""


MEASURE_LABELS = COMPARED  # the measures of a comparison in the order in which charts show them


def currency_of(tables: Tables) -> str:
    """Name of the money in the tables, as the reader labels it."""
    return names_of(tables.about).currency(str(tables.about.get("currency", "EUR")))


def scale_of(tables: Tables, measure: str, values: Iterable[float]) -> Scale:
    """From the table's unit to the reader's."""
    kind = MEASURE_LABELS[measure].display
    return (
        money(values, currency_of(tables))
        if kind == "money"
        else {"share": PERCENT, "people": PEOPLE_SCALE, "index": UNSCALED}[kind]
    )


def scale_values(tables: Tables, measure: str) -> list[float]:
    """The values of all runs, which decide the unit of a measure in every chart."""
    return [float(value) for value in tables.runs.loc[tables.runs["measure"] == measure, "value"]]


def finding(tables: Tables, measure: str, year: int, policy: str, against: str) -> Finding:
    """The paired difference of two policies, whichever order the table has.

    Raises:
        BadInput: The table does not hold this difference.
    """
    gaps = tables.gaps
    part = gaps[(gaps["measure"] == measure) & (gaps["year"] == year)]
    for first, second, turned in ((policy, against, 1), (against, policy, -1)):
        row = part[(part["policy"] == first) & (part["against"] == second)]
        if len(row):
            result = Finding(*(float(row[name].iloc[0]) for name in ("mean", "low", "high")))
            return result if turned == 1 else result.seen_from_rival()
    raise BadInput(f"the table of gaps has no {measure} of year {year} for {policy} against {against}")


def level_of(tables: Tables, measure: str, year: int, policy: str) -> float:
    """Mean of a measure over the runs of a policy; NaN if there are none."""
    runs = tables.runs
    here = runs[(runs["measure"] == measure) & (runs["year"] == year) & (runs["policy"] == policy)]
    return float(here["value"].mean()) if len(here) else math.nan


def last_year(tables: Tables, measure: str) -> int:
    """The last year of a measure; 0 if it belongs to the whole run.

    Raises:
        BadInput: The table of gaps does not hold the measure.
    """
    years = tables.gaps.loc[tables.gaps["measure"] == measure, "year"]
    if not len(years):
        raise BadInput(f"the table of gaps does not hold {measure}")
    return int(years.max())


def contest(tables: Tables) -> tuple[str, list[str]]:
    """The policy that the chart is about, the last one, and its rivals in order."""
    policies = list(tables.about["policies"])
    return policies[-1], policies[:-1]


def rows_with(tables: Any, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """A table of a comparison that folders of earlier versions lack, its columns checked.

    Raises:
        BadInput: It is not there, or lacks a column; names it and the way out.
    """
    table: pd.DataFrame = getattr(tables, name, pd.DataFrame())
    missing = [column for column in columns if column not in table]
    if missing or not len(table):
        what = f"has no {', '.join(missing)}" if len(table) else "is not in this comparison"
        raise BadInput(f"{name}.csv {what}; run sim compare again to have it")
    return table


def last_months(tables: Any, chart: str, measures: Sequence[str]) -> pd.DataFrame:
    """Monthly rows of the focal firm in the last year.

    Args:
        tables: A comparison.
        chart: Name of the chart that asks, for the message.
        measures: Measures that must be there.

    Raises:
        BadInput: The monthly table lacks a measure.
    """
    monthly, about = tables.monthly, tables.about
    missing = [name for name in ("world", "replicate", "firm", "month", *measures) if name not in monthly]
    if missing:
        raise BadInput(f"{chart}: monthly.csv of this comparison has no {', '.join(missing)}")
    return monthly[(monthly["firm"] == about["focal"]) & (monthly["month"] > int(about["months"]) - MONTHS_PER_YEAR)]


def year_or_months(months: int) -> str:
    """The last year of a run, or all of a shorter one, as it stands in a title.

    >>> year_or_months(60), year_or_months(8)
    ('year 5', '8 months')
    """
    return f"year {months // MONTHS_PER_YEAR}" if months >= MONTHS_PER_YEAR else f"{months} months"
