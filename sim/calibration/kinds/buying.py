"""Buying: how well BG/NBD fits a client's log, its forecast, and when orders are no Poisson process."""

import numpy as np
import pandas as pd
from scipy import stats

from sim.calibration.goodness import FALSE_ALARM, SMALL_D, FitCheck, compare_counts
from sim.calibration.kinds.buying_model import (
    CLEAR_GAIN,
    BuyingModel,
    chance_of_repeats,
    expected_later,
    fit_bg_nbd,
    without_dropout,
)
from sim.calibration.known_exit import WEEKS_PER_MONTH, monthly_exit
from sim.calibration.likelihood import EstimateInterval, coordinate
from sim.calibration.model_fit import FitPicture, FittedNumber, ModelFit
from sim.calibration.purchase_log import WEEK, histories
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse

_CELLS = 8  # repeat purchases 0 to 6, and 7 or more
_MODEL = "BG/NBD (Fader, Hardie and Lee 2005)"
_NO_DROPOUT = "NBD, nobody drops out (Ehrenberg 1959)"
_RIVAL = "the mean of the last period"


def check_regularity(days: pd.DataFrame) -> FitCheck:
    """Whether gaps between purchases vary as in a Poisson process.

    Given first and last purchase, those between are spread evenly at random; the sum of squared gaps, as shares of the
    whole, then has a known mean 2 / (gaps + 1) and variance. Their mean distance in standard deviations is the effect.

    Args:
        days: Purchase days, ordered by customer and date.
    """
    day = days["date"].to_numpy("datetime64[D]").astype(float)
    code = pd.factorize(days["customer"])[0]
    same = code[1:] == code[:-1]
    gaps, owner = np.diff(day)[same], code[1:][same]
    count = np.bincount(owner, minlength=code.max() + 1).astype(float)
    total = np.bincount(owner, gaps, len(count))
    squares = np.bincount(owner, gaps**2, len(count))
    several = count >= 2
    k = count[several]
    if not several.any():
        return FitCheck("gaps between purchases", True, "nobody bought three times, so gaps tell nothing")
    sums, mean = squares[several] / total[several] ** 2, 2.0 / (k + 1.0)
    spread = np.sqrt((24.0 + 4.0 * (k - 1.0)) / ((k + 1.0) * (k + 2.0) * (k + 3.0)) - mean**2)
    effect = float(((sums - mean) / spread).mean())
    p = float(stats.norm.cdf((effect + SMALL_D) * np.sqrt(len(k))))
    said = "orders come more regularly than Poisson's" if p < FALSE_ALARM else "not more regular than Poisson's"
    figures = f"squared gaps {effect:+.2f} standard deviations from it, below -{SMALL_D} with p {p:.2g}"
    return FitCheck("gaps between purchases", p >= FALSE_ALARM, f"{said}: {figures}")


def forecast_buying(days: pd.DataFrame, exit_hazard: float = 0.0) -> OutOfTime:
    """Purchases in the second half of the log by those who came in the first, fitted to the first alone.

    Args:
        days: Purchase days, ordered by customer and date.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]
    """
    start, end = days["date"].min(), days["date"].max()
    cut = (start + (end - start) / 2).normalize()
    before = days[days["date"] <= cut]
    late = days[(days["date"] > cut) & days["customer"].isin(before["customer"].unique())]
    weeks = (end - cut).days / WEEK
    past = histories(before, str(cut.date()))
    expected = expected_later(fit_bg_nbd(past, exit_hazard), past, weeks)
    predicted = float(expected.sum())
    middle = start + (cut - start) / 2
    first = before.groupby("customer")["date"].transform("min")
    recent = before[(before["date"] > middle) & (before["date"] > first)]
    longer = weeks / max(1.0, (cut - middle).days / WEEK)
    carried, seen = len(recent) * longer, max(1, len(late))
    people = np.sort(before["customer"].unique())
    made, own = (rows["customer"].value_counts().reindex(people).fillna(0.0).to_numpy(float) for rows in (late, recent))
    p = chance_of_worse((made - expected) ** 2, (made - own * longer) ** 2)
    return OutOfTime(
        f"purchases in the {weeks:.0f} weeks after {cut.date()}, fitted before ({len(late):,} were made)", _RIVAL,
        100.0 * abs(predicted - len(late)) / seen, 100.0 * abs(carried - len(late)) / seen, "%", p,
    )  # fmt: skip


def fit_buying(days: pd.DataFrame, exit_hazard: float) -> ModelFit:
    """Buying fitted to purchase days.

    Args:
        days: Rows ``customer, date``, one a purchase day, in order.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]
    """
    past = histories(days, str(days["date"].max().date()))
    model = fit_bg_nbd(past, exit_hazard)
    ages, where = np.unique(past.age, return_inverse=True)
    people = np.bincount(where).astype(float)
    observed = np.bincount(np.minimum(past.repeats, _CELLS - 1).astype(int), minlength=_CELLS).astype(float)
    expected = people @ chance_of_repeats(model, ages, _CELLS - 1)
    rival = people @ chance_of_repeats(without_dropout(past, exit_hazard), ages, _CELLS - 1)
    cells = pd.DataFrame({"x": np.arange(_CELLS, dtype=float), "observed": observed, "model": expected, "rival": rival})
    checks = (
        compare_counts("repeat purchases by customer", observed, expected, 4 if model.a > 0 else 2),
        check_regularity(days),
    )
    return ModelFit(
        "buying", (_MODEL if model.a > 0 else _NO_DROPOUT) + _beside_exit(exit_hazard),
        f"{len(past.repeats):,} customers, {len(days):,} purchase days",
        _numbers(model), checks, forecast_buying(days, exit_hazard),
        FitPicture(cells, "Repeat purchases (7: seven or more)", "customers", "NBD without dropout"),
        (
            "customers who bought before the file begins count as new; leave them out where you know them",
            _about_exit(exit_hazard, model.gain),
        ),
    )  # fmt: skip


def _about_exit(exit_hazard: float, gain: float) -> str:
    """What the fit took as known of leaving, and whether the file speaks for it."""
    if exit_hazard == 0.0:
        return "in the scenario nobody leaves the category or dies, so that all silence is dropout"
    against = "; the file speaks against it: name a scenario that fewer people leave" if gain < -CLEAR_GAIN else ""
    return (
        f"in the scenario {monthly_exit(exit_hazard):.2%} a month leave the category or die whatever they buy "
        "(market.category_exit, market.death), which is taken as known: dropout is what the file shows beyond it; "
        f"log-likelihood {gain:+.1f} against nobody leaving{against}"
    )


def _beside_exit(exit_hazard: float) -> str:
    return f" beside a known exit of {monthly_exit(exit_hazard):.2%} a month" if exit_hazard > 0.0 else ""


def _numbers(model: BuyingModel) -> tuple[FittedNumber, ...]:
    top, place = model.maximum, "market.economics."
    rate = top.positive(lambda p: float(p[0] - p[1] + np.log(WEEKS_PER_MONTH)))
    numbers = [
        FittedNumber(
            "purchase rate", rate, "mean purchases of a live customer a month, r / alpha", f"{place}purchase_rate"
        ),
        FittedNumber("r", top.positive(coordinate(0)), "shape of purchase rates", f"{place}rate_shape"),
        FittedNumber("alpha", top.positive(coordinate(1)), "rate of that distribution, in weeks"),
    ]
    if model.a <= 0.0:
        none = EstimateInterval(0.0, 0.0, 0.0, 0.0)
        return (*numbers, FittedNumber("a", none, "nobody drops out in these data: off", f"{place}dropout_a"))
    a, b = (top.positive(coordinate(place)) for place in (2, 3))
    mean = top.share(lambda p: float(p[2] - p[3]))
    return (
        *numbers,
        FittedNumber("a", a, "first parameter of dropout after a purchase", f"{place}dropout_a"),
        FittedNumber("b", b, "second parameter of dropout", f"{place}dropout_b"),
        FittedNumber("dropout", mean, "mean chance to be gone after a repeat purchase, a / (a + b)"),
    )
