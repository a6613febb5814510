"""From what was counted in each month to the columns of monthly.parquet, all months at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.books import COST_ACCOUNTS
from sim.counts import Counts, as_matrix
from sim.measures.adoption import PROGRAMME
from sim.measures.credit import credit_measured
from sim.measures.customers import customers_measured
from sim.measures.sales import SalesTime, ratio, sales_measured
from sim.state import FIXED_POINT, Floats

STANDING = (
    "clv_expected_mean", "cash", "receivables", "backlog", "utilisation", "crisis", "morale", "staff_turnover",
    "improvement_hours",
    "quality", "price", "newcomer_discount", "unit_cost", "satisfaction_perceived", "leadership_missed",
    "leadership_staff", "leadership_research", "leadership_marketing", "leadership_price",
    "customer_value_believed", "strategy_gap", "sales_selling_share", *SalesTime._fields, *PROGRAMME,
)  # fmt: skip
# What is written down of one firm and month: when and who, people present and supplied, costs, standing.
RECORD = ("month", "seat", "present", "supplied", *(f"paid_{account}" for account in COST_ACCOUNTS), *STANDING)

_IN_PEOPLE = (
    "customers", "gross_adds", "losses_silent", "losses_complained", "losses_involuntary", "purchases",
    "messages_positive", "messages_negative", "incidents", "handoffs", "complaints", "discount_demanded",
)  # fmt: skip
_IN_CENTS = ("revenue", "discounts", "cost_service_unprofitable")


def measured(
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
    known = dict(zip(RECORD, np.array(records, np.float64).T, strict=True))
    counts = np.concatenate([as_matrix(month) for month in counted])  # joining records themselves is ten times slower
    known |= zip(Counts._fields, counts.T.astype(np.float64), strict=True)
    row = {name: known[name] for name in ("month", "seat", *STANDING)}
    row |= {name: known[name] * weight for name in _IN_PEOPLE}
    row |= {name: known[name] / 100.0 for name in _IN_CENTS}
    row |= {account: known[f"paid_{account}"] / 100.0 for account in COST_ACCOUNTS}
    row |= _losses(known, row)
    costs = np.sum([row[account] for account in COST_ACCOUNTS], axis=0)
    row["profit"] = row["revenue"] - row["discounts"] - costs
    row |= _heard(known, row) | _means(known, row) | _of_market(known, weight, categories, row)
    return row | sales_measured(known, weight) | credit_measured(known, weight) | customers_measured(known, weight)


def _losses(known: Mapping[str, Floats], row: Mapping[str, Floats]) -> dict[str, Floats]:
    voluntary = row["losses_silent"] + row["losses_complained"]
    lost = known["losses_silent"] + known["losses_complained"] + known["losses_involuntary"]
    opening = known["customers"] - known["gross_adds"] + lost
    return {
        "losses_voluntary": voluntary,
        "losses": voluntary + row["losses_involuntary"],
        "attrition_annual": 1.0 - (1.0 - np.minimum(1.0, ratio(lost, opening))) ** 12,
    }


def _heard(known: Mapping[str, Floats], row: Mapping[str, Floats]) -> dict[str, Floats]:
    satisfied = np.where(known["customers"] > 0.0, ratio(known["satisfied"], known["customers"]), 1.0)
    return {
        "share_satisfied": satisfied,
        "share_heard_dissatisfied": ratio(known["heard_dissatisfied"], known["customers"]),
        "illusion_gap": row["satisfaction_perceived"] - satisfied,
    }


def _means(known: Mapping[str, Floats], row: Mapping[str, Floats]) -> dict[str, Floats]:
    customers = known["customers"]
    return {
        "basket_mean": ratio(row["revenue"], row["purchases"]),
        "satisfaction_mean": ratio(known["satisfaction"] / FIXED_POINT, customers),
        "share_needs_met": ratio(known["needs_met"], customers),
        "nps": ratio(100.0 * (known["promoters"] - known["detractors"]), customers),
        "wait_mean": ratio(known["wait"] / FIXED_POINT, known["incidents_served"]),
        "belief_precision": ratio(known["precision"] / FIXED_POINT, customers),
    }


def _of_market(
    known: Mapping[str, Floats], weight: float, categories: float, row: Mapping[str, Floats]
) -> dict[str, Floats]:
    return {
        "customer_equity": row["clv_expected_mean"] * row["customers"],
        "penetration": ratio(known["categories"], known["customers"]) / categories,
        "market_share": ratio(known["customers"], known["supplied"]),
        "awareness": ratio(known["aware"], known["present"]),
        "reputation_mean": ratio(known["reputation"] / FIXED_POINT, known["present"]),
        "people": known["present"] * weight,
    }
