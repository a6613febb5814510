"""The contract that every policy keeps, those in the box and those registered."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.parameters import FIRM
from sim.policies import Plan, View, known, policy_named

RANGES = {one.name.removeprefix("decisions."): (one.low, one.high) for one in FIRM if "decisions." in one.name}
amounts = st.floats(-1e9, 1e9)
shares = st.floats(0.0, 1.0)
views = st.builds(
    View, month=st.integers(-120, 1200), customers=st.floats(0.0, 1e9), customers_year_ago=st.floats(0.0, 1e9),
    revenue_per_customer=amounts, margin_per_customer=amounts, utilisation=st.floats(0.0, 100.0), quality=shares,
    best_quality=shares, price=st.floats(0.01, 10.0), spending=st.floats(0.01, 1e6),
)  # fmt: skip
IN_THE_BOX = ("customer_centric", "osfa", "product_centric")


def test_the_three_policies_are_in_the_box():
    assert set(IN_THE_BOX) <= set(known())


def test_every_decision_has_a_range():
    assert set(RANGES) == {field.name for field in dataclasses.fields(Plan)}


@pytest.mark.parametrize("name", IN_THE_BOX)
@given(view=views)
def test_plans_stay_within_their_ranges(name, view):
    plan = policy_named(name).decide(view)
    for decision, (low, high) in RANGES.items():
        assert low <= getattr(plan, decision) <= high


@pytest.mark.parametrize("name", IN_THE_BOX)
@given(view=views, other=views)
def test_a_policy_decides_by_what_it_sees_alone(name, view, other):
    policy = policy_named(name)
    first = policy.decide(view)
    policy.decide(other)
    assert policy.decide(view) == first == policy_named(name).decide(view)


@pytest.mark.parametrize("name", IN_THE_BOX)
def test_a_policy_says_what_it_is(name):
    policy = policy_named(name)
    assert policy.name == name and policy.summary and isinstance(policy.start, Plan)
