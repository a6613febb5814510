"""Rows on needs, experience and expectation: fit of lines, loss aversion, and expectations that adapt."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms import adaptive_expectation, loss_averse_mean
from sim.validation.judging import ClosedForm
from sim.validation.limit_worlds import firm
from sim.validation.limits_retention import average
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

DIMENSIONS = 4
EXPERIENCE = 0.6  # of use, with perfect fit and common quality of one half
LEVEL = EXPERIENCE - 0.75
NOISE_OF_USE = 0.03
SPLIT_IN_TWO = 1.0 - 2.0 / np.pi  # variance left in the dimension along which two lines divide a normal market


def using(here: Situation, satisfaction: dict[str, float], months: int, loss_aversion: float = 1.0) -> RecordedRun:
    """One firm that everybody uses month after month."""
    numbers = {"level": LEVEL, "start": EXPERIENCE, "neutral": EXPERIENCE} | satisfaction
    market = {"satisfaction": numbers, "temper": {"loss_aversion": loss_aversion}}
    on = ["expectations", "loss_aversion"]
    return here.limit({"months": months, "on": on}, market, ("satisfaction", "expectation", "fit", "supplier"))


def read_loss(here: Situation) -> Sequence[Reading]:
    """Mean satisfaction below what an even customer would feel, in standard deviations of the experience."""
    loss_aversion, weight = here.parameter(0, 2.25, 1.2, 3.0), here.parameter(1, 1.0, 0.3, 1.5)
    learning, months = 0.5, 16
    numbers = {"noise": NOISE_OF_USE, "learning_use": learning, "disconfirmation": weight, "expectation_use": 0.0}
    run = using(here, numbers, months, loss_aversion)
    felt = run.panel["satisfaction"][-1, :, 0].astype(float)
    arrived = 1.0 - (1.0 - learning) ** months
    return [
        average(
            "mean gap", (felt - EXPERIENCE) / (weight * NOISE_OF_USE * arrived), loss_averse_mean(loss_aversion, 1.0)
        )
    ]


def read_adaptive(here: Situation) -> Sequence[Reading]:
    """Expectation after five months of the same experience, on a scale from 0 to 10."""
    start, speed = here.parameter(0, 0.5, 0.3, 0.7), here.parameter(1, 0.3, 0.05, 0.5)
    numbers = {"level": 0.7 - 0.75, "start": start, "expectation_use": speed, "disconfirmation": 0.0}
    expectation = using(here, numbers, 5).panel["expectation"][-1, :, 0].astype(float)
    expected = adaptive_expectation(10.0 * start, 7.0, speed, 5)
    return [Reading("expectation", 10.0 * float(expectation.mean()), expected, 1e-5, False)]


def draw_adaptive(here: Situation) -> Curve:
    """Expectation month by month."""
    numbers = {"level": 0.7 - 0.75, "start": 0.5, "expectation_use": 0.3, "disconfirmation": 0.0}
    run, months = using(here, numbers, 12), np.arange(13)
    theory = [adaptive_expectation(5.0, 7.0, 0.3, int(t)) for t in months]
    lines = {"Model": 10.0 * run.panel["expectation"][:, :, 0].mean(axis=1), "Closed form": np.array(theory)}
    return Curve("Expectation under a constant experience of 7", "Month", months, lines)


def distances(here: Situation, lines: float, tolerance: float) -> NDArray[np.float64]:
    """Squared distance of each customer to the line it is served from, read back from the fit."""
    needs = {"spread": 1.0, "tolerance": tolerance}
    shape = {"months": 1, "firms": [firm("only", 1.0, lines=lines)]}
    fit = here.limit(shape, {"needs": needs}, ("fit",)).panel["fit"][-1].astype(float)
    return np.asarray(-8.0 * tolerance**2 * np.log(fit))


def read_mismatch(here: Situation) -> Sequence[Reading]:
    """Variance of needs that one line leaves, and mean fit."""
    tolerance = here.parameter(0, 1.0, 0.7, 3.0)
    distance = distances(here, 1.0, tolerance)
    mean_fit = (1.0 + 1.0 / (4.0 * tolerance**2)) ** (-DIMENSIONS / 2.0)
    return [
        average("variance left", distance, float(DIMENSIONS)),
        average("mean fit", np.exp(-distance / (8.0 * tolerance**2)), mean_fit),
    ]


def read_two_lines(here: Situation) -> Sequence[Reading]:
    """Variance of needs that the best two lines leave."""
    distance = distances(here, 2.0, here.parameter(0, 1.0, 0.7, 3.0))
    return [average("variance left", distance, DIMENSIONS - 1 + SPLIT_IN_TWO)]


LIMITS_EXPERIENCE_ROWS = (
    Entry("F13", "Inconsistent experience costs (λ − 1) σ / √(2π) of mean satisfaction when shortfalls weigh λ",
        "Tversky and Kahneman (1992) on a normal gap", ClosedForm(), read_loss,
        Control("loss aversion off", {"mechanisms.loss_aversion": False})),
    Entry("F14", "An expectation closes the same part of its gap in every period", "Nerlove (1958)",
        ClosedForm(tolerance="1e-5 on a scale of 10 (numbers of customers have 24 bits)"), read_adaptive,
        Control("expectations off", {"mechanisms.expectations": False}), agents=(200, 1000), picture=draw_adaptive),
    Entry("D18", "One offer leaves the whole variance of needs: 1 in each of four dimensions",
        "Lloyd (1982), Max (1960)",
        ClosedForm(), read_mismatch, Control("needs are spread wider", {"market.needs.spread": 1.2})),
    Entry("D18-two", "The best two offers leave 1 − 2/π = 0.3634 of the variance of one dimension",
        "Lloyd (1982), Max (1960)", ClosedForm(), read_two_lines,
        Control("the firm has one line", {"firms.only.decisions.lines": 1.0})),
)  # fmt: skip
