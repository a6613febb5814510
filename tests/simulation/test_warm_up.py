"""Warm-ups that worlds share: what acts only later, and worlds begun from a shared past against worlds lived anew."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sim.model.customer_parameters import NEUTRAL_NUMBERS
from sim.model.firm.firm_record import record_of
from sim.parameters.table import FIRM, MECHANISMS
from sim.simulation.warm_up import LATER_MECHANISMS, WarmUps, acts_later, past_of
from tests.support.worlds import run_market, same, same_people, small

LATER = [one for one in FIRM if acts_later(one.name)]
EVERYTHING_ON = {f"mechanisms.{name}": True for name in MECHANISMS} | {"firms.0.owner.present": 1}
POLICIES = ("osfa", "product_centric", "customer_centric", "hybrid", "transforming")
MONTHS = 14  # of warm-up: more than a year, a year being what firms remember


@cache
def full():
    """A small world with every mechanism on."""
    world = small(market__customers=30, market__size=300, market__warm_up=MONTHS, months=3)
    return world.with_settings(EVERYTHING_ON)


def at_the_beginning(scenario):
    market = WarmUps().market(scenario)
    assert market.month == 0
    return market


@cache
def usual():
    return at_the_beginning(full())


def same_past(one, other):
    firms = zip(one.world.firms, other.world.firms, strict=True)
    return same_people(one, other) and all(of_firm(a) == of_firm(b) for a, b in firms)


def of_firm(firm):
    """What a firm knows and has; what its policy remembers of its own way is not of the warm-up."""
    return {name: value for name, value in record_of(firm).items() if name != "memory"}


@pytest.mark.parametrize("parameter", LATER, ids=lambda one: one.name)
def test_a_number_that_acts_later_leaves_no_trace_in_the_warm_up(parameter):
    for value in (parameter.low, parameter.high):
        assert same_past(usual(), at_the_beginning(full().with_settings({f"firms.0.{parameter.name}": value})))


@pytest.mark.parametrize("mechanism", LATER_MECHANISMS)
def test_a_mechanism_that_acts_later_leaves_no_trace_in_the_warm_up(mechanism):
    assert same_past(usual(), at_the_beginning(full().with_settings({f"mechanisms.{mechanism}": False})))


def test_no_mechanism_of_the_customers_is_taken_to_act_later():
    assert not NEUTRAL_NUMBERS.keys() & set(LATER_MECHANISMS)


@pytest.mark.parametrize("policy", POLICIES)
def test_no_policy_leaves_a_trace_in_the_warm_up(policy):
    assert same_past(usual(), at_the_beginning(full().with_settings({"firms.0.policy": policy})))


@pytest.mark.parametrize(
    "changed",
    [
        {"market.needs.spread": 0.9},
        {"market.customers": 40},
        {"market.warm_up": MONTHS + 1},
        {"mechanisms.needs_drift": False},
        {"firms.1.offers.quality": 0.31},
        {"firms.0.name": "another"},
        {"firms.0.leadership.layers": 5},
        {"market.network.kind": "configuration"},
    ],
    ids=str,
)
def test_what_acts_early_makes_another_past(changed):
    assert past_of(full()) != past_of(full().with_settings(changed))


def later_settings():
    """Settings of numbers that act later, of policies and mechanisms."""
    numbers = some.sampled_from(LATER).flatmap(
        lambda one: some.tuples(some.just(f"firms.0.{one.name}"), some.sampled_from((one.low, one.high)))
    )
    switches = some.tuples(some.sampled_from([f"mechanisms.{one}" for one in LATER_MECHANISMS]), some.booleans())
    policies = some.tuples(some.just("firms.1.policy"), some.sampled_from(POLICIES))
    return some.lists(some.one_of(numbers, switches, policies), max_size=6).map(dict)


@pytest.mark.long
@settings(max_examples=25, deadline=None)
@given(later_settings(), some.integers(0, 2))
def test_a_world_begun_from_a_shared_past_is_the_world_lived_from_the_start(changed, replicate):
    scenario, shared = full().with_settings(changed), WarmUps()
    shared.market(full(), 5, replicate)
    assert same(shared.market(scenario, 5, replicate).run(), run_market(scenario, seed=5, replicate=replicate))


def test_worlds_of_one_past_do_not_touch_each_other():
    shared = WarmUps()
    first, second, third = (shared.market(full(), 5, 1) for _ in range(3))
    second.run()
    assert same_past(first, third)
    assert same(third.run(), second)


def test_another_seed_or_replicate_is_another_past():
    shared = WarmUps()
    one, others = shared.market(full(), 5, 0), (shared.market(full(), 5, 1), shared.market(full(), 6, 0))
    assert not any(same_people(one, other) for other in others)


def test_worlds_too_large_to_keep_are_lived_anew(monkeypatch):
    monkeypatch.setattr("sim.simulation.warm_up.MOST_BYTES_KEPT", 1.0)
    shared = WarmUps()
    shared.market(full(), 5, 0)
    assert same(shared.market(full(), 5, 0).run(), run_market(full(), seed=5))
    assert all(entry.past is None for entry in shared._known.values())


def test_old_pasts_are_forgotten_where_room_is_short(monkeypatch):
    people = usual().world.people
    monkeypatch.setattr(
        "sim.simulation.warm_up.MOST_BYTES_KEPT", 2.5 * (people.person.nbytes + people.relations.nbytes)
    )
    shared = WarmUps()
    for replicate in range(5):
        shared.market(full(), 5, replicate)
    assert [key[-1] for key in shared._known] == [3, 4]
