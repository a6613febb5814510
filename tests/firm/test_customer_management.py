"""Customer management: what it sees, what it may change, what it costs, and that it can be wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.model.firm.customer_management.customer_value import (
    MANAGED_DECISIONS,
    Figures,
    equity,
    next_level,
    worth_of_customer,
)
from sim.model.firm.customer_management.owner import (
    FIGURES_KEPT_BY,
    OWN,
    CustomerManagement,
    Mandate,
    cost_of_management,
    see,
)
from sim.model.firm.decide import RANGES
from sim.model.firm.organisation.information import DEPARTMENT_TASKS
from sim.model.firm.organisation.walls import level
from sim.model.state import Clock
from tests.support.worlds import focal, run_market, same, same_people, small

ALL = tuple(MANAGED_DECISIONS)
WORLD = small()
FIGURES = Figures(0.015, 15.0, 39.0, 8.0, 0.5, 0.006, 0.014, 0.1, 0.3, 0.85, 0.1, 0.82, 0.2, 0.5, 0.3, 1.0, 0.25)
LINKS_OFF = {"mechanisms__link_costs": False}


def owner(**numbers):
    """Settings of a world whose first firm has an owner; numbers are of the section owner."""
    usual = {"present": 1.0, "salary": 0.0, "error": 0.0, "delay": 0}
    return {"mechanisms__owner": True} | {
        f"firms__0__owner__{name}": value for name, value in (usual | numbers).items()
    }


def mandate(**numbers):
    settings = dict(WORLD.firms[0].settings) | {f"owner.{name}": value for name, value in numbers.items()}
    return Mandate(settings)


def of_all(value=1.0):
    return dict.fromkeys(ALL, value)


def test_an_owner_without_authority_and_salary_changes_no_bit():
    with_one = run_market(small(months=8, **LINKS_OFF, **owner(authority=0.0, sight=1.0, **of_all())))
    without = run_market(small(months=8, **LINKS_OFF))
    noted = ["customer_value_believed", "strategy_gap"]
    assert same_people(with_one, without)
    assert with_one.monthly().drop(columns=noted).equals(without.monthly().drop(columns=noted))


def test_an_owner_without_a_mandate_changes_no_bit_but_its_salary():
    paid = focal(run_market(small(**LINKS_OFF, **owner(authority=1.0, salary=0.5, **of_all(0.0)))))
    free = focal(run_market(small(**LINKS_OFF)))
    assert (paid.cost_coordination - free.cost_coordination).round(2).eq(0.5 * WORLD.market["size"]).all()
    assert paid.customers.equals(free.customers)


@pytest.mark.parametrize("sight", [0.0, 1.0])
@pytest.mark.parametrize("authority", [0.0, 1.0])
def test_sight_is_what_it_believes_and_authority_what_it_moves(sight, authority):
    months = focal(run_market(small(months=12, market__customers=300, **owner(sight=sight, authority=authority))))
    assert (months.customer_value_believed.nunique() > 1) == (sight > 0.0)
    assert (months.strategy_gap.max() > 1e-9) == (authority == 0.0)


def test_links_of_an_owner_cost_half_of_those_of_five_departments():
    per_customer = cost_of_management(mandate(sight=1.0, salary=0.0), 1.0, WORLD.market, {"link_costs": True})
    assert per_customer == pytest.approx(0.5 * WORLD.market["organisation.link_cost"])


@pytest.mark.parametrize(("names", "parties"), [(("retention",), 1), (("retention", "depth"), 2), (ALL, 4)])
def test_a_shared_skill_costs_hours_for_each_department_and_each_pair_and_waits_for_all(names, parties):
    shared = mandate(shared=1.0, **of_all(0.0) | dict.fromkeys(names, 1.0))
    hours = cost_of_management(shared, 1.0, WORLD.market, {}) / WORLD.market["service.wage"]
    assert hours == pytest.approx(WORLD.market["owner.meeting_hours"] * (parties + math.comb(parties, 2)))
    assert shared.delay(1.0) == parties - 1


def seen_after(months, **numbers):
    management = CustomerManagement(seen={})
    for attrition in months:
        management.past.append(FIGURES._replace(attrition=attrition))
        see(management, mandate(error=0.0, **numbers), level(0.9), 0.5, Clock(1, 0, 1.0), 7, WORLD.market)
    return management.seen


def test_what_is_not_in_sight_may_be_nothing_without_moving_a_bit():
    management = CustomerManagement(seen={OWN: FIGURES})
    management.past.append(Figures(*[float("nan")] * len(Figures._fields)))
    see(management, mandate(sight=0.0), level(0.1), 0.5, Clock(1, 0, 1.0), 7, WORLD.market)
    assert management.seen[OWN] == FIGURES


def test_a_delay_shows_the_past():
    months = [0.01] * 3 + [0.03] * 6
    late, at_once = (seen_after(months, sight=1.0, delay=delay)[OWN].attrition for delay in (6, 0))
    assert (late, at_once) == (pytest.approx(0.01), pytest.approx(0.03))


def test_departments_that_share_the_skill_see_only_their_own_behind_walls():
    seen = seen_after([0.01] * 3 + [0.03] * 6, shared=1.0, **of_all())
    follows = {name: figures.attrition > 0.02 for name, figures in seen.items()}
    assert follows == {"marketing": True, "sales": False, "product": False, "service": False}


def test_every_figure_has_a_keeper_and_every_decision_its_department():
    kept = [figure for figures in FIGURES_KEPT_BY.values() for figure in figures]
    assert sorted(kept) == sorted(Figures._fields)
    assert all(lever.decision in DEPARTMENT_TASKS[lever.department].decides for lever in MANAGED_DECISIONS.values())


@given(st.sampled_from(ALL), st.floats(0.0, 1.0))
def test_a_step_never_lowers_what_is_believed_and_stays_allowed(name, part):
    lever, numbers = MANAGED_DECISIONS[name], mandate().numbers
    low, high = RANGES[lever.decision]
    before = low + part * (high - low)
    after = next_level(before, 0.04 * (high - low), lever, FIGURES, numbers, WORLD.market, (low, high))
    assert low <= after <= high
    assert equity(after, lever, FIGURES, numbers, WORLD.market) >= equity(before, lever, FIGURES, numbers, WORLD.market)


@pytest.mark.parametrize("name", ALL)
def test_the_level_that_is_seen_is_believed_to_change_nothing(name):
    lever = MANAGED_DECISIONS[name]
    here = equity(getattr(FIGURES, lever.decision), lever, FIGURES, mandate().numbers, WORLD.market)
    worth = worth_of_customer(FIGURES.margin, FIGURES.attrition, mandate().numbers["impatience"])
    assert here == pytest.approx(worth * (1.0 + FIGURES.adds / mandate().numbers["impatience"]))


@given(st.sampled_from(ALL), st.floats(0.0, 1.0))
def test_a_currency_does_not_move_a_decision(name, part):
    lever = MANAGED_DECISIONS[name]
    low, high = RANGES[lever.decision]
    dear = FIGURES._replace(**{one: 128.0 * getattr(FIGURES, one) for one in
                               ("margin", "revenue", "service", "customising", "sold")})  # fmt: skip
    here, step = low + part * (high - low), 0.04 * (high - low)
    moves = [
        next_level(here, step, lever, one, mandate().numbers, WORLD.market, (low, high)) for one in (FIGURES, dear)
    ]
    assert moves[0] == moves[1]


def test_departments_paid_by_volume_do_not_follow_a_skill_they_share():
    paid = {"mechanisms__departments_pay": True, "firms__0__pay__service": 0.0, "firms__0__pay__marketing": 0.0}
    only = of_all(0.0) | {"priority": 1.0, "targeting": 1.0, "shared": 1.0}
    months = focal(run_market(small(months=8, **paid, **owner(**only), firms__0__decisions__walls=0.0)))
    assert months.strategy_gap.iloc[-1] > 1e-9
    assert focal(run_market(small(months=8, **owner(**only)))).strategy_gap.lt(1e-9).all()


@pytest.mark.parametrize("shared", [0.0, 1.0])
def test_both_engines_agree_and_a_saved_world_goes_on(tmp_path, shared):
    world = small(
        months=6, market__customers=60, **owner(authority=0.7, sight=0.6, error=0.3, delay=2, shared=shared, **of_all())
    )
    whole, half = run_market(world), Market(world)
    assert same(whole, run_market(world, engine="agents"))
    while half.month < 3:
        half.step()
    half.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), whole)
