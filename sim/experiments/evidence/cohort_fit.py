"""Simulated cohorts laid over the purchase log, and the one number that is fitted by them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.calibration import cohort, fitted_world, purchase_log
from sim.calibration.cohort import Cohort
from sim.calibration.known_exit import WEEKS_PER_MONTH
from sim.experiments.evidence.plan import EvidencePlan
from sim.experiments.parallel import side_by_side
from sim.model.state import Floats
from sim.parameters import Scenario

MONTHS_OF_LOG = 18
WEEKS_FITTED = 39  # until 1997-09-30; later weeks are a test
MOST_STEPS = 6  # of the search for the factor
CLOSE = 0.01  # relative distance of repeat purchases at which it ends


class RateFactor(NamedTuple):
    """Purchase rates of the category against those fitted to the shop.

    Args:
        value: The factor. [ratio]
        error: Its standard error, from how much members of the cohorts differ in what they buy. [ratio]
    """

    value: float
    error: float


class LaidOver(NamedTuple):
    """Cohorts laid over the log.

    Args:
        factor: On the purchase rates; the cohorts have it.
        table: As `cohort.against_log` makes it, with a column ``bg_nbd``.
        cohorts: One a world.
    """

    factor: RateFactor
    table: pd.DataFrame
    cohorts: list[Cohort]


def lay_over(
    log: pd.DataFrame,
    fits: pd.DataFrame,
    scenario: Scenario,
    plan: EvidencePlan,
    seed: int,
    progress: Callable[[int, int], None],
) -> LaidOver:
    """The factor on purchase rates with which cohorts buy as often as the log in the fitted weeks, and the cohorts.

    The fit knows one shop and no reasons. People of the market buy in other shops too, answer price and satisfaction,
    and leave for reasons of their own, so that their rate in the category is not that of the fit. Repeat purchases are
    nearly proportional to the rate; each step multiplies the factor by what is missing. The first is the scenario's.

    Args:
        log: The purchase log.
        fits: Its fits, as `fit_log` makes them.
        scenario: World to take everything from that the log does not know.
        plan: Historical policy of all firms, size and number of the cohorts.
        seed: Seed.
        progress: Called with steps done and steps at most.
    """
    weekly = purchase_log.weekly_repeats(log)
    customers, factor = int(log["customer"].nunique()), _first_factor(fits, scenario)
    for step in range(1, MOST_STEPS + 1):
        cohorts = _follow(fitted_world.world_from(fits, scenario, factor), plan, seed)
        table = cohort.against_log(weekly, customers, cohorts)
        missing = _missing(weekly, table["simulated"].to_numpy())
        if abs(missing - 1.0) <= CLOSE or step == MOST_STEPS:
            break
        progress(step, MOST_STEPS)
        factor *= missing
    progress(MOST_STEPS, MOST_STEPS)
    rate_factor = RateFactor(factor, factor * relative_error(cohorts))
    return LaidOver(rate_factor, table.assign(bg_nbd=fitted_world.bg_nbd_weekly(log, len(table))), cohorts)


def relative_error(cohorts: Sequence[Cohort]) -> float:
    """Standard error of what members buy again on average in the months of the fit, as a share of it."""
    months = round(WEEKS_FITTED / WEEKS_PER_MONTH)
    bought = np.concatenate([members.counts[:, :months].sum(axis=1) for members in cohorts])
    return float(bought.std(ddof=1) / np.sqrt(len(bought)) / bought.mean()) if bought.any() else float("inf")


def _first_factor(fits: pd.DataFrame, scenario: Scenario) -> float:
    fitted = fitted_world.fit_of_the_world(fits)
    return float(scenario.market["economics.purchase_rate"]) / float(fitted["monthly_rate"])


def _missing(observed: Floats, simulated: Floats) -> float:
    """Repeat purchases of the log in the fitted weeks, as a multiple of the simulated ones; 1 if there are none."""
    total = float(np.sum(simulated[:WEEKS_FITTED]))
    return float(np.sum(observed[:WEEKS_FITTED])) / total if total > 0.0 else 1.0


def _follow(world: Scenario, plan: EvidencePlan, seed: int) -> list[Cohort]:
    """Cohorts of the focal firm in worlds where all firms have the historical policy."""
    firms = {f"firms.{seat}.policy": plan.historical for seat in range(len(world.firms))}
    historical = world.with_settings(firms | {"market.customers": plan.counts["cohort_customers"]})
    return side_by_side(
        lambda replicate, _: cohort.follow(historical, MONTHS_OF_LOG, seed, replicate, plan.counts["cohort_quarters"]),
        range(plan.counts["cohort_worlds"]),
    )
