"""Sales hours go where events take them; calls are made by rota, and what a seller knows is what the record says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.model import randomness
from sim.model.equations.sales_calls import calls_due
from sim.model.firm.operations.sales_force import SalesForce, call_hours, limit, plan_calls
from sim.model.state import ACCOUNT_OWNERS, FURTHER_CATEGORIES, ONE_TEAM, TEAM_PER_LINE
from sim.parameters import MARKET
from sim.policies import Plan
from sim.simulation.agents import Customer
from tests.support.worlds import focal, run_market, same, selling

STRUCTURES = (ONE_TEAM, TEAM_PER_LINE, ACCOUNT_OWNERS)


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
    months = focal(run_market(world))[12:]
    paid = (months.cost_sales / world.market["service.wage"]).sum()
    others = months[["sales_hours_meetings", "sales_hours_escalations", "sales_hours_chasing"]].sum().sum()
    assert months.sales_calls.sum() * call_hours(structure, world.market) + others == pytest.approx(paid, rel=0.05)


def test_every_structure_costs_the_same_a_customer():
    of_structure = [focal(run_market(selling(sales_structure=structure))) for structure in STRUCTURES]
    a_head = [months.cost_sales / months.customers for months in of_structure]
    world = selling()
    expected = 4.0 * world.market["organisation.sales_hours"] * world.market["service.wage"]
    assert all(np.allclose(one, expected, rtol=1e-4) for one in a_head)


def test_teams_that_see_each_other_never_meet_at_one_customer_in_a_month():
    open_, walled = (
        focal(run_market(selling(sales_structure=TEAM_PER_LINE, walls=walls, market__sales__acceptance=0.0)))
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


@pytest.mark.parametrize(("walls", "limits"), [(0.0, 1.0), (1.0, 2.0), (0.5, 1.5)])
def test_teams_hidden_from_each_other_keep_the_limit_each_for_itself(walls, limits):
    market = selling().market  # three categories: two teams beside the first
    plan = Plan(sales_structure=TEAM_PER_LINE, walls=walls, most_calls=0.2)
    assert limit(plan, market) == pytest.approx(0.2 * limits)
    assert limit(plan.changed({"sales_structure": ACCOUNT_OWNERS}), market) == 0.2


def test_walls_take_hours_from_selling():
    shares = [focal(run_market(selling(walls=walls, sales_structure=TEAM_PER_LINE))) for walls in (0.0, 1.0)]
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


@pytest.mark.parametrize("structure", STRUCTURES)
def test_categories_held_are_one_more_than_the_bits(structure):
    people = run_market(selling(sales_structure=structure)).world.people
    assert (people.categories == 1 + np.array([int(bits).bit_count() for bits in people.holds])).all()
    assert (people.categories > 1).any()


def test_calls_can_begin_in_a_fork_and_know_what_is_held():
    market = Market(selling(mechanisms__sales_calls=False, market__economics__cross_sell=0.2, months=20))
    while market.month < 8:
        market.step()
    people = market.fork({"mechanisms.sales_calls": True}).run().world.people
    assert (people.categories == 1 + np.array([int(bits).bit_count() for bits in people.holds])).all()
    assert (people.offered > 0).any()


def test_every_further_category_has_its_bit():
    most = next(one.high for one in MARKET if one.name == "economics.categories")
    assert most - 1 == FURTHER_CATEGORIES < 8  # the bits of a whole number of one byte that are no sign


class Unreachable(Customer):
    """Is never at home to sales."""

    def be_called_on(self, me):
        """Nobody opens the door."""


def test_a_customer_class_can_shut_the_door_on_sales():
    world = selling(market__customers=120, months=5)
    usual, closed = (run_market(world, engine="agents", **how) for how in ({}, {"customer_class": Unreachable}))
    assert usual.monthly().sales_calls.sum() > 0 == closed.monthly().sales_calls.sum()


def test_the_size_of_the_sample_does_not_move_the_calls():
    few, many = (
        focal(run_market(selling(market__customers=people, market__size=3000, months=36))).calls_per_customer.mean()
        for people in (750, 3000)
    )
    assert few == pytest.approx(many, rel=0.05)


def test_a_saved_sales_force_goes_on_bit_for_bit(tmp_path):
    market = Market(selling(months=8, sales_structure=TEAM_PER_LINE))
    while market.month < 4:
        market.step()
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())
