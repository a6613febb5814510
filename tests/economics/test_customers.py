"""The face that a market shows: surveys, complaints, attrition and what a grocer earns."""

import numpy as np
import pytest

from sim.model.customers.choice import reasons_to_look
from sim.model.customers.reaction import recover
from sim.model.state import NEVER, NOBODY
from sim.simulation.warm_up import warmed_up
from tests.support.economics import CONTRACTS, WORLDS, customer, finding, margin, of, open_finding, shipped, year_of

NPS = (-20.0, 50.0)
PROMOTERS = (0.10, 0.60)  # of the mobile market: 38 % promoters, 24 % detractors
COMPLAINED = (0.15, 0.60)  # of those who left; 40 % in the UCI Iranian churn data
SILENT = {"telecom": 0.089, "commodity": 0.145}  # where too few of them had


@pytest.mark.parametrize("name", WORLDS)
def test_the_net_promoter_score_is_that_of_a_market(name):
    """Industry means lie between -20 and +50 (assumed); a mobile market's file has 38 - 24 = 14."""
    table = year_of(name)
    assert NPS[0] <= np.average(table.nps, weights=table.customers) <= NPS[1]


@pytest.mark.parametrize("name", WORLDS)
def test_there_are_promoters(name):
    market = warmed_up(shipped(name, 600, months=1))
    market.run()
    counts = market.world.counts
    assert PROMOTERS[0] <= counts["promoters"].sum() / counts["customers"].sum() <= PROMOTERS[1]


def test_without_noise_answers_are_rounded_points_of_the_scale():
    market = warmed_up(shipped("telecom", 600, months=1, mechanisms__survey_noise=False))
    market.run()
    people, numbers = market.world.people, market.scenario.market
    mine = (people.present == 1) & (people.supplier == 0)
    low, high = numbers["survey.lowest"], numbers["survey.highest"]
    answers = np.clip(np.rint(10.0 * (people.satisfaction[mine, 0].astype(float) - low) / (high - low)), 0, 10)
    counts = market.world.counts[0]
    assert (counts["promoters"], counts["detractors"]) == ((answers >= 9).sum(), (answers <= 6).sum())


def leaving_silently(name):
    """The world, marked where most leave without a word."""
    return pytest.param(name, marks=open_finding(f"it is {SILENT[name]}")) if name in SILENT else name


@pytest.mark.slow
@pytest.mark.parametrize("name", [leaving_silently(name) for name in CONTRACTS])
def test_some_of_those_who_leave_had_complained(name):
    """Between 15 and 60 %: 40.4 % of churners of an Iranian operator had (UCI Iranian churn data, own count)."""
    table = year_of(name, 2000, 36)
    share = table.losses_complained.sum() / table.losses_voluntary.sum()
    assert COMPLAINED[0] <= share <= COMPLAINED[1]


@pytest.mark.slow
@open_finding("in telecom 1.35 times as often: 2.1 % a month, others 1.5 %")
def test_those_who_complained_leave_more_often():
    """More than twice as often; 8 times within a year in the UCI Iranian churn data, where sorting is part of it."""
    market = warmed_up(shipped("telecom", 3000, months=48))
    people, left, there = market.world.people, np.zeros(2), np.zeros(2)
    for _ in range(market.scenario.months):
        supplier, generation = people.supplier.copy(), people.generation.copy()
        lately = (people.complaint_month != NEVER) & (market.world.month - people.complaint_month <= 12)
        market.step()
        same = (supplier != NOBODY) & (people.generation == generation) & (people.present == 1)
        for k, group in enumerate((same & ~lately, same & lately)):
            there[k] += group.sum()
            left[k] += (group & (people.supplier != supplier)).sum()
    hazards = left / there
    assert hazards[1] > 2.0 * hazards[0]


def test_a_complaint_that_was_not_made_good_is_a_reason_to_look_around_for_a_while():
    market, me = customer()
    before = reasons_to_look(me)
    me.person.grievance, me.person.complaint_month = 1, me.clock.month - 1
    assert reasons_to_look(me) == pytest.approx(before + market.scenario.market["choice.consider_complaint"])
    me.person.complaint_month = me.clock.month - round(market.scenario.market["choice.complaint_months"])
    assert reasons_to_look(me) == before


def test_desks_leave_no_grievance_where_grievances_are_off():
    _, me = customer(mechanisms__grievances=False)
    me.offers[0].served_share = 1.0
    recover(me, 0, 0.3)
    assert me.person.grievance == 0


@finding(11, "a grocer earns 20 to 32 % of revenue")
def test_a_grocer_earns_a_few_percent_of_revenue():
    """One to five percent (net profit of US supermarkets is 1 to 3 %, Food Marketing Institute)."""
    assert 0.0 < margin(year_of("grocery")) < 0.05


def test_a_grocer_spends_next_to_nothing_on_research():
    """Below 1 % of revenue (assumed: retailers report next to none)."""
    table = of(year_of("grocery"), "west")
    assert table.cost_research.sum() / table.revenue.sum() < 0.01


@pytest.mark.parametrize("name", WORLDS)
def test_attrition_has_one_number(name):
    """The share of the customers of a year ago who are gone: never above one, and the same number in every table:
    `attrition_annual` of a run at the end of the year and `attrition` of a comparison."""
    from sim.experiments.yearly import of_year

    table = of(year_of(name))
    assert 0.0 <= of_year("attrition", table) == table.attrition_annual.iloc[-1] <= 1.0
