"""People who leave the category or die at a known constant rate, beside the dropout that a purchase log tells.

A log shows silence and not its reason. BG/NBD reads all silence as dropout after a purchase. Where a world lets people
leave for other reasons at a known hazard m, its dropout must be what is left, or leaving is counted twice.

Somebody buys at rate l while in the market, drops out after each repeat purchase with chance p, and leaves at a time E
of an exponential distribution with hazard m, whatever that person bought (competing risks). After x repeat purchases,
the last at t, nothing is seen until T for one of three reasons:

- still there: chance (1 - p)^x l^x exp(-l T) exp(-m T);
- left at some time s between t and T: (1 - p)^x l^x times the integral of m exp(-m s) exp(-l s) over s;
- dropped out at t: p (1 - p)^(x - 1) l^x exp(-l t) exp(-m t).

Integrated over gamma rates l (r, alpha) and beta chances p (a, b), exp(-l s) l^x becomes (alpha + s)^-(r + x), as in
Fader, Hardie and Lee (2005), so that one integral over s remains. With m = 0 it vanishes and the likelihood is theirs.

What is expected by some age is a mean over E: a count stops at the exit, so that it is the count of BG/NBD at the
earlier of the two (`stopped`).
"""

from collections.abc import Callable

import numpy as np

from sim.calibration.purchase_log import WEEK, Histories
from sim.calibration.reading.date_values import DAYS_PER_MONTH
from sim.model.state import Floats
from sim.parameters import Scenario

WEEKS_PER_MONTH = DAYS_PER_MONTH / WEEK
EXITS = ("category_exit", "death")  # chances of a month, in the market of a scenario
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)


def exit_hazard(scenario: Scenario) -> float:
    """Hazard with which people of a world leave the category or die, whatever they buy. [1/week]

    Both chances of a month apply side by side; where nobody enters or leaves, it is 0.
    """
    if not scenario.mechanisms["births_and_deaths"]:
        return 0.0
    return exit_hazard_of([float(scenario.market[name]) for name in EXITS])


def exit_hazard_of(chances: list[float]) -> float:
    """Hazard of independent chances of a month. [1/week]

    >>> round(exit_hazard_of([0.01, 0.0007]), 5)
    0.00247
    """
    return 0.0 - float(np.log1p(-np.asarray(chances)).sum()) / WEEKS_PER_MONTH


def monthly_exit(hazard: float) -> float:
    """Chance of a month of a hazard by week.

    >>> round(monthly_exit(exit_hazard_of([0.01, 0.0007])), 6)
    0.010693
    """
    return 0.0 - float(np.expm1(-hazard * WEEKS_PER_MONTH))


def log_integral_of_exits(r: float, alpha: float, histories: Histories, hazard: float) -> Floats:
    """Logarithm of the integral of m exp(-m s) (alpha + s)^-(r + x) over s from the last purchase to the end.

    In u = log((alpha + s) / (alpha + t)) the integrand is a product of exponentials, which Gauss and Legendre's rule
    integrates to many digits however long the silence.

    Args:
        r: Shape of purchase rates.
        alpha: Their rate. [weeks]
        histories: Purchases, recency and age of each customer.
        hazard: Of leaving, above 0. [1/week]
    """
    start = alpha + histories.recency
    half = np.log((alpha + histories.age) / start) / 2.0
    u = half * (_NODES[:, None] + 1.0)
    power = r + histories.repeats
    inside = np.exp(-(power - 1.0) * u - hazard * start * np.expm1(u))
    with np.errstate(divide="ignore"):
        scaled = np.log(hazard * start * half * (_WEIGHTS @ inside))
    return np.asarray(scaled - power * np.log(start) - hazard * histories.recency)


def log_chance_of_silence(r: float, alpha: float, histories: Histories, hazard: float) -> Floats:
    """Logarithm of the chance, without dropout, of nothing after the last purchase: still there, or left since.

    As a factor of the likelihood, integrated over rates: (alpha + T)^-(r + x) without a hazard. Arguments as
    `log_integral_of_exits`.
    """
    age = histories.age
    still = -(r + histories.repeats) * np.log(alpha + age) - hazard * age
    if hazard == 0.0:
        return np.asarray(still)
    return np.asarray(np.logaddexp(still, log_integral_of_exits(r, alpha, histories, hazard)))


def stopped(count: Callable[[Floats], Floats], age: Floats, hazard: float) -> Floats:
    """Mean of what is counted by the earlier of an age and an exit.

    Args:
        count: What BG/NBD expects by a time since the first purchase; it may have more dimensions than the time.
        age: Time since the first purchase, along the first dimension of what is counted. [weeks]
        hazard: Of leaving; without one the count itself comes back. [1/week]

    Returns:
        exp(-m T) count(T) and the integral of m exp(-m s) count(s) over s from 0 to T.
    """
    whole = np.asarray(count(age))
    if hazard == 0.0:
        return whole

    def shaped(factor: Floats) -> Floats:
        return factor.reshape(factor.shape + (1,) * (whole.ndim - factor.ndim))

    mean = shaped(np.exp(-hazard * age)) * whole
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        at = age * (node + 1.0) / 2.0
        mean = mean + shaped(weight * age / 2.0 * hazard * np.exp(-hazard * at)) * count(at)
    return mean
