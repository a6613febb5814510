"""Hybrid: a mixture of two policies whose ends are the policies themselves, and how a scenario tells it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters.errors import BadInput
from sim.parameters.policy_transitions import TransitionSettings
from sim.parameters.scenario import Scenario
from sim.parameters.schema import scenario_schema
from sim.policies import Plan, Policy, policy_named
from sim.policies.base import DECISIONS
from sim.policies.interpolation import between, both_in_full
from tests.policies.test_policy_contract import RANGES, views
from tests.support.worlds import run_market, same_people, small

plans = st.builds(Plan, *(st.floats(low, high) for low, high in (RANGES[name] for name in DECISIONS)))
weights = st.sampled_from([k / 10 for k in range(11)])


@pytest.mark.parametrize(("weight", "end"), [(0.0, "osfa"), (1.0, "customer_centric")])
@pytest.mark.parametrize("additive", [0.0, 1.0])
@given(view=views)
def test_at_its_ends_a_hybrid_decides_as_the_policies_do(weight, end, additive, view):
    hybrid = policy_named("hybrid", TransitionSettings(origin="osfa", weight=weight, additive=additive))
    assert hybrid.decide(view) == policy_named(end).decide(view)


@pytest.mark.parametrize(("weight", "end"), [(0.0, "product_centric"), (1.0, "customer_centric")])
def test_a_firm_at_an_end_lives_as_that_policy_to_the_bit(weight, end):
    hybrid = small(firms__0__policy="hybrid", firms__0__policy_settings__weight=weight)
    assert same_people(run_market(hybrid), run_market(small(firms__0__policy=end)))


@given(one=plans, other=plans, weight=weights, additive=st.sampled_from([0.0, 0.5, 1.0]))
def test_every_mixture_stays_within_the_ranges(one, other, weight, additive):
    shared = between(one, other, dict.fromkeys(DECISIONS, weight))
    mixed = between(shared, both_in_full(one, other, weight), dict.fromkeys(DECISIONS, additive))
    for name, (low, high) in RANGES.items():
        assert low - 1e-9 <= getattr(mixed, name) <= high + 1e-9


@given(one=plans, weight=weights)
def test_between_a_plan_and_itself_there_is_nothing_else(one, weight):
    assert between(one, one, dict.fromkeys(DECISIONS, weight)) == one == both_in_full(one, one, weight)


def test_a_mixture_with_all_decisions_of_a_firm_on_its_way_goes_that_way_to_the_bit():
    on = {"mechanisms__transformation": True, "firms__0__policy_settings__date": 2.0, "months": 8}
    every = f"osfa with {'+'.join(DECISIONS)} of transforming"
    whole, mixed = (small(firms__0__policy=policy, **on) for policy in ("transforming", every))
    assert same_people(run_market(whole), run_market(mixed))


def test_both_in_full_costs_more_than_what_is_shared():
    ends = policy_named("product_centric").start, policy_named("customer_centric").start
    shared, full = between(*ends, dict.fromkeys(DECISIONS, 0.5)), both_in_full(*ends, 0.5)
    assert (shared.intelligence, shared.depth, shared.walls) == pytest.approx((0.005, 0.5, 0.525))
    assert (full.intelligence, full.depth, full.walls) == pytest.approx((0.01, 1.0, 0.15))


def test_a_way_is_written_down_and_read_back():
    world = small(firms__0__policy_settings__from="osfa", firms__0__policy_settings__weight=0.3)
    assert Scenario.from_mapping(world.as_mapping()) == world
    assert world.firms[0].way == TransitionSettings("osfa", "customer_centric", 0.3)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"firms.0.policy_settings.to": 3}, "the name of a policy is needed"),
        ({"firms.0.policy_settings.too": "osfa"}, "Did you mean to"),
        ({"firms.0.policy_settings.weight": 2.0}, "between 0 and 1"),
    ],
)
def test_a_wrong_way_is_refused_by_name(settings, told):
    with pytest.raises(BadInput, match=told):
        small().with_settings(settings)


@pytest.mark.parametrize(("end", "told"), [("hybrid", "cannot be an end"), ("osfaa", "Did you mean osfa")])
def test_a_way_ends_at_a_policy_that_is_known_and_whole(end, told):
    with pytest.raises(BadInput, match=told):
        policy_named("transforming", TransitionSettings(goal=end))


def test_a_policy_that_goes_no_way_takes_no_notice_of_one():
    class Mine(Policy):
        name = "mine"
        summary = "keeps its plan"
        start = Plan(walls=0.3)

    assert Mine().configure(None).decide(None) == Plan(walls=0.3)


def test_editors_know_the_ends_of_a_way():
    firm = scenario_schema()["properties"]["firms"]["items"]
    assert set(firm["properties"]["policy_settings"]["properties"]) == {"from", "to", "weight", "additive", "date"}
