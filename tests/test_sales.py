"""Sales: hours go where events take them, calls are made by rota, push and own teams may win or lose."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market, randomness
from sim.organisation.sales import SalesForce, call_hours, limit, plan_calls
from sim.policies import Plan
from sim.rules.selling import calls_due
from sim.state import ACCOUNT_OWNERS, ONE_TEAM, TEAM_PER_LINE
from sim.steps.holding import usefulness
from tests.worlds import lived, same, same_people, small

OFF = {"mechanisms__sales_calls": False}
STRUCTURES = (ONE_TEAM, TEAM_PER_LINE, ACCOUNT_OWNERS)
MONEY = "market.sales.measuring_cost"


def selling(name="telecom", **settings):
    """A small world whose first firm has many sales hours; its decisions by their own names."""
    ours = {key: value for key, value in settings.items() if "__" not in key}
    chosen = {"mechanisms__sales_calls": True, "market__customers": 600, "months": 24} | {
        key: value for key, value in settings.items() if "__" in key or key == "months"
    }
    decisions = {f"firms__0__decisions__{key}": value for key, value in ours.items() if key != "months"}
    usual = {"firms__0__decisions__sales_force": 4.0, "firms__0__decisions__sales_structure": 0.0}
    return small(name, **chosen, **(usual | {"firms__0__decisions__pay_value": 0.0} | decisions))


def focal(market):
    months = market.monthly()
    return months[months.firm == market.world.firms[0].name].reset_index(drop=True)


def test_no_two_draws_share_a_purpose():
    numbers = [value for name, value in vars(randomness).items() if name.isupper() and not name.startswith("_")]
    assert len(numbers) == len(set(numbers)) > 30


@given(st.floats(0.0, 1.0), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60))
def test_a_rota_gives_everybody_the_same_turns_whatever_its_pace(phase, paces):
    ends = np.cumsum(paces)
    turns = sum(calls_due(phase, before, after) for before, after in zip([0.0, *ends[:-1]], ends, strict=True))
    assert abs(turns - ends[-1]) <= 1.0


@pytest.mark.parametrize("structure", STRUCTURES)
def test_hours_worked_are_hours_paid(structure):
    world = selling(sales_structure=structure, most_calls=1.0, months=60)
    months = focal(lived(world))[12:]
    paid = (months.cost_sales / world.market["service.wage"]).sum()
    others = months[["sales_hours_meetings", "sales_hours_escalations", "sales_hours_chasing"]].sum().sum()
    assert months.sales_calls.sum() * call_hours(structure, world.market) + others == pytest.approx(paid, rel=0.05)


def test_every_structure_costs_the_same_a_customer():
    of_structure = [focal(lived(selling(sales_structure=structure))) for structure in STRUCTURES]
    a_head = [months.cost_sales / months.customers for months in of_structure]
    world = selling()
    expected = 4.0 * world.market["organisation.sales_hours"] * world.market["service.wage"]
    assert all(np.allclose(one, expected, rtol=1e-4) for one in a_head)


def test_measuring_customer_value_is_paid_for_by_the_head():
    by_volume, by_value = (lived(selling(pay_value=pay, market__economics__category_need=1.0)) for pay in (0.0, 1.0))
    hours = focal(by_volume).cost_sales / by_volume.scenario.market["service.wage"]
    expected = hours / by_volume.scenario.market["service.hours_per_head"] * by_volume.scenario.market[MONEY[7:]]
    assert np.allclose(focal(by_value).cost_sales - focal(by_volume).cost_sales, expected, atol=0.02)


def test_where_all_want_everything_the_two_kinds_of_pay_make_the_same_calls_to_the_bit():
    one, other = (lived(selling(pay_value=pay, market__economics__category_need=1.0)) for pay in (0.0, 1.0))
    assert same_people(one, other)
    assert not (focal(one).sales_calls_by_quota == focal(other).sales_calls_by_quota).all()


@pytest.mark.parametrize("change", [{"pay_value": 1.0}, {"sales_structure": 1.0}, {"sales_structure": 2.0}])
def test_calls_that_sell_nothing_and_anger_nobody_move_no_satisfaction(change):
    idle = {f"market__sales__{name}": 0.0 for name in ("acceptance", "anger")}
    one, other = lived(selling(**idle)), lived(selling(**idle, **change))
    assert (one.world.people.satisfaction == other.world.people.satisfaction).all()
    assert not (focal(one).sales_calls == focal(other).sales_calls).all()


def test_decisions_of_sales_do_nothing_where_there_are_no_calls():
    decided = {"sales_structure": 2.0, "sales_force": 0.1, "pay_value": 1.0}
    assert same(lived(selling(**OFF)), lived(selling(**OFF, **decided)))


@pytest.mark.parametrize("pay_value", [0.0, 0.3, 1.0])
def test_pay_by_value_sets_the_share_of_calls_by_quota(pay_value):
    everything = {"market__economics__category_need": 1.0, "market__sales__acceptance": 0.0}
    months = focal(lived(selling(pay_value=pay_value, **everything)))
    calls, share = months.sales_calls.sum() / 2.0, 1.0 - pay_value  # an agent stands for two people
    assert abs(months.sales_calls_by_quota.sum() / 2.0 - share * calls) <= 4.0 * math.sqrt(calls * share * pay_value)


def test_sellers_who_follow_needs_and_know_them_sell_nothing_useless():
    knowing = {"market__belief__base_signal": 1.0, "market__needs__drift": 0.0, "walls": 0.0}
    value, volume = (focal(lived(selling(pay_value=pay, **knowing, months=36)))[24:] for pay in (1.0, 0.0))
    assert value.categories_sold_unneeded.sum() < 0.05 * volume.categories_sold_unneeded.sum()


def test_where_nobody_needs_more_those_who_follow_needs_never_call():
    value, volume = (focal(lived(selling(pay_value=pay, market__economics__category_need=0.0))) for pay in (1.0, 0.0))
    assert value.sales_calls[1:].sum() == 0
    assert volume.categories_sold_unneeded.sum() == volume.categories_sold.sum() > 0


def test_teams_that_see_each_other_never_meet_at_one_customer_in_a_month():
    open_, walled = (
        focal(lived(selling(sales_structure=TEAM_PER_LINE, walls=walls, market__sales__acceptance=0.0)))
        for walls in (0.0, 1.0)
    )
    assert (open_.calls_per_customer_called == 1.0).all()
    assert (walled.calls_per_customer_called >= 1.0).all() and walled.calls_per_customer_called.mean() > 1.02


def test_only_who_lacks_the_record_offers_what_is_held_already():
    calls = {}
    for structure in STRUCTURES:
        market = Market(selling(sales_structure=structure, walls=1.0, market__warm_up=0, months=1))
        ours = market.world.people.supplier == 0
        market.world.people.holds[ours], market.world.people.wants[ours] = 3, 3
        market.step()
        calls[structure] = np.count_nonzero(market.world.people.offered[ours & (market.world.people.holds == 3)])
    assert calls[ONE_TEAM] > 0 == calls[TEAM_PER_LINE] == calls[ACCOUNT_OWNERS]


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
    one, other = (lived(selling(pay_value=pay, market__economics__category_need=0.3)) for pay in (0.0, 1.0))
    assert (one.world.people.wants == other.world.people.wants).all()
    needed = (one.world.people.wants[:, None] >> np.arange(7)) & 1
    assert abs(needed.mean() - 0.3) < 4.0 * math.sqrt(0.3 * 0.7 / needed.size)


@pytest.mark.parametrize(("walls", "limits"), [(0.0, 1.0), (1.0, 2.0), (0.5, 1.5)])
def test_teams_hidden_from_each_other_keep_the_limit_each_for_itself(walls, limits):
    market = selling().market  # three categories: two teams beside the first
    plan = Plan(sales_structure=TEAM_PER_LINE, walls=walls, most_calls=0.2)
    assert limit(plan, market) == pytest.approx(0.2 * limits)
    assert limit(plan.changed({"sales_structure": ACCOUNT_OWNERS}), market) == 0.2


def test_walls_take_hours_from_selling():
    shares = [focal(lived(selling(walls=walls, sales_structure=TEAM_PER_LINE))) for walls in (0.0, 1.0)]
    assert shares[0].sales_hours_meetings.sum() == shares[0].sales_hours_chasing.sum() == 0.0
    assert shares[1].sales_hours_meetings.sum() > 0.0 and shares[1].sales_hours_chasing.sum() > 0.0
    assert shares[1].sales_selling_share.mean() < shares[0].sales_selling_share.mean()


def test_a_tenth_of_the_hours_is_kept_for_selling_and_it_is_said_when_that_binds():
    market = selling().market
    force = SalesForce(old_incidents=1e9)
    plan_calls(force, Plan(), 1000.0, market)
    paid = 1000.0 * market["organisation.sales_hours"]
    turns = market["sales.least_selling"] * paid / market["sales.call_hours"]
    assert force.escalations == pytest.approx((1.0 - market["sales.least_selling"]) * paid)
    assert force.at_floor and force.rota_to == pytest.approx(turns / 1000.0)


def test_a_rested_force_is_not_at_its_floor():
    force = SalesForce()
    plan_calls(force, Plan(), 1000.0, selling().market)
    assert not force.at_floor


def test_what_serves_no_need_lowers_the_fit_by_its_part_of_the_bill():
    market = Market(selling(market__economics__category_value=0.5))
    nature, person = market.world.nature, market.world.people.person.view(np.recarray)[0]
    person.wants, person.holds, person.categories = 1, 3, 3
    assert usefulness(person, None, nature) == (1.0 + 0.5) / (1.0 + 0.5 + 0.5)


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


@pytest.mark.parametrize("structure", STRUCTURES)
def test_categories_held_are_one_more_than_the_bits(structure):
    people = lived(selling(sales_structure=structure)).world.people
    assert (people.categories == 1 + np.array([int(bits).bit_count() for bits in people.holds])).all()
    assert (people.categories > 1).any()


def test_the_size_of_the_sample_does_not_move_the_calls():
    few, many = (
        focal(lived(selling(market__customers=people, market__size=3000, months=36))).calls_per_customer.mean()
        for people in (750, 3000)
    )
    assert few == pytest.approx(many, rel=0.05)


def test_a_saved_sales_force_goes_on_bit_for_bit(tmp_path):
    market = Market(selling(months=8, sales_structure=TEAM_PER_LINE))
    while market.month < 4:
        market.step()
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())


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
        profits = [focal(lived(world, replicate=replicate)).profit.sum() for world in worlds]
        found.append(profits[0] - profits[1])
    return np.array(found)


@pytest.mark.parametrize(("world", "sign"), [("push pays", 1.0), ("push costs", -1.0)])
def test_selling_by_quota_may_pay_or_cost(world, sign):
    difference = gains(world, ("pay_value", 0.0), 1.0)
    assert sign * difference.mean() > 2.0 * difference.std(ddof=1) / math.sqrt(len(difference))


@pytest.mark.parametrize(("world", "sign"), [("own teams pay", 1.0), ("own teams cost", -1.0)])
def test_a_team_for_each_line_may_pay_or_cost_against_account_owners(world, sign):
    difference = gains(world, ("sales_structure", TEAM_PER_LINE), ACCOUNT_OWNERS)
    assert sign * difference.mean() > 2.0 * difference.std(ddof=1) / math.sqrt(len(difference))
