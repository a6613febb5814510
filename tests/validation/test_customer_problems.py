"""Problems are read from events, followed from the month in which they arise, and asked about on a scale."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.model.events import ASKED_DISCOUNT, COMPLAINED, EVENT, RESOLVED, SILENT, Log
from sim.parameters import Scenario
from sim.validation.answers import answered, rated
from sim.validation.bank import RecordedRun
from sim.validation.customer_histories import YEAR
from sim.validation.customer_problems import ASKED, BORNE, IN_VAIN, MADE_GOOD, NO_PROBLEM, problems_of_month
from sim.validation.patterns_problems import complained_and_gone, lost_after

PLACES = 4


def world_with(events):
    """A world in whose month these things happened. events: place, code, first two details"""
    rows = np.zeros(len(events), EVENT)
    for row, (place, code, details) in zip(rows, events, strict=True):
        row["place"], row["code"], row["details"][:2] = place, code, details
    log = Log(np.ones(PLACES, np.bool_), rows, np.array([len(events)]))
    return SimpleNamespace(log=log, people=SimpleNamespace(person=np.zeros(PLACES)))


def run_of(**columns):
    """A run of a year and a month with customers of one firm, over which columns are laid."""
    months = YEAR + 1
    tenure = np.repeat(np.arange(months)[:, None], PLACES, axis=1) + 5
    still = np.zeros((months, PLACES), np.int64)
    panel = {"supplier": still, "generation": still, "complaints": still, "problem": still, "tenure": tenure} | columns
    return RecordedRun(Scenario.load("telecom").with_settings({"months": YEAR}), {}, panel, 1.0)


def leaving(place, month):
    """Suppliers of a run in which one customer has none from a month on."""
    supplier = np.zeros((YEAR + 1, PLACES), np.int64)
    supplier[month:, place] = -1
    return supplier


def test_a_problem_is_what_became_of_it_last():
    happened = [(0, SILENT, (0.3, 0)), (1, COMPLAINED, (0.4, 0)), (2, COMPLAINED, (0.5, 0)), (2, RESOLVED, (0, 0))]
    problem = problems_of_month(world_with(happened))["problem"]
    assert problem.tolist() == [BORNE, IN_VAIN, MADE_GOOD, NO_PROBLEM]


def test_who_demands_and_complains_has_complained():
    happened = [(0, ASKED_DISCOUNT, (0.0, 0.3)), (1, ASKED_DISCOUNT, (0.0, 0.3)), (1, COMPLAINED, (0.3, 0.0))]
    assert problems_of_month(world_with(happened))["problem"].tolist()[:2] == [ASKED, IN_VAIN]


def test_the_severity_of_a_problem_is_its_shortfall_whatever_became_of_it():
    happened = [
        (0, ASKED_DISCOUNT, (0.1, 0.3)),
        (1, SILENT, (0.4, 0)),
        (2, COMPLAINED, (0.5, 0)),
        (2, RESOLVED, (0, 0)),
    ]
    assert problems_of_month(world_with(happened))["severity"] == pytest.approx([0.3, 0.4, 0.5, 0.0])


def test_a_loss_is_counted_from_the_problem_on():
    problem = np.zeros((YEAR + 1, PLACES), np.int64)
    problem[1, :2] = IN_VAIN
    run = run_of(problem=problem, supplier=leaving(0, 3))
    run = RecordedRun(run.scenario.with_settings({"months": YEAR + 1}), {}, extended(run.panel), 1.0)
    assert lost_after(run, IN_VAIN) == 0.5


def extended(panel):
    """The panel with one more month like the last, in which tenure grows."""
    more = {name: np.vstack([values, values[-1:]]) for name, values in panel.items()}
    more["tenure"][-1] += 1
    return more


def test_who_complained_and_left_before_the_ninth_month_has_complained_and_is_gone():
    complaints = np.zeros((YEAR + 1, PLACES), np.int64)
    complaints[2:, :2] = 1
    run = run_of(complaints=complaints, supplier=leaving(0, 3))
    assert complained_and_gone(run).tolist() == [[1, 1], [0, 2]]


def test_a_complaint_of_the_last_quarter_does_not_count():
    complaints = np.zeros((YEAR + 1, PLACES), np.int64)
    complaints[10:] = 1
    assert complained_and_gone(run_of(complaints=complaints))[0].tolist() == [0, 0]


def test_the_ends_of_the_scale_are_those_of_the_survey_of_the_world():
    run = run_of()
    ends = np.repeat([run.scenario.market["survey.lowest"], run.scenario.market["survey.highest"]], 4000)
    lowest, highest = answered(run, ends, 1).reshape(2, -1).mean(axis=1)
    assert lowest < 3.0 and highest > 8.0


def test_what_is_rated_has_no_unit():
    felt = np.linspace(0.0, 1.0, 50)
    assert rated(100.0 * felt - 7.0, 3).tolist() == rated(felt, 3).tolist()


def test_answers_have_the_reliability_of_one_question_less_what_whole_points_cost():
    run, spread = run_of(), 0.1
    felt = np.random.default_rng(1).normal(0.45, spread, 20_000)
    ends = run.scenario.market["survey.highest"] - run.scenario.market["survey.lowest"]
    variance = (9.0 * spread / ends) ** 2
    first, second = (answered(run, felt, question) for question in (1, 1001))
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(variance / (variance / 0.8 + 1.0 / 12.0), abs=0.02)
