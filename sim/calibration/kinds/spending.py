"""Spending: the gamma-gamma model of what a purchase day is worth."""

import numpy as np
import pandas as pd
from scipy import special

from sim.calibration.goodness import FALSE_ALARM, SMALL_R, FitCheck, compare_distribution, correlation_excess
from sim.calibration.likelihood import EstimateInterval, Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, ModelFit
from sim.calibration.purchase_log import histories
from sim.calibration.purchase_models import gamma_gamma_log_likelihood
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats

_MODEL = "gamma-gamma (Fader, Hardie and Lee 2005, Journal of Marketing Research)"
_LEAST_REPEATERS = 20
_TENTHS = np.linspace(0.05, 0.95, 10)


def fit_spending(days: pd.DataFrame, currency: str) -> ModelFit:
    """Spending fitted to the repeat purchase days of each customer.

    Args:
        days: Rows ``customer, date, spend``, in order.
        currency: Currency of the amounts, if it is known.
    """
    repeats, spend = _repeaters(days, days["date"].max())
    units = f"{len(repeats):,} customers with repeat purchases{f', {currency}' if currency else ''}"
    if len(repeats) < _LEAST_REPEATERS:
        few = FitCheck(
            "customers with repeat purchases", False, f"{len(repeats)}, at least {_LEAST_REPEATERS} are needed"
        )
        return ModelFit("spending", _MODEL, units, (), (few,), None, _picture(np.array([0.0]), np.array([0.0]), 0.0))
    top = _fit(repeats, spend)
    cumulated = _cumulated(top, repeats, spend)
    independent = _rank_correlation(repeats, spend)
    p = correlation_excess(independent, len(spend))
    checks = (
        compare_distribution("spend by customer", cumulated, 3),
        FitCheck(
            "spend and frequency", p >= FALSE_ALARM,
            f"correlation {independent:.2f}, beyond {SMALL_R} with p {p:.2g}; the model takes them for independent",
        ),
    )  # fmt: skip
    quantiles = np.quantile(spend, _TENTHS)
    expected = np.quantile(_draws_by_quantile(top, repeats), _TENTHS)
    return ModelFit(
        "spending", _MODEL, units, _numbers(top), checks, _forecast(days),
        _picture(quantiles, expected, float(np.mean(spend))),
    )  # fmt: skip


def _repeaters(days: pd.DataFrame, end: pd.Timestamp) -> tuple[Floats, Floats]:
    past = histories(days, str(end.date()))
    used = (past.repeats > 0) & (past.spend > 0)
    return past.repeats[used], past.spend[used]


def _fit(repeats: Floats, spend: Floats) -> Maximum:
    centre = float(np.log(np.mean(spend)))
    starts = [[1.5, 1.3, centre - 1.0], [0.5, 2.0, centre]]

    def log_likelihood(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        return gamma_gamma_log_likelihood(p, q, v, repeats, spend)

    return maximise(log_likelihood, starts)


def _cumulated(top: Maximum, repeats: Floats, spend: Floats) -> Floats:
    """Probability of a mean no larger than each: their sum over the scale is beta prime."""
    p, q, v = np.exp(top.point)
    total = repeats * spend / v
    return np.asarray(special.betainc(p * repeats, q, total / (1.0 + total)))


def _draws_by_quantile(top: Maximum, repeats: Floats) -> Floats:
    """Mean spends under the model at evenly spread probabilities, for the same numbers of purchases."""
    p, q, v = np.exp(top.point)
    even = (np.argsort(np.argsort(np.modf(np.arange(len(repeats)) * 0.6180339887498949)[0])) + 0.5) / len(repeats)
    share = special.betaincinv(p * repeats, q, even)
    return np.asarray(v / repeats * share / np.maximum(1e-12, 1.0 - share))


def _rank_correlation(values: Floats, others: Floats) -> float:
    """Correlation of normal scores; 0 where one of them does not vary."""
    if np.ptp(values) == 0 or np.ptp(others) == 0:
        return 0.0
    return float(np.corrcoef(special.erfinv(_ranks(values)), special.erfinv(_ranks(others)))[0, 1])


def _ranks(values: Floats) -> Floats:
    """Ranks spread between -1 and 1, equal values alike."""
    ranks = pd.Series(values).rank().to_numpy()
    return np.asarray(2.0 * (ranks - 0.5) / len(ranks) - 1.0)


def _forecast(days: pd.DataFrame) -> OutOfTime | None:
    """Spend of each customer in the second half, fitted to the first alone."""
    cut = days["date"].min() + (days["date"].max() - days["date"].min()) / 2
    before, late = days[days["date"] <= cut], days[(days["date"] > cut) & (days["spend"] > 0)]
    repeats, spend = _repeaters(before, cut)
    if len(repeats) < _LEAST_REPEATERS:
        return None
    p, q, v = np.exp(_fit(repeats, spend).point)
    past = histories(before, str(cut.date()))
    names = np.sort(before["customer"].unique())
    x = np.where(past.spend > 0, past.repeats, 0.0)
    weight = p * x / np.maximum(1e-9, p * x + q - 1.0)
    expected = pd.Series((1.0 - weight) * p * v / max(0.05, q - 1.0) + weight * past.spend, index=names)
    seen = late.groupby("customer")["spend"].mean()
    both = seen.index.intersection(expected.index)
    if not len(both):
        return None
    model, rival = ((guess - seen[both]).abs().to_numpy() for guess in (expected[both], float(np.mean(spend))))
    return OutOfTime(
        f"mean spend of {len(both):,} customers after {cut.date()}, fitted before", "the mean of the last period",
        float(model.mean()), float(rival.mean()), "a purchase", chance_of_worse(model, rival),
    )  # fmt: skip


def _picture(observed: Floats, expected: Floats, mean: float) -> FitPicture:
    table = pd.DataFrame(
        {
            "x": 100.0 * _TENTHS[: len(observed)],
            "observed": observed,
            "model": expected,
            "rival": np.full(len(observed), mean),
        }
    )
    return FitPicture(
        table, "Customers, from those who spend least to those who spend most (%)", "mean spend", "everybody alike"
    )


def _numbers(top: Maximum) -> tuple[FittedNumber, ...]:
    p, q, v = (top.positive(coordinate(k)) for k in range(3))
    spread, mean = EstimateInterval(0.0, 0.0, 0.0, 0.0, False), EstimateInterval(0.0, 0.0, 0.0, 0.0, False)
    if q.value > 1.0:
        mean = top.positive(lambda at: float(at[0] + at[2] - np.log(max(1e-9, np.exp(at[1]) - 1.0))))
    if q.value > 2.0:
        spread = top.positive(lambda at: float(0.5 * np.log(np.log1p(1.0 / max(1e-9, np.exp(at[1]) - 2.0)))))
    place = "market.economics."
    return (
        FittedNumber("spend", mean, "mean over people of the value of a purchase, p v / (q - 1)", f"{place}spend"),
        FittedNumber(
            "spend spread", spread, "lognormal spread with the same coefficient of variation", f"{place}spend_sigma"
        ),
        FittedNumber("p", p, "shape of a purchase's value"),
        FittedNumber("q", q, "shape of its distribution over people"),
        FittedNumber("v", v, "scale of that distribution, money"),
    )
