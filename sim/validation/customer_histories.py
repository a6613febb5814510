"""What rows on worlds of the box read from a run: who was lost within a year, cohorts of joiners, yearly spending."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.customer_problems import PROBLEM_COLUMNS
from sim.validation.situation import Situation

YEAR = 12
PANEL_COLUMNS = (
    "supplier", "satisfaction", "tenure", "complaint_month", "complaints", "grievance", "generation", "contribution",
    "billed", "said", "won_by", "categories", "expectation", "talk", *PROBLEM_COLUMNS,
)  # fmt: skip
YEARS = {"months": 60, "seed": 2}  # luck of its own for the recipes of 2026-11-30
# Agents of a contract world, of which a tenth is lost in a year: 13,830 show a yearly loss to half a point.
ENOUGH_FOR_LOSSES: Mapping[str, float] = {"market.customers": 14_000}
AS_IN_THE_BOX: Mapping[str, bool] = MappingProxyType({})

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def five_years(here: Situation, scenario: str, settings: Mapping[str, bool] = AS_IN_THE_BOX) -> RecordedRun:
    """Five years of a world of the box, the same run for all rows that ask for it. settings: over those of the box"""
    size = ENOUGH_FOR_LOSSES if scenario == "telecom" else {}
    return here.built_in({"scenario": scenario, **YEARS, **size, **settings}, PANEL_COLUMNS)


def stays(run: RecordedRun, start: int, months: int) -> Bools:
    """Who is still the customer of the same firm without a break some months after; shape (places,)"""
    seats, tenure = run.panel["supplier"], run.panel["tenure"]
    same = (seats[start + months] == seats[start]) & (
        run.panel["generation"][start + months] == run.panel["generation"][start]
    )
    return np.asarray(same & (tenure[start + months] >= tenure[start] + months))


def is_customer(run: RecordedRun, month: int) -> Bools:
    """Who has a supplier at the end of a month; shape (places,)"""
    return np.asarray(run.panel["supplier"][month] >= 0)


def is_there(run: RecordedRun, start: int, months: int) -> Bools:
    """Who has neither died nor left the category some months after; shape (places,)"""
    return np.asarray(run.panel["generation"][start + months] == run.panel["generation"][start])


def months_of_joiners(run: RecordedRun, last: int, follow: int) -> NDArray[np.int64]:
    """Months that those stayed who joined a firm in the first months of the run.

    Args:
        run: The run.
        last: Last month of joining.
        follow: Months for which they are followed; who stayed as long counts as such.
    """
    cohorts = []
    for month in range(1, last + 1):
        joined = is_customer(run, month) & (run.panel["tenure"][month] <= 1)
        still, months_kept = joined.copy(), np.zeros(len(joined), np.int64)
        for later in range(1, follow + 1):
            still &= stays(run, month, later)
            months_kept += still
        cohorts.append(months_kept[joined])
    return np.concatenate(cohorts)


def share_of_top(values: Floats, part: float) -> float:
    """Part of the total that the largest values have.

    >>> share_of_top(np.array([8.0, 1.0, 1.0, 0.0, 0.0]), 0.2)
    0.8
    """
    ordered = np.sort(values)[::-1]
    return float(ordered[: max(1, round(part * len(ordered)))].sum() / ordered.sum())
