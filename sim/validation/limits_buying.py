"""Rows on buying: counts of purchases, buying again, dropping out, and how unequal customers are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.calibration.purchase_log import Histories
from sim.calibration.purchase_models import PurchaseFit, expected_repeats, fit_purchases
from sim.validation.bank import RecordedRun
from sim.validation.closed_forms import buying_again, gini_of_gamma, top_share_of_gamma
from sim.validation.closed_forms_of_chains import bg_nbd_chances
from sim.validation.judging import ClosedForm, Within
from sim.validation.limits_retention import average, proportion
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

TOOTHPASTE = (1.456, 0.7788)  # purchases of a quarter and shape: Goodhardt, Ehrenberg and Chatfield (1984)
CDNOW = (0.2426, 4.4136, 0.7929, 2.4259)  # r, alpha [weeks], a, b: Fader, Hardie and Lee (2005)
CDNOW_COUNTS = (1411, 439, 214, 100, 62, 38, 29, 64)  # customers with 0 to 6 and 7 or more repeat purchases
OBSERVED_WEEKS = (27, 39)  # from the first purchase of the last and of the first customer to the end
CERTAIN = {"outside": -10.0}


def negative_binomial(here: Situation, mean: float, shape: float) -> RecordedRun:
    """A repertoire market with one firm: purchases of two periods."""
    market = {"economics": {"purchase_rate": mean, "rate_shape": shape}, "choice": CERTAIN}
    return here.limit({"months": 2, "relationship": "repertoire"}, market, ("bought",))


def drawn_counts(here: Situation) -> tuple[float, float]:
    """Mean and shape: those of the source, or random ones."""
    return here.parameter(0, TOOTHPASTE[0], 0.5, 2.5), here.parameter(1, TOOTHPASTE[1], 0.3, 2.0)


def read_counts(here: Situation) -> Sequence[Reading]:
    """Shares of customers with 0 to 5 purchases."""
    mean, shape = drawn_counts(here)
    bought = negative_binomial(here, mean, shape).panel["bought"][1, :, 0]
    chances = stats.nbinom.pmf(np.arange(6), shape, shape / (shape + mean))
    return [proportion(f"share with {x}", bought == x, float(chances[x])) for x in range(6)]


def draw_counts(here: Situation) -> Curve:
    """Shares of customers by purchases."""
    mean, shape = TOOTHPASTE
    bought, places = negative_binomial(here, mean, shape).panel["bought"][1, :, 0], np.arange(11)
    shares = np.bincount(np.minimum(bought, 11), minlength=12)[:11] / len(bought)
    lines = {
        "Model": shares,
        "NBD": stats.nbinom.pmf(places, shape, shape / (shape + mean)),
        "Poisson": stats.poisson.pmf(places, mean),
    }
    return Curve("Customers by purchases of a quarter: toothpaste", "Purchases", places, lines)


def read_buying_again(here: Situation) -> Sequence[Reading]:
    """Mean purchases of the next period by purchases of this one."""
    mean, shape = drawn_counts(here)
    bought = negative_binomial(here, mean, shape).panel["bought"][:, :, 0].astype(float)
    expected = buying_again(mean, shape, np.arange(4.0))
    return [average(f"after {x} purchases", bought[2, bought[1] == x], float(expected[x])) for x in range(4)]


def shop_of_1997(here: Situation, numbers: Sequence[float], weeks: int) -> RecordedRun:
    """One shop whose customers all bought once at the start; a step of the model is a week."""
    r, alpha, a, b = numbers
    economics = {"purchase_rate": r / alpha, "rate_shape": r, "dropout_a": a, "dropout_b": b}
    market = {"economics": economics, "choice": CERTAIN | {"lapse": 60.0}}
    return here.limit({"months": weeks, "relationship": "repertoire"}, market, ("bought",))


def drawn_shop(here: Situation) -> tuple[float, float, float, float]:
    """Parameters of the BG/NBD: those of the source, or random ones."""
    r, alpha, a, b = CDNOW
    return (
        here.parameter(0, r, 0.2, 0.8), here.parameter(1, alpha, 4.0, 10.0), here.parameter(2, a, 0.4, 0.9),
        here.parameter(3, b, 1.5, 4.0),
    )  # fmt: skip


def repeats(run: RecordedRun) -> NDArray[np.float64]:
    """Repeat purchases so far of each customer, shape (weeks + 1, places)."""
    return np.asarray(run.panel["bought"][:, :, 0].astype(float).cumsum(axis=0))


def read_expected(here: Situation) -> Sequence[Reading]:
    """Mean repeat purchases by week 39 and 78, and shares of customers with 0 to 3."""
    numbers = drawn_shop(here)
    so_far = repeats(shop_of_1997(here, numbers, 78))
    means = expected_repeats(PurchaseFit(*numbers, 0.0, 1), np.array([39.0, 78.0]))
    chances = bg_nbd_chances(numbers[:2], numbers[2:], 39.0, 3)
    readings = [
        average(f"mean by week {week}", so_far[week], float(mean)) for week, mean in zip((39, 78), means, strict=True)
    ]
    return [*readings, *(proportion(f"share with {x}", so_far[39] == x, float(chances[x])) for x in range(4))]


def draw_expected(here: Situation) -> Curve:
    """Repeat purchases by week."""
    weeks = np.arange(79)
    mean = repeats(shop_of_1997(here, CDNOW, 78)).mean(axis=1)
    lines = {"Model": mean, "BG/NBD": expected_repeats(PurchaseFit(*CDNOW, 0.0, 1), weeks.astype(float))}
    return Curve("Repeat purchases of a customer of CDNOW's fitted parameters", "Week", weeks, lines)


def read_histogram(here: Situation) -> Sequence[Reading]:
    """Chi-square of the published histogram against simulated customers observed for as long."""
    shares = observed_shares(repeats(shop_of_1997(here, CDNOW, OBSERVED_WEEKS[1])))
    return [Reading("chi-square of 8 cells", chi_square(np.array(CDNOW_COUNTS), shares))]


def observed_shares(so_far: NDArray[np.float64], cut: int = 1) -> NDArray[np.float64]:
    """Shares of customers by repeat purchases where customers are observed for as long as in the source, shape (8,).

    Args:
        so_far: Repeat purchases of each customer, shape (steps + 1, places).
        cut: Steps of a week.
    """
    places = np.arange(so_far.shape[1])
    first, last = OBSERVED_WEEKS
    weeks = first + places % (last - first + 1)
    counts = np.minimum(so_far[weeks * cut, places], len(CDNOW_COUNTS) - 1).astype(int)
    return np.bincount(counts, minlength=len(CDNOW_COUNTS)) / len(counts)


def chi_square(counts: NDArray[Any], shares: NDArray[np.float64]) -> float:
    """Distance of counts from those that shares lead to expect."""
    expected = shares * counts.sum()
    return float(((counts - expected) ** 2 / expected).sum())


def read_bg_nbd(here: Situation) -> Sequence[Reading]:
    """Mean chance to drop out as maximum likelihood finds it in simulated histories, against the true one."""
    numbers = CDNOW
    bought = shop_of_1997(here, numbers, 78).panel["bought"][:, :, 0]
    weeks = np.arange(79)[:, None]
    recency = np.where(bought > 0, weeks - 0.5, 0.0).max(axis=0)  # the model knows no day within a step
    total = bought.astype(float).sum(axis=0)
    histories = Histories(total, np.minimum(recency, 78.0), np.full(len(total), 78.0), np.zeros(len(total)))
    try:
        fit = fit_purchases(histories)
    except RuntimeError:  # as where nobody drops out
        return [Reading("fitted against true dropout", float("nan"))]
    true = numbers[2] / (numbers[2] + numbers[3])
    return [Reading("fitted against true dropout", fit.a / (fit.a + fit.b) / true)]


def bills(here: Situation, shape: float) -> NDArray[np.float64]:
    """What each customer is billed in a month, gamma distributed."""
    economics = {"fixed_share": 1.0, "rate_shape": shape, "spend": 10_000.0}
    return np.asarray(here.limit({"months": 1}, {"economics": economics}, ("billed",)).panel["billed"][1, :, 0], float)


def concentration(values: NDArray[np.float64], gini_expected: float, top_expected: float) -> tuple[Reading, Reading]:
    """Gini coefficient and share of the top fifth of values, with errors by influence functions."""
    bill = np.sort(values)
    mean, count = bill.mean(), len(bill)
    rank = (np.arange(count) + 0.5) / count
    gini = 2.0 * float((bill * rank).mean()) / mean - 1.0
    above = (bill.sum() - bill.cumsum()) / count
    influence = 2.0 * (bill * rank + above - 2.0 * (bill * rank).mean()) / mean - (gini + 1.0) * (bill - mean) / mean
    edge = np.quantile(bill, 0.8)
    excess = np.maximum(bill - edge, 0.0)
    top = (float(excess.mean()) + 0.2 * edge) / mean
    influence_top = (excess - excess.mean() - top * (bill - mean)) / mean
    root = np.sqrt(count)
    return (
        Reading("Gini", gini, gini_expected, float(influence.std() / root)),
        Reading("top fifth", top, top_expected, float(influence_top.std() / root)),
    )


def read_concentration(here: Situation) -> Sequence[Reading]:
    """Gini coefficient and share of the top fifth of gamma distributed bills."""
    shape = here.parameter(0, 0.5, 0.3, 4.0)
    return list(concentration(bills(here, shape), gini_of_gamma(shape), top_share_of_gamma(shape, 0.2)))


NBD = "Goodhardt, Ehrenberg and Chatfield (1984), JRSS A 147"
BG_NBD = "Fader, Hardie and Lee (2005), Marketing Science 24(2)"
ONE_RATE = Control("all customers buy at one rate", {"market.economics.rate_shape": 100.0})
STAY = Control("nobody drops out", {"market.economics.dropout_a": 0.0})
LIMITS_BUYING_ROWS = (
    Entry("F8", "Purchases of a period are negative binomial", NBD, ClosedForm(), read_counts, ONE_RATE,
        picture=draw_counts),
    Entry("E7", "Who bought x times buys M (K + x) / (K + M) times in the next period",
        "Goodhardt and Ehrenberg (1967), Journal of Marketing Research 4(2)", ClosedForm(), read_buying_again,
        ONE_RATE),
    Entry("F9", "Gini and top fifth of customer revenue are those of the gamma distribution",
        "McDonald and Jensen (1979), JASA 74", ClosedForm(), read_concentration,
        Control("customers also differ in spend", {"market.economics.spend_sigma": 0.8})),
    Entry("E6", "Repeat purchases until customers drop out are BG/NBD: mean and distribution", BG_NBD, ClosedForm(),
        read_expected, STAY, picture=draw_expected),
    Entry("E6-fit", "Maximum likelihood on simulated histories returns the mean chance to drop out", BG_NBD,
        Within(0.9, 1.1, 1.0), read_bg_nbd, STAY, is_quick=False),
    Entry("E5", "The histogram of repeat purchases of CDNOW's first quarter is that of the simulated cohort",
        BG_NBD + ", 2,357 customers", Within(0.0, 14.07), read_histogram, STAY, agents=(10_000, 20_000),
        replicates=(4, 30)),
)  # fmt: skip
