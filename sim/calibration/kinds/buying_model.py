"""BG/NBD beside a known exit, and the same without dropout: fit, counts and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from sim.calibration import known_exit
from sim.calibration.known_exit import stopped
from sim.calibration.likelihood import Maximum, coordinate, maximise
from sim.calibration.purchase_log import Histories
from sim.calibration.purchase_models import bg_nbd_log_likelihood
from sim.model.state import Floats

CLEAR_GAIN = 3.0  # log-likelihood from which one model is clearly better


@dataclass(frozen=True)
class BuyingModel:
    """BG/NBD, or NBD where `a` is 0.

    Args:
        r: Shape of purchase rates.
        alpha: Their rate. [weeks]
        a: First parameter of dropout; 0 without.
        b: Second parameter.
        maximum: Where the likelihood is highest, in logarithms.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]
        gain: Log-likelihood against the same fit where nobody leaves.
    """

    r: float
    alpha: float
    a: float
    b: float
    maximum: Maximum
    exit_hazard: float = 0.0
    gain: float = 0.0


def nbd_log_likelihood(r: float, alpha: float, past: Histories, exit_hazard: float = 0.0) -> float:
    """Log-likelihood of counts when nobody drops out.

    Args:
        r: Shape of purchase rates.
        alpha: Their rate. [weeks]
        past: What is known of each customer.
        exit_hazard: Known hazard of leaving the category or dying. [1/week]

    Source:
        Ehrenberg (1959); with a hazard Schmittlein, Morrison and Colombo (1987), where all die at one rate.
    """
    terms = special.gammaln(r + past.repeats) - special.gammaln(r) + r * np.log(alpha)
    return float((terms + known_exit.log_chance_of_silence(r, alpha, past, exit_hazard)).sum())


def without_dropout(past: Histories, exit_hazard: float = 0.0) -> BuyingModel:
    """NBD by maximum likelihood, where nobody drops out. Arguments as `fit_bg_nbd`."""
    if exit_hazard > 0.0:
        return _nbd(past, exit_hazard, [_nbd_where_nobody_leaves(past).maximum.point])
    return _nbd_where_nobody_leaves(past)


def _nbd_where_nobody_leaves(past: Histories) -> BuyingModel:
    rate = max(1e-6, past.repeats.sum() / max(past.age.sum(), 1e-9))
    return _nbd(past, 0.0, [np.log([shape, shape / rate]) for shape in (0.3, 1.5)])


def _nbd(past: Histories, exit_hazard: float, starts: list[Floats]) -> BuyingModel:
    def log_likelihood(logs: Floats) -> float:
        r, alpha = np.exp(logs)
        return nbd_log_likelihood(float(r), float(alpha), past, exit_hazard)

    fitted = maximise(log_likelihood, starts)
    r, alpha = np.exp(fitted.point)
    return BuyingModel(float(r), float(alpha), 0.0, 1.0, fitted, exit_hazard)


def fit_bg_nbd(past: Histories, exit_hazard: float = 0.0) -> BuyingModel:
    """BG/NBD by maximum likelihood; NBD where dropout gains nothing, or is too rare to tell its two numbers.

    Beside an exit the search sets out from the fit without one.

    Args:
        past: What is known of each customer.
        exit_hazard: Known hazard of leaving the category or dying, beside dropout. [1/week]
    """
    if exit_hazard > 0.0:
        plain = fit_bg_nbd(past)
        nobody = _nbd(past, exit_hazard, [plain.maximum.point[:2]])
        starts = [plain.maximum.point] if plain.a > 0.0 else [[*nobody.maximum.point, -1.0, 1.0]]
        model = _with_dropout(past, exit_hazard, nobody, starts)
        return replace(model, gain=model.maximum.log_likelihood - plain.maximum.log_likelihood)
    nobody = without_dropout(past)
    return _with_dropout(past, 0.0, nobody, [[*nobody.maximum.point, shape, 1.0] for shape in (0.0, -1.0)])


def _with_dropout(
    past: Histories, exit_hazard: float, nobody: BuyingModel, starts: Sequence[Sequence[float] | Floats]
) -> BuyingModel:
    """BG/NBD from some starts, or the model in which nobody drops out where that is as good."""
    some = maximise(lambda logs: bg_nbd_log_likelihood(np.exp(logs), past, exit_hazard), starts)
    known = all(some.positive(coordinate(place)).identified for place in (2, 3))
    if not known or some.log_likelihood < nobody.maximum.log_likelihood + CLEAR_GAIN:
        return nobody
    r, alpha, a, b = np.exp(some.point)
    return BuyingModel(float(r), float(alpha), float(a), float(b), some, exit_hazard)


def chance_of_repeats(model: BuyingModel, age: Floats, most: int) -> Floats:
    """Chance of 0, 1, … `most` - 1 repeat purchases, and of `most` or more, by age: shape (ages, most + 1).

    Args:
        model: Fitted model.
        age: Time since the first purchase. [weeks]
        most: Number from which purchases are counted together.

    Source:
        Fader, Hardie and Lee (2005), equation 8; with a hazard of leaving, stopped at the exit.
    """
    return stopped(lambda at: _chance_while_there(model, at, most), age, model.exit_hazard)


def _chance_while_there(model: BuyingModel, age: Floats, most: int) -> Floats:
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
        Fader, Hardie and Lee (2005), equation 10; without dropout the mean of a negative binomial. With a hazard of
        leaving what is to come is stopped at the exit, and whoever was silent may have left.
    """
    to_come = stopped(lambda at: _to_come(model, past, at), np.array([weeks]), model.exit_hazard)[0]
    return np.asarray(to_come / (1.0 + _odds_of_being_gone(model, past)))


def _to_come(model: BuyingModel, past: Histories, weeks: Floats) -> Floats:
    """Purchases of customers who are still there, in weeks in which none of them leaves: shape (weeks, customers)."""
    r, alpha, x, age, ahead = model.r, model.alpha, past.repeats, past.age, weeks[:, None]
    if model.a <= 0.0:
        return np.asarray((r + x) / (alpha + age) * ahead)
    a = model.a if abs(model.a - 1.0) > 1e-4 else 1.0001  # the formula divides by a - 1
    b = model.b
    curve = special.hyp2f1(r + x, b + x, a + b + x - 1.0, ahead / (alpha + age + ahead))
    still = 1.0 - ((alpha + age) / (alpha + age + ahead)) ** (r + x) * curve
    return np.asarray((a + b + x - 1.0) / (a - 1.0) * still)


def _odds_of_being_gone(model: BuyingModel, past: Histories) -> Floats:
    """Odds that a customer dropped out after the last purchase or has left since."""
    r, alpha, x, age, hazard = model.r, model.alpha, past.repeats, past.age, model.exit_hazard
    silent = (r + x) * np.log((alpha + age) / (alpha + past.recency)) + hazard * (age - past.recency)
    dropped = np.where(x > 0, model.a / (model.b + np.maximum(x, 1.0) - 1.0) * np.exp(silent), 0.0)
    if hazard == 0.0:
        return np.asarray(dropped)
    still = -(r + x) * np.log(alpha + age) - hazard * age
    return np.asarray(dropped + np.exp(known_exit.log_integral_of_exits(r, alpha, past, hazard) - still))
