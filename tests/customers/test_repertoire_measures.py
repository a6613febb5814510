"""Measures of buying from a repertoire, counted again person by person."""

import numpy as np
import pytest

from sim import Market
from tests.support.worlds import focal, run_market, small

SHOPS = {"market__customers": 600, "market__size": 6000, "months": 30, "market__warm_up": 6}


@pytest.fixture(scope="module")
def shops():
    """A market of shops, and by month what was bought by whom from whom, with the persons at each place."""
    scenario = small("cdnow", **SHOPS)
    market, bought, person = Market(scenario), [], []
    while market.month < scenario.months:
        market.advance()
        people = market.world.people
        bought.append(people.bought.copy() * (people.present == 1)[:, None])
        person.append(people.generation.copy())
    return market, np.array(bought), np.array(person)


def last_months(shops, first, last):
    """Purchases of those who are there now, from month `first` to month `last` ago, by place and firm."""
    _, bought, person = shops
    rows = slice(len(bought) - last, len(bought) - first)
    return np.where((person[rows] == person[-1])[:, :, None], bought[rows], 0).sum(axis=0)


def test_buyers_of_a_year_are_a_share_of_people(shops):
    people = shops[0].world.people
    expected = (last_months(shops, 0, 12)[:, 0] > 0).sum() / (people.present == 1).sum()
    assert focal(shops[0]).penetration_buyers.iloc[-1] == pytest.approx(expected, abs=0.01)


def test_repeat_buyers_bought_in_both_years(shops):
    now, before = last_months(shops, 0, 12)[:, 0] > 0, last_months(shops, 12, 24)[:, 0] > 0
    there = shops[0].world.people.present == 1
    assert focal(shops[0]).repeat_share.iloc[-1] == pytest.approx((now & before & there).sum() / (before & there).sum())


def test_share_of_wallet_is_of_all_purchases_of_buyers(shops):
    buyers, month = last_months(shops, 0, 12)[:, 0] > 0, last_months(shops, 0, 1)
    expected = month[:, 0].sum() / month[buyers].sum()
    assert focal(shops[0]).wallet_share.iloc[-1] == pytest.approx(expected)


def test_purchases_per_buyer_times_buyers_are_the_purchases_of_the_year(shops):
    table, market = focal(shops[0]), shops[0]
    people = (market.world.people.present == 1).sum() * market.world.weight
    buyers = table.penetration_buyers.iloc[-1] * people
    assert table.purchases_per_buyer.iloc[-1] * buyers == pytest.approx(table.purchases.iloc[-12:].sum(), rel=0.02)


def test_live_relations_are_those_that_are_not_over(shops):
    people = shops[0].world.people
    live = (people.last_purchase[:, 0] >= 0) & (people.burned[:, 0] < 32_000) & (people.present == 1)
    assert focal(shops[0]).relations.iloc[-1] == live.sum() * shops[0].world.weight


def test_active_customers_are_about_as_many_as_live_relations():
    table = run_market(
        small("cdnow", market__customers=4000, market__size=40000, months=36, market__warm_up=24)
    ).monthly()
    assert table.customers_active.sum() == pytest.approx(table.relations.sum(), rel=0.25)


def test_without_dropout_everybody_who_bought_is_active():
    table = run_market(small("grocery", months=8)).monthly()
    assert table.customers_active.to_numpy() == pytest.approx(table.relations.to_numpy())


def test_dropout_is_below_what_lapses_and_switches_suggest(shops):
    table = focal(shops[0]).iloc[-12:]
    switched = (table.losses + table.lapsed).sum() / table.customers.mean()
    assert table.dropout_annual.iloc[-1] < switched


def test_a_lapse_is_no_loss():
    table = run_market(small("cdnow", **SHOPS)).monthly()
    assert table.lapsed.sum() > 0 and table.reactivated.sum() > 0
