"""Rows on single experiences: shortfalls against excesses, recovered complaints, and what goes with satisfaction."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR, five_years, is_customer, stays
from sim.validation.judging import RightSign, Within
from sim.validation.judging_sweeps import NotAbove
from sim.validation.limits_experience import EXPERIENCE, using
from sim.validation.patterns_loyalty import answered
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

USE_MONTHS, SPEED = 24, 0.04
LOSS_AVERSION = 1.955


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


def complained_in(run: RecordedRun, month: int) -> NDArray[np.bool_]:
    """Customers who complained in a month and are still customers at its end."""
    return np.asarray((run.panel["complaints"][month] > run.panel["complaints"][month - 1]) & stays(run, month - 1, 1))


def recovered_and_not_failed(here: Situation) -> tuple[float, float]:
    """Change of satisfaction in the month, and share lost in the year after: recovered less those without complaint."""
    run = five_years(here, "telecom")
    felt = run.of_supplier("satisfaction")
    changes, losses = np.zeros((2, 2)), np.zeros((2, 2))
    for month in range(1, run.scenario.months - YEAR):
        spoke, there = complained_in(run, month), is_customer(run, month) & stays(run, month - 1, 1)
        for row, who in enumerate((spoke & (run.panel["grievance"][month] == 0), there & ~spoke)):
            changes[row] += (felt[month] - felt[month - 1])[who].sum(), who.sum()
            losses[row] += (who & ~stays(run, month, YEAR)).sum(), who.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        change, lost = changes[:, 0] / changes[:, 1], losses[:, 0] / losses[:, 1]
    return float(change[0] - change[1]), float(lost[0] - lost[1])


def read_paradox(here: Situation) -> Sequence[Reading]:
    """Satisfaction gained in the month of a complaint that was made good, above that of customers without one."""
    return [Reading("difference of changes of satisfaction", recovered_and_not_failed(here)[0])]


def read_no_paradox(here: Situation) -> Sequence[Reading]:
    """Share kept for a year of the recovered above that of customers without a complaint."""
    return [Reading("difference of shares kept", -recovered_and_not_failed(here)[1])]


def year_of_answers(here: Situation) -> tuple[RecordedRun, int, NDArray[np.bool_], NDArray[np.float64]]:
    """Run, month of the survey, customers who were there for the year before, and their answers."""
    run = five_years(here, "telecom")
    wave = 2 * YEAR
    group = is_customer(run, wave) & stays(run, wave - YEAR, YEAR)
    return run, wave, group, answered(run.of_supplier("satisfaction")[wave][group], here.replicate)


def read_expected_and_felt(here: Situation) -> Sequence[Reading]:
    """Correlation of answers on satisfaction and on expectations."""
    run, wave, group, answers = year_of_answers(here)
    other = answered(run.of_supplier("expectation")[wave][group], here.replicate + 1000)
    return [Reading("correlation", correlation(answers, other))]


def read_felt_and_complained(here: Situation) -> Sequence[Reading]:
    """Correlation of answers with complaints of the year before."""
    run, wave, group, answers = year_of_answers(here)
    complained = run.panel["complaints"][wave] > run.panel["complaints"][wave - YEAR]
    return [Reading("correlation", correlation(answers, complained[group].astype(float)))]


def read_felt_and_blamed(here: Situation) -> Sequence[Reading]:
    """Correlation of answers with negative words of the year before."""
    run, wave, group, answers = year_of_answers(here)
    words = run.panel["said"][wave - YEAR + 1 : wave + 1]
    blamed = ((words > 0) & (words % 2 == 0)).any(axis=0)
    return [Reading("correlation", correlation(answers, blamed[group].astype(float)))]


def correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Pearson's correlation, or NaN where one of both does not vary."""
    return float(np.corrcoef(first, second)[0, 1]) if first.std() and second.std() else float("nan")


MITTAL = "Mittal, Ross and Baldasare (1998), Journal of Marketing 62(1)"
PARADOX = "de Matos, Henrique and Rossi (2007), Journal of Service Research 10(1)"
META = "Szymanski and Henard (2001), JAMS 29(1)"
NO_LOSS_AVERSION = Control("loss aversion off", {"mechanisms.loss_aversion": False})
PATTERNS_EXPERIENCE_ROWS = (
    Entry("A10", "An experience below expectation moves satisfaction more than one above", MITTAL,
        RightSign("ratio of slopes less 1", 0.01), read_asymmetry, NO_LOSS_AVERSION, agents=(2000, 5000)),
    Entry("A10-size", "It moves satisfaction 1.2 to 2.5 times as much", MITTAL, Within(1.2, 2.5), read_asymmetry_size,
        NO_LOSS_AVERSION, agents=(2000, 5000)),
    Entry("A17", "A complaint that is made good leaves customers no less satisfied than those without one", PARADOX,
        RightSign("difference of changes of satisfaction"), read_paradox,
        Control("complaints are never made good", {"mechanisms.recovery": False}), world="telecom", is_quick=False),
    Entry("A17-repurchase", "It does not make them stay more than those without one", PARADOX,
        NotAbove("difference of shares kept"), read_no_paradox,
        Control("complaints are never made good", {"mechanisms.recovery": False}), world="telecom", is_quick=False),
    Entry("A6-expectations", "Satisfaction goes with expectations", META, Within(0.12, 0.42, 0.27),
        read_expected_and_felt, Control("expectations do not move", {"mechanisms.expectations": False}),
        world="telecom", is_quick=False),
    Entry("A6-complaining", "The satisfied complain less", META, Within(-0.49, -0.19, -0.34),
        read_felt_and_complained, Control("nobody complains", {"mechanisms.voice": False}), world="telecom",
        is_quick=False),
    Entry("A6-words", "The satisfied say less that is bad", META, Within(-0.72, -0.42, -0.57), read_felt_and_blamed,
        Control("nobody talks", {"mechanisms.word_of_mouth": False}), world="telecom", is_quick=False),
)  # fmt: skip
