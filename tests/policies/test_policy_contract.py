"""The contract that every policy keeps, those in the box and those registered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.policy_contract import CHECKS
from sim.model.firm.organisation.information import DEPARTMENT_TASKS, PUBLIC, Information, view_of_department
from sim.model.firm.organisation.walls import level
from sim.parameters import FIRM
from sim.policies import Plan, View, policy_named, policy_names

RANGES = {one.name.removeprefix("decisions."): (one.low, one.high) for one in FIRM if "decisions." in one.name}
amounts = st.floats(-1e9, 1e9)
shares = st.floats(0.0, 1.0)
views = st.builds(
    View, month=st.integers(-120, 1200), customers=st.floats(0.0, 1e9), customers_year_ago=st.floats(0.0, 1e9),
    revenue_per_customer=amounts, margin_per_customer=amounts, utilisation=st.floats(0.0, 100.0), quality=shares,
    best_quality=shares, price=st.floats(0.01, 10.0), spending=st.floats(0.01, 1e6),
)  # fmt: skip
IN_THE_BOX = ("customer_centric", "hybrid", "osfa", "product_centric", "transforming")


def test_the_five_policies_are_in_the_box():
    assert set(IN_THE_BOX) <= set(policy_names())


def test_every_decision_has_a_range():
    assert set(RANGES) == set(Plan._fields)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.holds.__name__)
@pytest.mark.parametrize("name", IN_THE_BOX)
@given(view=views, other=views)
def test_a_policy_keeps_its_contract_whatever_it_sees(name, check, view, other):
    check.holds(lambda: policy_named(name), [view, other])


@pytest.mark.parametrize("name", IN_THE_BOX)
def test_a_policy_is_known_by_its_own_name(name):
    assert policy_named(name).name == name


def test_every_decision_is_the_business_of_one_department():
    decided = [name for department in DEPARTMENT_TASKS.values() for name in department.decides]
    assert sorted(decided) == sorted(RANGES)


def test_every_fact_is_public_or_kept_by_one_department():
    kept = [name for department in DEPARTMENT_TASKS.values() for name in department.keeps]
    assert sorted([*kept, *PUBLIC]) == sorted(View._fields)


@pytest.mark.parametrize("department", DEPARTMENT_TASKS)
def test_what_a_department_does_not_see_is_no_number(department):
    view = View(1, 10.0, 9.0, 40.0, 20.0, 0.8, 0.5, 0.6, 1.0, 0.1, 40.0)
    seen = view_of_department(department, Information(view, view, level(0.9), 0.5))
    hidden = {name for name, value in seen._asdict().items() if value != value}
    assert hidden == set(View._fields) - {*PUBLIC, *DEPARTMENT_TASKS[department].keeps}
