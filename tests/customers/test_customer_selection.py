"""Firms that choose their customers: nobody is lost on the way, and choosing may pay or not."""

import numpy as np
import pytest

from sim import Market
from tests.support.worlds import focal, run_market, same, small

SIZE = {"mechanisms__finance": False, "market__customers": 300, "months": 18, "mechanisms__selection": True}
QUICK = {"market__selection__term": 4, "market__selection__notice": 2}
SHARP = {
    "market__belief__value_error": 0.0,
    "market__selection__prospect_error": 0.0,
    "firms__0__decisions__walls": 0.0,
}
UNLIKE = {"market__economics__incident_shape": 0.3, "market__economics__incident_rate": 0.4}


def choosy(below, **settings):
    """A world whose first firm declines people of whom it expects less than that share of mean spending."""
    return small(**(SIZE | QUICK | settings | {"firms__0__decisions__decline_below": below}))


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_firms_that_supply_everybody_change_nothing_by_being_able_to_choose(name):
    on = small(name, **SIZE)
    assert run_market(on).monthly().equals(run_market(on.with_settings({"mechanisms.selection": False})).monthly())


def test_losses_by_the_firms_choice_are_among_the_involuntary_and_all_losses_add_up():
    months = run_market(choosy(0.2)).monthly()
    assert months.losses_declined.sum() > 0.0
    assert (months.losses_declined <= months.losses_involuntary).all()
    assert (months.losses == months.losses_voluntary + months.losses_involuntary).all()
    opening = months.groupby("firm").customers.shift()
    kept = (opening + months.gross_adds - months.losses - months.customers)[opening.notna()]
    assert (kept == 0.0).all()


def test_supply_goes_on_for_the_months_of_notice_and_then_ends():
    stuck = {f"market__choice__{name}": 0.0 for name in ("entry", "consider")}
    market = Market(choosy(1.0, **stuck, market__selection__notice=3, mechanisms__births_and_deaths=False))
    people = market.world.people
    while not (people.notice == 3).any():
        market.step()
    given = np.flatnonzero(people.notice == 3)
    for left in (2, 1):
        market.step()
        assert (people.notice[given] == left).all() and (people.supplier[given] == 0).all()
    market.step()
    assert (people.supplier[given] == -1).all() and (people.notice[given] == 0).all()


def test_who_is_turned_away_is_supplied_by_others_or_by_nobody_and_does_not_ask_again_soon():
    market = run_market(
        choosy(1.0, mechanisms__births_and_deaths=False, market__warm_up=0, market__choice__consider=0.1)
    )
    people, refused = market.world.people, focal(market).turned_away.sum() / market.world.weight
    stays_away = people.burned[:, 0] >= 0
    assert 0.0 < refused <= stays_away.sum()
    assert (people.supplier[stays_away & (people.notice == 0)] != 0).all()


def test_refusals_are_told():
    quiet, told = (focal(run_market(choosy(0.5, market__word_of_mouth__negative=w))) for w in (0.0, 1.0))
    unchoosy = focal(run_market(choosy(-1.0, market__word_of_mouth__negative=1.0)))
    assert quiet.messages_negative.sum() == 0.0
    per_customer = told.messages_negative.sum() / told.customers.sum()
    assert per_customer > unchoosy.messages_negative.sum() / unchoosy.customers.sum()


FIXED = {"market__organisation__overhead_by_size": 0.0}


def test_a_firm_that_sees_well_rids_itself_of_those_who_do_not_pay_and_keeps_its_overhead():
    all_served, chosen = (
        focal(run_market(choosy(below, **SHARP, **UNLIKE, **FIXED, months=36))) for below in (-1.0, 0.0)
    )
    assert chosen.share_unprofitable.iloc[-1] < all_served.share_unprofitable.iloc[-1]
    assert chosen.customers.iloc[-1] < all_served.customers.iloc[-1]
    assert (chosen.cost_overhead == all_served.cost_overhead).all()


def gain(**settings):
    """What declining below a margin of nothing earns the first firm, in paired worlds."""
    worlds = [choosy(below, **settings, months=36) for below in (0.0, -1.0)]
    profits = [[focal(run_market(world, replicate=k)).profit.sum() for k in range(3)] for world in worlds]
    return np.array(profits[0]) - np.array(profits[1])


def test_choosing_pays_where_a_few_cost_much_and_are_seen():
    assert (gain(**SHARP, market__economics__incident_shape=0.1, market__service__wage=70.0) > 0.0).all()


def test_choosing_costs_where_the_firm_sees_little():
    blind = {"market__belief__value_error": 3.0, "firms__0__decisions__walls": 1.0}
    assert (gain(**blind) < 0.0).all()


def test_notice_and_what_was_seen_of_service_are_saved(tmp_path):
    market = Market(choosy(0.3, months=10))
    while market.month < 5:
        market.step()
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())
    assert (market.world.people.burden > 0.0).any()
