"""Rows on single experiences: shortfalls against excesses, and what goes with satisfaction."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.model.equations.word_of_mouth import chance_of_blame
from sim.validation.answers import NEXT_QUESTION, answered, correlation, rated
from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR, five_years, is_customer, stays
from sim.validation.judging import RightSign, Within
from sim.validation.limits_experience import EXPERIENCE, using
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

USE_MONTHS, SPEED = 24, 0.04
LOSS_AVERSION = 1.955
WAVE = 2 * YEAR  # month of the survey


def slopes_of_disconfirmation(here: Situation) -> tuple[float, float]:
    """Change of satisfaction per unit of experience below and above expectation."""
    numbers = {
        "noise": 0.12, "learning_use": 0.06, "disconfirmation": 0.5, "expectation_use": SPEED,
        "neutral": EXPERIENCE, "start": EXPERIENCE,
    }  # fmt: skip
    run = using(here, numbers, USE_MONTHS, LOSS_AVERSION)
    felt, expected = (run.panel[name][:, :, 0].astype(float) for name in ("satisfaction", "expectation"))
    gap = np.diff(expected, axis=0).ravel() / SPEED  # experience less expectation, as expectations took it in
    change = np.diff(felt, axis=0).ravel()
    parts = np.column_stack([np.minimum(gap, 0.0), np.maximum(gap, 0.0), np.ones(len(gap))])
    below, above, _ = np.linalg.lstsq(parts, change, rcond=None)[0]
    return float(below), float(above)


def read_asymmetry(here: Situation) -> Sequence[Reading]:
    """Slope below expectation against that above, less one."""
    below, above = slopes_of_disconfirmation(here)
    return [Reading("ratio of slopes less 1", below / above - 1.0)]


def read_asymmetry_size(here: Situation) -> Sequence[Reading]:
    """Slope below expectation against that above."""
    below, above = slopes_of_disconfirmation(here)
    return [Reading("ratio of slopes", below / above)]


def year_of_answers(here: Situation) -> tuple[RecordedRun, NDArray[np.bool_], NDArray[np.float64]]:
    """Run, customers who were with one supplier for the year before the survey, and their answers on satisfaction."""
    run = five_years(here, "telecom")
    group = is_customer(run, WAVE) & stays(run, WAVE - YEAR, YEAR)
    return run, group, answered(run, run.of_supplier("satisfaction")[WAVE][group], here.replicate)


def with_expectation(here: Situation) -> float:
    """Correlation of answers on satisfaction with those on expectation a year before."""
    run, group, answers = year_of_answers(here)
    before = run.of_supplier("expectation")[WAVE - YEAR][group]
    return correlation(answers, answered(run, before, here.replicate + NEXT_QUESTION))


def with_disconfirmation(here: Situation) -> float:
    """Correlation of answers on satisfaction with those on how the year was against what had been expected.

    Expectations follow experience, so that their rise is the sum of what was better or worse than expected.
    """
    run, group, answers = year_of_answers(here)
    expected = run.of_supplier("expectation")
    rise = (expected[WAVE] - expected[WAVE - YEAR])[group]
    return correlation(answers, rated(rise, here.replicate + 2 * NEXT_QUESTION))


def read_expected_and_felt(here: Situation) -> Sequence[Reading]:
    """Correlation of satisfaction and expectations."""
    return [Reading("correlation", with_expectation(here))]


def read_disconfirmed_and_felt(here: Situation) -> Sequence[Reading]:
    """Correlation of satisfaction and disconfirmation."""
    return [Reading("correlation", with_disconfirmation(here))]


def read_order(here: Situation) -> Sequence[Reading]:
    """Correlation of satisfaction with disconfirmation above that with expectations."""
    return [Reading("difference of correlations", with_disconfirmation(here) - with_expectation(here))]


def read_felt_and_complained(here: Situation) -> Sequence[Reading]:
    """Correlation of answers with complaints of the year before."""
    run, group, answers = year_of_answers(here)
    complained = run.panel["complaints"][WAVE] > run.panel["complaints"][WAVE - YEAR]
    return [Reading("correlation", correlation(answers, complained[group].astype(float)))]


def read_felt_and_blamed(here: Situation) -> Sequence[Reading]:
    """Correlation of answers with those on how readily something bad would be said."""
    run, group, answers = year_of_answers(here)
    market = run.scenario.market
    most = market["word_of_mouth.negative"] if run.scenario.mechanisms["word_of_mouth"] else 0.0
    power, bound = market["word_of_mouth.negative_power"], market["word_of_mouth.most"]
    felt, talk = run.of_supplier("satisfaction")[WAVE][group], run.panel["talk"][WAVE][group].astype(float)
    chances = [chance_of_blame(f, most, t, power, bound) for f, t in zip(felt.tolist(), talk.tolist(), strict=True)]
    return [Reading("correlation", correlation(answers, rated(np.array(chances), here.replicate + 3 * NEXT_QUESTION)))]


MITTAL = "Mittal, Ross and Baldasare (1998), Journal of Marketing 62(1)"
META = "Szymanski and Henard (2001), JAMS 29(1)"
NO_LOSS_AVERSION = Control("loss aversion off", {"mechanisms.loss_aversion": False})
STILL_EXPECTATIONS = Control("expectations do not move", {"mechanisms.expectations": False})
PATTERNS_EXPERIENCE_ROWS = (
    Entry("A10", "An experience below expectation moves satisfaction more than one above", MITTAL,
        RightSign("ratio of slopes less 1", 0.01), read_asymmetry, NO_LOSS_AVERSION, agents=(2000, 5000)),
    Entry("A10-size", "It moves satisfaction 1.2 to 2.5 times as much", MITTAL, Within(1.2, 2.5), read_asymmetry_size,
        NO_LOSS_AVERSION, agents=(2000, 5000)),
    Entry("A6-expectations", "Satisfaction goes with expectations", META, Within(0.12, 0.42, 0.27),
        read_expected_and_felt, STILL_EXPECTATIONS,
        world="telecom", is_quick=False),
    Entry("A6-disconfirmation", "Satisfaction goes with what was better than expected", META, Within(0.31, 0.61, 0.46),
        read_disconfirmed_and_felt, STILL_EXPECTATIONS, world="telecom", is_quick=False),
    Entry("A6-order", "Satisfaction goes more with disconfirmation than with expectations", META,
        RightSign("difference of correlations"), read_order, STILL_EXPECTATIONS, world="telecom", is_quick=False),
    Entry("A6-complaining", "The satisfied complain less", META, Within(-0.49, -0.19, -0.34),
        read_felt_and_complained, Control("nobody complains", {"mechanisms.voice": False}), world="telecom",
        is_quick=False),
    Entry("A6-words", "The satisfied say less that is bad", META, Within(-0.72, -0.42, -0.57), read_felt_and_blamed,
        Control("nobody talks", {"mechanisms.word_of_mouth": False}), world="telecom", is_quick=False),
)  # fmt: skip
