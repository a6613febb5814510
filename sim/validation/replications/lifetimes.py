"""Lifetimes of customers who differ in churn: a simulated cohort beside the published one, and its parameters again."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.validation.closed_forms import geometric_survival, sbg_survival
from sim.validation.limits_retention import beta_churn, renewals
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.row import Curve, Reading
from sim.validation.sbg import fit_sbg

YEARS_FITTED = 7


def cohort(setup: Setup) -> NDArray[np.int64]:
    """Renewals of each customer; a step of the model is a year."""
    numbers = setup.numbers
    return renewals(beta_churn(setup.here, numbers["alpha"], numbers["beta"], len(numbers["survival"])))


def surviving(stayed: NDArray[np.int64], years: int) -> NDArray[np.float64]:
    """Share of the cohort left after each year, the start first; shape (years + 1,)."""
    return np.asarray((stayed[:, None] >= np.arange(years + 1)).mean(axis=0))


def read_lifetimes(setup: Setup) -> Sequence[Reading]:
    """Distance to the published survival, parameters from seven years, and how retention rises."""
    numbers, published = setup.numbers, np.array(setup.numbers["survival"])
    stayed = cohort(setup)
    left = surviving(stayed, len(published))
    gaps, fit = np.abs(left[1:] - published), fit_sbg(stayed, YEARS_FITTED)
    forecast = sbg_survival(fit.alpha, fit.beta, np.arange(YEARS_FITTED + 1.0, len(published) + 1.0))
    retention = left[1:] / np.maximum(left[:-1], 1.0 / len(stayed))
    exact = sbg_survival(numbers["alpha"], numbers["beta"], np.arange(len(left)))
    forecast_gap, exact_gap = np.abs(forecast - published[YEARS_FITTED:]), np.abs(exact[1:] - published)
    churn = numbers["alpha"] / (numbers["alpha"] + numbers["beta"])
    rises = stats.spearmanr(np.arange(len(retention)), retention).statistic
    return [
        Reading("alpha", fit.alpha, numbers["alpha"]),
        Reading("beta", fit.beta, numbers["beta"]),
        Reading("mean churn", fit.alpha / (fit.alpha + fit.beta), churn),
        Reading("mean distance of survival, years 1 to 12", float(gaps.mean()), float(exact_gap.mean())),
        Reading("mean distance of the forecast, years 8 to 12", float(forecast_gap.mean())),
        Reading("survival after 12 years", float(left[-1]), float(exact[-1])),
        Reading("rise of retention, year 12 less year 1", float(retention[-1] - retention[0])),
        Reading("rank correlation of tenure and retention", float(rises) if np.isfinite(rises) else 0.0),
    ]  # fmt: skip


def draw_lifetimes(setup: Setup) -> Curve:
    """Survival beside the published series, the sBG, and a cohort of the same churn whose members are alike."""
    numbers, years = setup.numbers, np.arange(len(setup.numbers["survival"]) + 1)
    lines = {
        "Model": surviving(cohort(setup), int(years[-1])),
        "Published": np.append(1.0, numbers["survival"]),
        "sBG": sbg_survival(numbers["alpha"], numbers["beta"], years),
        "All alike": geometric_survival(numbers["alpha"] / (numbers["alpha"] + numbers["beta"]), years),
    }
    return Curve(f"Share of a cohort of subscribers left, {numbers['cohort']}", "Year", years, lines)


LIFETIMES_RECIPE = Recipe(read_lifetimes, draw_lifetimes)
