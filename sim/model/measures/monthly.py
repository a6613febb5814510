"""From what was counted in each month to the columns of monthly.parquet, all months at once."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from sim.model.accounting import COST_ACCOUNTS
from sim.model.counts import Counts, as_matrix
from sim.model.measures.customers import customer_measures
from sim.model.measures.measure import CENTS, FIRM_SOURCE, FIXED_PART, FORMULA, PART, PEOPLE, Measure, refuse_unknown
from sim.model.measures.receivables import receivables_measures
from sim.model.measures.sales import SalesTime, ratio, sales_measures
from sim.model.measures.table import BY_NAME, MEASURES
from sim.model.state import FIXED_POINT, Floats

_OF_FIRMS = tuple(measure.name for measure in MEASURES if measure.source.how == FIRM_SOURCE)
FIRM_STANDING = (*_OF_FIRMS, *(name for name in SalesTime._fields if name not in _OF_FIRMS))
# What is written down of one firm and month: when and who, people present and supplied, costs, standing.
RECORD = ("month", "seat", "present", "supplied", *(f"paid_{account}" for account in COST_ACCOUNTS), *FIRM_STANDING)
_NAMES = frozenset(FIRM_STANDING)
_by_standing = itemgetter(*FIRM_STANDING)
refuse_unknown(BY_NAME.values(), {*RECORD, *Counts._fields})


def in_order(standing: Mapping[str, float]) -> tuple[float, ...]:
    """State of a firm at the end of a month, in the order of `FIRM_STANDING`.

    Raises:
        ValueError: A measure is missing or unknown; names it.

    >>> in_order(dict.fromkeys((name for name in FIRM_STANDING if name != "cash"), 0.0))
    Traceback (most recent call last):
        ...
    ValueError: month_end.standing and the rows of sim.model.measures.table differ in: cash
    """
    if standing.keys() != _NAMES:
        differing = ", ".join(sorted(standing.keys() ^ _NAMES))
        raise ValueError(f"month_end.standing and the rows of sim.model.measures.table differ in: {differing}")
    values: tuple[float, ...] = _by_standing(standing)
    return values


def monthly_measures(
    records: Sequence[tuple[float, ...]], counted: Sequence[NDArray[np.void]], weight: float, categories: float
) -> dict[str, Floats]:
    """Every measure that is a number, by name; one value per record.

    Args:
        records: One tuple per firm and month, by the names of `RECORD`.
        counted: Counts of the same months in the same order; rows of dtype COUNTS.
        weight: People per agent.
        categories: Product categories that a customer can hold.
    """
    if not records:
        return {}
    columns = dict(zip(RECORD, np.array(records, np.float64).T, strict=True))
    counts = np.concatenate([as_matrix(month) for month in counted])  # joining records themselves is ten times slower
    columns |= zip(Counts._fields, counts.T.astype(np.float64), strict=True)
    row = {name: columns[name] for name in ("month", "seat")}
    row |= {
        measure.name: _measure_values(measure, columns, weight) for measure in MEASURES if measure.source.how != FORMULA
    }
    row |= _losses(row)
    costs = np.sum([row[account] for account in COST_ACCOUNTS], axis=0)
    row["relations_ended"] = row["relations_dropped"] + weight * columns["relations_gone"]
    row["customers_active"] = columns["alive"] / FIXED_POINT * weight
    row["profit"] = row["revenue"] - row["discounts"] - costs
    row["operating_profit"] = row["profit"] + row["interest"] + row["cost_refinancing"]
    row |= _hearing_measures(columns, row) | _of_market(columns, categories, row)
    row["basket_mean"] = ratio(row["revenue"], row["purchases"])
    row["nps"] = ratio(100.0 * (columns["promoters"] - columns["detractors"]), columns["customers"])
    return row | sales_measures(row, columns) | receivables_measures(columns) | customer_measures(columns)


def _measure_values(measure: Measure, columns: Mapping[str, Floats], weight: float) -> Floats:
    """A measure that is a number of the firm, or follows from counts as its row says."""
    how, count, whole = measure.source
    part = columns[count or measure.name]
    if how == PEOPLE:
        return part * weight
    if how == CENTS:
        return part / 100.0
    if how == PART:
        return ratio(part, columns[whole])
    return ratio(part / FIXED_POINT, columns[whole]) if how == FIXED_PART else part


def _losses(row: Mapping[str, Floats]) -> dict[str, Floats]:
    voluntary = row["losses_silent"] + row["losses_complained"]
    return {
        "losses_voluntary": voluntary,
        "losses": voluntary + row["losses_involuntary"],
    }


def _hearing_measures(columns: Mapping[str, Floats], row: Mapping[str, Floats]) -> dict[str, Floats]:
    satisfied = np.where(columns["customers"] > 0.0, ratio(columns["satisfied"], columns["customers"]), 1.0)
    return {
        "share_satisfied": satisfied,
        "illusion_gap": row["satisfaction_perceived"] - satisfied,
    }


def _of_market(columns: Mapping[str, Floats], categories: float, row: Mapping[str, Floats]) -> dict[str, Floats]:
    return {
        "customer_equity": row["clv_expected_mean"] * row["customers"],
        "penetration": ratio(columns["categories"], columns["customers"]) / categories,
    }
