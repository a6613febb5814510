"""Rows on two published survival tables: the cohort fitted to seven years, held against those and the later years."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.judging import Within
from sim.validation.limits_retention import NO_INERTIA, SBG, beta_churn, renewals, share_surviving
from sim.validation.row import Curve, Entry, Reading
from sim.validation.sbg import SbgFit, fit_sbg
from sim.validation.situation import Situation

# Percent of a cohort left after 1 to 12 years
HIGH_END_TABLE = (86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4)
REGULAR_TABLE = (63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3)
FITTED_YEARS = 7
PEOPLE_OF_TABLE = 1000  # the table is given to a tenth of a percent


def fit_to_table(table: Sequence[float]) -> SbgFit:
    """Maximum likelihood on the first years of a table, as the source does it. table: percent left after each year"""
    left = np.round(np.array([100.0, *table]) * PEOPLE_OF_TABLE / 100.0).astype(int)
    counts = np.append(-np.diff(left), left[-1])
    return fit_sbg(np.repeat(np.arange(len(counts)), counts), FITTED_YEARS)


def survival_of(here: Situation, table: Sequence[float]) -> NDArray[np.float64]:
    """Percent of a simulated cohort left after each year of a table."""
    fit = fit_to_table(table)
    stayed = renewals(beta_churn(here, fit.alpha, fit.beta, len(table)))
    return 100.0 * share_surviving(stayed, np.arange(1, len(table) + 1))


def distance_from(here: Situation, table: Sequence[float], years: slice) -> Sequence[Reading]:
    """Mean distance from a table over some years, in points."""
    off = np.abs(survival_of(here, table)[years] - np.array(table)[years])
    return [Reading("mean distance in points", float(off.mean()))]


def read_high_end(here: Situation) -> Sequence[Reading]:
    """Years 1 to 7, to which the parameters are fitted."""
    return distance_from(here, HIGH_END_TABLE, slice(0, FITTED_YEARS))


def read_high_end_later(here: Situation) -> Sequence[Reading]:
    """Years 8 to 12, which no fit has seen."""
    return distance_from(here, HIGH_END_TABLE, slice(FITTED_YEARS, None))


def read_regular(here: Situation) -> Sequence[Reading]:
    """Years 1 to 7 of the other table."""
    return distance_from(here, REGULAR_TABLE, slice(0, FITTED_YEARS))


def read_regular_later(here: Situation) -> Sequence[Reading]:
    """Years 8 to 12 of the other table."""
    return distance_from(here, REGULAR_TABLE, slice(FITTED_YEARS, None))


def draw_table(here: Situation, table: Sequence[float], name: str) -> Curve:
    """Survival of the simulated cohort beside the table."""
    years = np.arange(len(table) + 1)
    lines = {
        "Model": np.append(100.0, survival_of(here, table)),
        "Table": np.array([100.0, *table]),
    }
    return Curve(f"Percent of a cohort left, {name}: fitted to years 1 to 7", "Year", years, lines)


def draw_high_end(here: Situation) -> Curve:
    """The first table."""
    return draw_table(here, HIGH_END_TABLE, "High End")


def draw_regular(here: Situation) -> Curve:
    """The second table."""
    return draw_table(here, REGULAR_TABLE, "Regular")


WITHIN_TWO_POINTS = Within(0.0, 2.0)
PATTERNS_SURVIVAL_ROWS = (
    Entry("A1", "A cohort fitted to years 1 to 7 has their survival (High End)", SBG, WITHIN_TWO_POINTS, read_high_end,
        NO_INERTIA, replicates=(4, 30), picture=draw_high_end),
    Entry("A1-later", "The same cohort has the survival of years 8 to 12", SBG, WITHIN_TWO_POINTS, read_high_end_later,
        NO_INERTIA, replicates=(4, 30)),
    Entry("A2", "A cohort fitted to years 1 to 7 has their survival (Regular)", SBG, WITHIN_TWO_POINTS, read_regular,
        NO_INERTIA, replicates=(4, 30), picture=draw_regular),
    Entry("A2-later", "The same cohort has the survival of years 8 to 12", SBG, WITHIN_TWO_POINTS, read_regular_later,
        NO_INERTIA, replicates=(4, 30)),
)  # fmt: skip
