"""Pay, needs and offers: who is paid for what offers what; pushing and own teams may each win or lose."""

import math

import numpy as np
import pytest

from sim import Market
from sim.model.customers.product_categories import usefulness
from sim.model.state import ACCOUNT_OWNERS, TEAM_PER_LINE
from tests.support.worlds import context_of, focal, run_market, same, same_people, selling


def test_measuring_customer_value_is_paid_for_by_the_head():
    by_volume, by_value = (
        run_market(selling(pay_value=pay, market__economics__category_need=1.0)) for pay in (0.0, 1.0)
    )
    market = by_volume.scenario.market
    heads = focal(by_volume).cost_sales / market["service.wage"] / market["service.hours_per_head"]
    expected = heads * market["sales.measuring_cost"]
    assert np.allclose(focal(by_value).cost_sales - focal(by_volume).cost_sales, expected, atol=0.02)


def test_where_all_want_everything_the_two_kinds_of_pay_make_the_same_calls_to_the_bit():
    one, other = (run_market(selling(pay_value=pay, market__economics__category_need=1.0)) for pay in (0.0, 1.0))
    assert same_people(one, other)
    assert not (focal(one).sales_calls_by_quota == focal(other).sales_calls_by_quota).all()


@pytest.mark.parametrize("change", [{"pay_value": 1.0}, {"sales_structure": 1.0}, {"sales_structure": 2.0}])
def test_calls_that_sell_nothing_and_anger_nobody_move_no_satisfaction(change):
    idle = {f"market__sales__{name}": 0.0 for name in ("acceptance", "anger")}
    one, other = run_market(selling(**idle)), run_market(selling(**idle, **change))
    assert (one.world.people.satisfaction == other.world.people.satisfaction).all()
    assert not (focal(one).sales_calls == focal(other).sales_calls).all()


def test_decisions_of_sales_do_nothing_where_there_are_no_calls():
    off = {"mechanisms__sales_calls": False}
    decided = {"sales_structure": 2.0, "sales_force": 0.1, "most_calls": 0.9, "pay_value": 1.0}
    assert same(run_market(selling(**off)), run_market(selling(**off, **decided)))


@pytest.mark.parametrize("pay_value", [0.0, 0.3, 1.0])
def test_pay_by_value_sets_the_share_of_calls_by_quota(pay_value):
    everything = {"market__economics__category_need": 1.0, "market__sales__acceptance": 0.0}
    months = focal(run_market(selling(pay_value=pay_value, **everything)))
    calls, share = months.sales_calls.sum() / 2.0, 1.0 - pay_value  # an agent stands for two people
    assert abs(months.sales_calls_by_quota.sum() / 2.0 - share * calls) <= 4.0 * math.sqrt(calls * share * pay_value)


def test_sellers_who_follow_needs_and_know_them_sell_nothing_useless():
    knowing = {"market__belief__base_signal": 1.0, "market__needs__drift": 0.0, "walls": 0.0}
    value, volume = (focal(run_market(selling(pay_value=pay, **knowing, months=36)))[24:] for pay in (1.0, 0.0))
    assert value.categories_sold_unneeded.sum() < 0.05 * volume.categories_sold_unneeded.sum()


def test_where_nobody_needs_more_those_who_follow_needs_never_call():
    value, volume = (
        focal(run_market(selling(pay_value=pay, market__economics__category_need=0.0))) for pay in (1.0, 0.0)
    )
    assert value.sales_calls[1:].sum() == 0
    assert volume.categories_sold_unneeded.sum() == volume.categories_sold.sum() > 0


def test_an_owner_who_was_told_of_no_need_does_not_call_for_it_again():
    ignorant = {"market__belief__base_signal": 0.0, "intelligence": 0.0, "most_calls": 1.0, "walls": 1.0}
    still = {"mechanisms__births_and_deaths": False, "market__warm_up": 0}
    market = Market(selling(sales_structure=ACCOUNT_OWNERS, pay_value=1.0, **ignorant, **still, months=30))
    people, times = market.world.people, np.zeros((600, 2), int)
    loyal = people.supplier == 0
    while market.month < 30:
        market.step()
        times += (people.offered[:, None] >> np.arange(2)) & 1
        loyal &= people.supplier == 0
    useless = ((people.wants[:, None] >> np.arange(2)) & 1) == 0
    assert times[useless & loyal[:, None]].max() == 1 < times[~useless & loyal[:, None]].max()


def test_needs_are_as_common_as_said_and_the_same_whatever_firms_do():
    one, other = (run_market(selling(pay_value=pay, market__economics__category_need=0.3)) for pay in (0.0, 1.0))
    assert (one.world.people.wants == other.world.people.wants).all()
    needed = (one.world.people.wants[:, None] >> np.arange(7)) & 1
    assert abs(needed.mean() - 0.3) < 4.0 * math.sqrt(0.3 * 0.7 / needed.size)


def test_what_serves_no_need_lowers_the_fit_by_its_part_of_the_bill():
    market = Market(selling(market__economics__category_value=0.5))
    me = context_of(market)
    me.person.wants, me.person.holds, me.person.categories = 1, 3, 3
    assert usefulness(me) == (1.0 + 0.5) / (1.0 + 0.5 + 0.5)


def test_what_is_returned_is_refunded_at_what_it_cost():
    world = selling(
        market__sales__giving_up=1.0, market__sales__return_share=1.0, market__sales__refund_months=3.0,
        market__sales__acceptance=0.0, market__warm_up=0, market__economics__category_need=0.0, months=1,
        retention_discount=0.0,
    )  # fmt: skip
    market = Market(world)
    people = market.world.people
    owners = people.supplier.copy()
    people.holds[owners == 0], people.categories[owners == 0] = 1, 2
    market.step()
    stayed = (owners == 0) & (people.supplier == 0)
    value = world.market["economics.category_value"] * market.world.firms[0].price * 3.0
    amounts = np.floor(people.rate[stayed] * people.spend[stayed] * value * market.world.weight * 100.0 + 0.5)
    assert focal(market).refunds[0] == pytest.approx(amounts.sum() / 100.0, abs=0.01 * stayed.sum())
    assert focal(market).categories_returned[0] == stayed.sum() * market.world.weight
    assert (people.categories[stayed] == 1).all()


@pytest.mark.long
@pytest.mark.parametrize("pay_value", [0.0, 1.0])
def test_knowing_customers_serves_sellers_paid_by_value_and_nobody_paid_by_volume(pay_value):
    plain = {"mechanisms__customisation": False, "market__needs__drift": 0.0, "pay_value": pay_value, "walls": 0.0}
    ignorant, knowing = (
        run_market(selling(**plain, intelligence=0.0, market__belief__base_signal=signal, months=36))
        for signal in (0.0, 1.0)
    )
    gained = focal(knowing).needs_covered.iloc[-1] - focal(ignorant).needs_covered.iloc[-1]
    assert (gained > 0.02) if pay_value else gained == 0.0
    assert (focal(knowing).profit == focal(ignorant).profit).all() == (pay_value == 0.0)


# Worlds in which the same decision comes out either way, each pair lived with the same people and luck.
EASY = {
    "market__sales__tiring": 0.0,
    "market__sales__anger": 0.0,
    "market__economics__category_value": 0.5,
    "most_calls": 1.0,
}


WORLDS = {
    "push pays": EASY | {
        "market__sales__giving_up": 0.0, "market__economics__category_need": 0.7, "market__sales__pressure": 0.9,
        "walls": 0.9, "sales_force": 6.0,
    },
    "push costs": {
        "market__sales__giving_up": 0.3, "market__sales__return_share": 1.0, "market__sales__refund_months": 3.0,
        "market__economics__category_need": 0.25, "market__sales__pressure": 0.9, "walls": 0.1, "intelligence": 0.02,
        "market__economics__category_value": 0.5,
    },
    "own teams pay": EASY | {
        "market__economics__category_need": 1.0, "market__sales__specialisation": 0.4, "market__sales__keeping_up": 0.3,
        "sales_force": 6.0,
    },
    "own teams cost": {
        "market__sales__tiring": 1.0, "market__sales__anger": 0.1, "market__sales__fatigue_level": 1.0,
        "market__sales__specialisation": 0.1, "market__sales__keeping_up": 0.0, "market__economics__categories": 6.0,
        "walls": 1.0, "sales_force": 6.0,
    },
}  # fmt: skip


def gains(name, decision, instead):
    """Profit of one decision minus that of another, replication by replication."""
    shape = {"market__customers": 800, "market__size": 8000, "months": 48}
    found = []
    for replicate in range(4):
        worlds = [selling(**shape, **WORLDS[name], **{decision[0]: value}) for value in (decision[1], instead)]
        profits = [focal(run_market(world, replicate=replicate)).profit.sum() for world in worlds]
        found.append(profits[0] - profits[1])
    return np.array(found)


@pytest.mark.long
@pytest.mark.parametrize(("world", "sign"), [("push pays", 1.0), ("push costs", -1.0)])
def test_selling_by_quota_may_pay_or_cost(world, sign):
    difference = gains(world, ("pay_value", 0.0), 1.0)
    assert sign * difference.mean() > 2.0 * difference.std(ddof=1) / math.sqrt(len(difference))


@pytest.mark.long
@pytest.mark.parametrize(("world", "sign"), [("own teams pay", 1.0), ("own teams cost", -1.0)])
def test_a_team_for_each_line_may_pay_or_cost_against_account_owners(world, sign):
    difference = gains(world, ("sales_structure", TEAM_PER_LINE), ACCOUNT_OWNERS)
    assert sign * difference.mean() > 2.0 * difference.std(ddof=1) / math.sqrt(len(difference))
