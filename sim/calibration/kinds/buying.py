"""Buying: BG/NBD, the same without dropout, and when orders are no Poisson process."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from sim.calibration.goodness import FALSE_ALARM, SMALL_D, FitCheck, compare_counts
from sim.calibration.likelihood import EstimateInterval, Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, ModelFit
from sim.calibration.purchase_log import WEEK, Histories, histories
from sim.calibration.purchase_models import WEEKS_PER_MONTH, bg_nbd_log_likelihood
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats

_CELLS = 8  # repeat purchases 0 to 6, and 7 or more
_GAIN = 3.0  # log-likelihood that dropout must gain
_MODEL = "BG/NBD (Fader, Hardie and Lee 2005)"
_NO_DROPOUT = "NBD, nobody drops out (Ehrenberg 1959)"
_RIVAL = "the mean of the last period"


@dataclass(frozen=True)
class BuyingModel:
    """BG/NBD, or NBD where `a` is 0.

    Args:
        r: Shape of purchase rates.
        alpha: Their rate. [weeks]
        a: First parameter of dropout; 0 without.
        b: Second parameter.
        maximum: Where the likelihood is highest, in logarithms.
    """

    r: float
    alpha: float
    a: float
    b: float
    maximum: Maximum


def nbd_log_likelihood(r: float, alpha: float, past: Histories) -> float:
    """Log-likelihood of counts when nobody drops out.

    Source:
        Ehrenberg (1959); Schmittlein, Morrison and Colombo (1987), without death.
    """
    x, age = past.repeats, past.age
    terms = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha) - (r + x) * np.log(alpha + age)
    return float(terms.sum())


def fit_bg_nbd(past: Histories) -> BuyingModel:
    """BG/NBD by maximum likelihood; NBD where dropout gains nothing, or is too rare to tell its two numbers."""
    rate = max(1e-6, past.repeats.sum() / max(past.age.sum(), 1e-9))
    starts = [np.log([shape, shape / rate]) for shape in (0.3, 1.5)]
    nobody = maximise(lambda logs: nbd_log_likelihood(*np.exp(logs), past), starts)  # type: ignore[call-arg]
    more = [[*nobody.point, 0.0, 1.0], [*nobody.point, -1.0, 1.0]]
    some = maximise(lambda logs: bg_nbd_log_likelihood(*np.exp(logs), histories=past), more)  # type: ignore[misc]
    known = all(some.positive(coordinate(place)).identified for place in (2, 3))
    if not known or some.log_likelihood < nobody.log_likelihood + _GAIN:
        r, alpha = np.exp(nobody.point)
        return BuyingModel(float(r), float(alpha), 0.0, 1.0, nobody)
    r, alpha, a, b = np.exp(some.point)
    return BuyingModel(float(r), float(alpha), float(a), float(b), some)


def chance_of_repeats(model: BuyingModel, age: Floats, most: int) -> Floats:
    """Chance of 0, 1, … `most` - 1 repeat purchases, and of `most` or more, by age: shape (ages, most + 1).

    Args:
        model: Fitted model.
        age: Time since the first purchase. [weeks]
        most: Number from which purchases are counted together.

    Source:
        Fader, Hardie and Lee (2005), equation 8.
    """
    x = np.arange(most)
    r, alpha = model.r, model.alpha
    logs = special.gammaln(r + x) - special.gammaln(r) - special.gammaln(x + 1)
    share = (age / (alpha + age))[:, None]
    poisson = np.exp(logs + r * np.log(alpha / (alpha + age))[:, None]) * share**x
    if model.a > 0.0:
        base = special.betaln(model.a, model.b)
        staying = np.exp(special.betaln(model.a, model.b + x) - base)
        leaving = np.exp(special.betaln(model.a + 1.0, model.b + np.maximum(x, 1) - 1.0) - base) * (x > 0)
        before = np.cumsum(poisson, axis=1) - poisson
        poisson = staying * poisson + leaving * np.maximum(0.0, 1.0 - before)
    return np.column_stack([poisson, np.maximum(0.0, 1.0 - poisson.sum(axis=1))])


def expected_later(model: BuyingModel, past: Histories, weeks: float) -> Floats:
    """Purchases that each customer is expected to make in the weeks that follow.

    Args:
        model: Fitted model.
        past: What is known of each customer.
        weeks: Length of what follows. [weeks]

    Source:
        Fader, Hardie and Lee (2005), equation 10; without dropout the mean of a negative binomial.
    """
    r, alpha, x, age = model.r, model.alpha, past.repeats, past.age
    if model.a <= 0.0:
        return np.asarray((r + x) / (alpha + age) * weeks)
    a = model.a if abs(model.a - 1.0) > 1e-4 else 1.0001  # the formula divides by a - 1
    b = model.b
    curve = special.hyp2f1(r + x, b + x, a + b + x - 1.0, weeks / (alpha + age + weeks))
    to_come = (a + b + x - 1.0) / (a - 1.0) * (1.0 - ((alpha + age) / (alpha + age + weeks)) ** (r + x) * curve)
    odds_gone = a / (b + np.maximum(x, 1.0) - 1.0) * ((alpha + age) / (alpha + past.recency)) ** (r + x)
    return np.asarray(to_come / (1.0 + np.where(x > 0, odds_gone, 0.0)))


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


def forecast_buying(days: pd.DataFrame) -> OutOfTime:
    """Purchases in the second half of the log by those who came in the first, fitted to the first alone."""
    start, end = days["date"].min(), days["date"].max()
    cut = (start + (end - start) / 2).normalize()
    before = days[days["date"] <= cut]
    late = days[(days["date"] > cut) & days["customer"].isin(before["customer"].unique())]
    weeks = (end - cut).days / WEEK
    past = histories(before, str(cut.date()))
    expected = expected_later(fit_bg_nbd(past), past, weeks)
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


def fit_buying(days: pd.DataFrame) -> ModelFit:
    """Buying fitted to purchase days.

    Args:
        days: Rows ``customer, date``, one a purchase day, in order.
    """
    past = histories(days, str(days["date"].max().date()))
    model = fit_bg_nbd(past)
    ages, where = np.unique(past.age, return_inverse=True)
    people = np.bincount(where).astype(float)
    observed = np.bincount(np.minimum(past.repeats, _CELLS - 1).astype(int), minlength=_CELLS).astype(float)
    expected = people @ chance_of_repeats(model, ages, _CELLS - 1)
    rival = people @ chance_of_repeats(_without_dropout(past), ages, _CELLS - 1)
    cells = pd.DataFrame({"x": np.arange(_CELLS, dtype=float), "observed": observed, "model": expected, "rival": rival})
    checks = (
        compare_counts("repeat purchases by customer", observed, expected, 4 if model.a > 0 else 2),
        check_regularity(days),
    )
    return ModelFit(
        "buying", _MODEL if model.a > 0 else _NO_DROPOUT,
        f"{len(past.repeats):,} customers, {len(days):,} purchase days",
        _numbers(model), checks, forecast_buying(days),
        FitPicture(cells, "Repeat purchases (7: seven or more)", "customers", "NBD without dropout"),
        ("customers who bought before the file begins count as new; leave them out where you know them",),
    )  # fmt: skip


def _without_dropout(past: Histories) -> BuyingModel:
    fitted = maximise(lambda logs: nbd_log_likelihood(*np.exp(logs), past), [[0.0, 2.0]])  # type: ignore[call-arg]
    r, alpha = np.exp(fitted.point)
    return BuyingModel(float(r), float(alpha), 0.0, 1.0, fitted)


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
