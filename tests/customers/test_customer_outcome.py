"""Customers' own outcome: supply helps or hurts it, support helps if the goal is known, and it feeds back."""

import numpy as np
import pytest

from sim import Market
from sim.journeys.recorder import Journeys
from sim.reports.life import life_in_words
from tests.support.worlds import focal, run_market, same, small

SIZE = {"mechanisms__finance": False, "market__customers": 400, "months": 24, "mechanisms__outcome": True}
SHORT = {"market__customers": 150, "months": 9, "firms__0__decisions__decline_below": 0.5}
STILL = {"market__outcome__failing": 0.0, "market__outcome__buying": 0.0, "market__outcome__felt": 0.0}
KNOWING = {"firms__0__decisions__intelligence": 0.05, "firms__0__decisions__walls": 0.0}


def prospering(**settings):
    return small(**(SIZE | settings))


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_an_outcome_that_feeds_back_on_nothing_changes_nothing_but_itself(name):
    on = small(name, **(SIZE | STILL))
    one, other = (run_market(world).monthly() for world in (on, on.with_settings({"mechanisms.outcome": False})))
    assert one.drop(columns="outcome_mean").equals(other.drop(columns="outcome_mean"))
    assert (one.outcome_mean > 0.0).all() and (other.outcome_mean == 0.0).all()


def test_businesses_of_nothing_but_usual_fit_and_no_trouble_stay_where_they_were():
    even = {f"market__outcome__{name}": 0.0 for name in ("spread", "fit_effect", "trouble")}
    people = run_market(prospering(**even)).world.people
    assert (people.outcome == 0.5).all()


def test_customers_who_are_served_to_fit_do_better_than_those_who_are_not():
    people = run_market(prospering(market__outcome__spread=0.0)).world.people
    supplied = (people.supplier >= 0) & (people.tenure > 12)
    assert np.corrcoef(people.fit[supplied], people.outcome[supplied])[0, 1] > 0.5


def test_support_helps_customers_and_costs_what_is_decided():
    plain, helped = (
        focal(run_market(prospering(**KNOWING, firms__0__decisions__outcome_support=s))) for s in (0.0, 0.1)
    )
    assert helped.outcome_mean.iloc[-1] > plain.outcome_mean.iloc[-1]
    spending = small().market["economics.purchase_rate"] * small().market["economics.spend"]
    assert np.allclose(helped.cost_support, 0.1 * spending * helped.customers, atol=0.006)
    assert plain.cost_support.sum() == 0.0


def test_support_that_knows_nothing_is_money_for_nothing():
    blind = STILL | {"market__outcome__blind": 0.0, "mechanisms__belief_learning": False}
    worlds = [prospering(**blind, firms__0__decisions__outcome_support=s) for s in (0.0, 0.1)]
    plain, helped = (focal(run_market(world)) for world in worlds)
    assert (helped.outcome_mean == plain.outcome_mean).all()
    assert np.allclose(plain.profit - helped.profit, helped.cost_support, atol=0.011)


def test_customers_who_do_well_buy_more():
    people = run_market(prospering(market__outcome__buying=3.0, market__outcome__spread=0.3, months=6)).world.people
    supplied = people.supplier >= 0
    bought = people.purchases[supplied] / people.rate[supplied]
    assert np.corrcoef(bought, people.outcome[supplied])[0, 1] > 0.1


def test_businesses_that_do_badly_fail_and_are_lost_to_their_supplier():
    market = run_market(prospering(market__outcome__failing=0.3, market__outcome__spread=0.3))
    months = market.monthly()
    assert months.losses_failed.sum() > 0.0
    assert (months.losses_failed <= months.losses_involuntary).all()
    people = market.world.people
    survivors = people.outcome[(people.present == 1) & (people.served_months > 18)]
    assert survivors.mean() > 0.5


def test_what_a_failed_business_owes_is_collected_or_written_off():
    failing = {"market__outcome__failing": 0.5, "market__outcome__spread": 0.4, "market__credit__recovery": 0.0}
    payers = {"market__temper__payment_reliability": 1.0, "mechanisms__invoices": True, "mechanisms__walls_hide": False}
    months = run_market(prospering(**failing, **payers)).monthly()
    assert months.bad_debt.sum() > 0.0 == run_market(prospering(**payers, **STILL)).monthly().bad_debt.sum()


def test_the_story_of_a_failed_business_says_so():
    market = Market(prospering(market__customers=60, market__outcome__failing=0.5, market__outcome__spread=0.5))
    journeys = Journeys(range(60), 60)
    market.watcher = journeys.look
    assert any("goes out of business" in line for line in life_in_words(market.run(), journeys))


def test_the_story_of_those_who_are_refused_says_what_was_expected_of_them():
    term = {"market__selection__term": 3, "market__choice__consider": 0.1, "mechanisms__selection": True}
    market, journeys = Market(prospering(**term, **SHORT)), Journeys(range(150), 150)
    market.watcher = journeys.look
    lines = life_in_words(market.run(), journeys)
    for words in ("is given notice by north", "is turned away (expected to leave it", "which does not renew"):
        assert any(words in line for line in lines)


def test_outcomes_are_saved_and_go_on_bit_for_bit(tmp_path):
    market = Market(prospering(months=8))
    while market.month < 4:
        market.step()
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())
