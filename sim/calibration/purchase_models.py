"""Maximum likelihood of purchase histories: BG/NBD for buying and dropping out, gamma-gamma for spending."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from sim.calibration.known_exit import WEEKS_PER_MONTH, log_chance_of_silence, stopped
from sim.calibration.purchase_log import Histories
from sim.model.state import Floats

PUBLISHED = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "log_likelihood": -9582.4}
PUBLISHED_SOURCE = "Fader, Hardie and Lee (2005), Marketing Science 24, 275-284, table 2"


@dataclass(frozen=True)
class PurchaseFit:
    """Fitted BG/NBD.

    Args:
        r: Shape of the gamma distribution of purchase rates.
        alpha: Its rate. [weeks]
        a: First parameter of the beta distribution of dropout after a repeat purchase.
        b: Second parameter.
        log_likelihood: At the maximum.
        customers: Number of histories.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    customers: int
    exit_hazard: float = 0.0

    @property
    def monthly_rate(self) -> float:
        """Mean purchases of a customer who has not dropped out. [1/month]"""
        return self.r / self.alpha * WEEKS_PER_MONTH


@dataclass(frozen=True)
class SpendFit:
    """Fitted gamma-gamma model of the mean value of a purchase.

    Args:
        p: Shape of a purchase's value.
        q: Shape of the distribution over people.
        v: Its scale. [money of the log]
        log_likelihood: At the maximum.
        customers: Number of histories with repeat purchases.
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    customers: int

    @property
    def mean(self) -> float:
        """Mean over people of the expected value of a purchase. [money of the log]"""
        return self.p * self.v / (self.q - 1.0)

    @property
    def spread(self) -> float:
        """Spread of the lognormal distribution with the same coefficient of variation. [sd of log]"""
        return float(np.sqrt(np.log1p(1.0 / (self.q - 2.0))))


def bg_nbd_log_likelihood(numbers: Floats, histories: Histories, exit_hazard: float = 0.0) -> float:
    """Log-likelihood of purchase histories.

    Args:
        numbers: r, alpha, a, b.
        histories: Purchases, recency and age of each customer.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]

    Source:
        Fader, Hardie and Lee (2005), equation 6; with a hazard, `sim.calibration.known_exit`.
    """
    r, alpha, a, b = (float(number) for number in numbers)
    x, recency = histories.repeats, histories.recency
    buying = special.gammaln(r + x) - special.gammaln(r) + r * np.log(alpha)
    staying = special.betaln(a, b + x) - special.betaln(a, b) + log_chance_of_silence(r, alpha, histories, exit_hazard)
    with np.errstate(divide="ignore"):
        leaving = np.where(
            x > 0,
            special.betaln(a + 1.0, b + np.maximum(x, 1.0) - 1.0)
            - special.betaln(a, b)
            - (r + x) * np.log(alpha + recency)
            - exit_hazard * recency,
            -np.inf,
        )
    return float((buying + np.logaddexp(staying, leaving)).sum())


def expected_repeats(fit: PurchaseFit, age: Floats) -> Floats:
    """Repeat purchases expected of customers some time after their first purchase.

    Args:
        fit: Fitted model.
        age: Time since the first purchase; nothing is expected before it. [weeks]

    Source:
        Fader, Hardie and Lee (2005), equation 9; with a hazard of leaving, stopped at the exit.
    """
    r, alpha, a, b = fit.r, fit.alpha, fit.a, fit.b

    def while_there(since: Floats) -> Floats:
        still_active = (alpha / (alpha + since)) ** r * special.hyp2f1(r, b, a + b - 1.0, since / (alpha + since))
        return np.asarray((a + b - 1.0) / (a - 1.0) * (1.0 - still_active))

    return stopped(while_there, np.maximum(age, 0.0), fit.exit_hazard)


def fit_purchases(histories: Histories, exit_hazard: float = 0.0) -> PurchaseFit:
    """BG/NBD by maximum likelihood, in log parameters.

    Args:
        histories: Purchases, recency and age of each customer.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]

    Raises:
        RuntimeError: The search did not converge.
    """

    def loss(logs: Floats) -> float:
        return -bg_nbd_log_likelihood(np.exp(logs), histories, exit_hazard) / len(histories.repeats)

    estimates = _minimise(loss, np.log([0.5, 5.0, 1.0, 2.0]))
    r, alpha, a, b = (float(value) for value in np.exp(estimates.x))
    people = len(histories.repeats)
    return PurchaseFit(r, alpha, a, b, -float(estimates.fun) * people, people, exit_hazard)


def gamma_gamma_log_likelihood(p: float, q: float, v: float, repeats: Floats, spend: Floats) -> float:
    """Log-likelihood of mean values of repeat purchases.

    Source:
        Fader, Hardie and Lee (2005), Journal of Marketing Research 42, 415-430.
    """
    px = p * repeats
    terms = special.gammaln(px + q) - special.gammaln(px) - special.gammaln(q) + q * np.log(v)
    terms += (px - 1.0) * np.log(spend) + px * np.log(repeats) - (px + q) * np.log(repeats * spend + v)
    return float(terms.sum())


def fit_spend(histories: Histories) -> SpendFit:
    """Gamma-gamma by maximum likelihood over customers with repeat purchases of some value.

    Raises:
        RuntimeError: The search did not converge.
    """
    repeaters = (histories.repeats > 0) & (histories.spend > 0)
    repeats, spend = histories.repeats[repeaters], histories.spend[repeaters]

    def loss(logs: Floats) -> float:
        p, q, v = np.exp(logs)
        return -gamma_gamma_log_likelihood(p, q, v, repeats, spend) / len(repeats)

    estimates = _minimise(loss, np.log([5.0, 4.0, 15.0]))
    p, q, v = (float(value) for value in np.exp(estimates.x))
    return SpendFit(p, q, v, -float(estimates.fun) * len(repeats), len(repeats))


def _minimise(loss: object, start: Floats) -> optimize.OptimizeResult:
    optimum = optimize.minimize(
        loss, start, method="Nelder-Mead", options={"maxiter": 5000, "maxfev": 5000, "xatol": 1e-7, "fatol": 1e-11}
    )
    if not optimum.success:
        raise RuntimeError(f"maximum likelihood did not converge: {optimum.message}")
    return optimum
