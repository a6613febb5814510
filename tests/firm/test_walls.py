"""Walls between pairs of departments, and what departments are told of each other's figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.model.firm.decide import RANGES
from sim.model.firm.organisation.information import DEPARTMENT_TASKS, KEEPER, Information, view_of_department
from sim.model.firm.organisation.reporting import FACT_CLASSES, Reports, cost_of_facts, pace, reported_view
from sim.model.firm.organisation.walls import PAIRS, level, walls_of
from sim.model.state import Clock
from sim.parameters import FIRM, MARKET
from sim.parameters.table.information import CLASSES_OF_FACTS
from sim.policies import View
from tests.support.worlds import focal, run_market, same, small

share = st.floats(0.0, 1.0)
VIEW = View(1, 10.0, 9.0, 40.0, 20.0, 0.8, 0.5, 0.6, 1.0, 0.1, 40.0)
BY_PAIR = {"mechanisms__walls_by_pair": True}
LATE = {"mechanisms__facts": True, "firms__0__decisions__walls": 0.1}
SETTINGS = small().firms[0].settings
ON = {"walls_by_pair": True, "facts": True}


def added(**pairs):
    return BY_PAIR | {f"firms__0__organisation__walls__{pair}": value for pair, value in pairs.items()}


def heights(common, **pairs):
    return walls_of(common, 1.0, dict(SETTINGS) | {f"organisation.walls.{k}": v for k, v in pairs.items()}, ON)


def test_pairs_without_a_height_of_their_own_change_no_bit():
    assert same(run_market(small(**BY_PAIR)), run_market(small()))


@given(share)
def test_the_links_of_level_walls_cost_what_they_did_to_the_bit(height):
    assert level(height).openness() == 1.0 - height
    assert level(height).mean(level(height).of_sales) == height


@given(share, st.sampled_from(PAIRS), st.floats(-1.0, 1.0))
def test_a_wall_of_a_pair_stays_between_none_and_full(common, pair, more):
    walls = heights(common, **{pair: more})
    assert 0.0 <= walls.between(*pair.split("_")) <= 1.0
    assert walls.openness() == pytest.approx(np.mean([1.0 - one for one in walls.pairs]))


def test_each_open_link_costs_its_part():
    closed, opened = heights(1.0), heights(1.0, sales_service=-1.0)
    assert closed.openness() == 0.0
    assert opened.openness() == pytest.approx(0.1)


def test_a_wall_between_two_hides_only_what_these_two_keep():
    sight = Information(VIEW, VIEW, heights(0.1, service_finance=0.9), 0.5)
    seen = {name: view_of_department(name, sight) for name in DEPARTMENT_TASKS}
    assert {name for name, view in seen.items() if np.isnan(view.utilisation)} == {"finance"}
    assert {name for name, view in seen.items() if np.isnan(view.margin_per_customer)} == {"service"}
    assert all(view.revenue_per_customer == 40.0 for view in seen.values())


@pytest.mark.parametrize("pair", ["sales_service", "marketing_service", "product_service", "service_finance"])
def test_incidents_are_handed_off_where_the_wall_is(pair):
    walls = added(**{pair: 1.0}) | {"firms__0__decisions__walls": 0.0, "market__service__handoff_need": 0.5}
    months = focal(run_market(small(**walls, market__customers=600)))
    assert months.handoffs.sum() > 0.0
    assert months.handoffs.sum() == pytest.approx(0.5 * months.incidents.sum(), rel=0.3)


def test_walls_that_do_not_touch_service_hand_nothing_off():
    elsewhere = {pair: 1.0 for pair in PAIRS if "service" not in pair}
    months = focal(run_market(small(**added(**elsewhere), firms__0__decisions__walls=0.0)))
    assert months.handoffs.sum() == 0.0


def test_only_the_wall_between_sales_and_finance_hides_the_ledger():
    debts = {
        "mechanisms__invoices": True, "market__temper__payment_reliability": 0.5, "months": 12,
        "firms__0__decisions__walls": 0.0, "firms__0__decisions__hold_after": 1.0,
    }  # fmt: skip
    others = {pair: 1.0 for pair in PAIRS if pair != "sales_finance"}
    assert focal(run_market(small(**debts, **added(**others)))).holds.sum() > 0.0
    assert focal(run_market(small(**debts, **added(sales_finance=1.0)))).holds.sum() == 0.0


def test_the_wall_between_marketing_and_product_takes_what_is_paid_for_knowing_customers():
    knowing = {
        "firms__0__decisions__walls": 0.0, "firms__0__decisions__intelligence": 0.05, "months": 8,
        "market__conduct": "fixed",
    }  # fmt: skip
    with_all = focal(run_market(small(**knowing))).belief_precision.iloc[-1]
    without = focal(run_market(small(**knowing, **added(product_marketing=1.0)))).belief_precision.iloc[-1]
    apart = focal(
        run_market(small(**knowing, **added(product_marketing=1.0, sales_finance=1.0)))
    ).belief_precision.iloc[-1]
    assert without < with_all
    assert apart == without


def test_walls_are_level_in_the_warm_up():
    market = Market(small(**added(sales_service=1.0)))
    market.step()
    assert market.world.firms[0].walls == level(0.5) or market.world.month > market.world.warm_up


@pytest.mark.parametrize("settings", [added(sales_service=0.4, product_service=-1.0), LATE])
def test_both_engines_agree(settings):
    world = small(**settings, market__customers=60, firms__0__policy="customer_centric")
    assert same(run_market(world), run_market(world, engine="agents"))


def test_a_report_follows_what_is_so_late_and_gets_there():
    market = dict(small().market) | {f"facts.{name}_error": 0.0 for name in ("service", "product")}
    reports, clock = Reports(), Clock(1, 1, 1.0)
    reported_view(reports, VIEW, clock, 7, market, ON)
    later = VIEW._replace(utilisation=1.2)
    seen = [reported_view(reports, later, clock, 7, market, ON).utilisation for _ in range(9)]
    assert seen[0] == pytest.approx(0.8 + pace(market["facts.service_lag"]) * 0.4)
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.2, abs=1e-3)


def test_exact_reports_at_once_for_nothing_change_no_bit():
    free = {f"market__facts__{name}_{part}": 0.0
            for name in CLASSES_OF_FACTS
            for part in ("lag", "error", "cost")}  # fmt: skip
    assert same(run_market(small(**LATE, **free)), run_market(small(**LATE | {"mechanisms__facts": False})))


def test_a_figure_behind_a_wall_is_neither_seen_nor_paid_for():
    market = small().market
    assert cost_of_facts(level(0.9), 0.5, market) == 0.0
    all_seen = sum(market[row.cost] for row in FACT_CLASSES.values() if row.facts or row.keepers)
    assert cost_of_facts(level(0.1), 0.5, market) == pytest.approx(all_seen)


def test_every_fact_of_the_firm_is_told_by_one_class_and_every_number_of_the_table_exists():
    assert sorted(fact for row in FACT_CLASSES.values() for fact in row.facts) == sorted(KEEPER)
    names = {one.name for one in (*MARKET, *FIRM)}
    assert {name for row in FACT_CLASSES.values() for name in row[1:4]} <= names


@pytest.mark.parametrize("name", DEPARTMENT_TASKS)
def test_what_a_department_does_not_see_may_be_anything_without_moving_a_bit(name):
    walls = heights(0.1, service_finance=0.9, marketing_sales=0.9, product_service=0.9)
    hidden = [fact for fact, keeper in KEEPER.items() if walls.between(name, keeper) >= 0.5]
    others = VIEW._replace(**dict.fromkeys(hidden, float("nan")))
    assert hidden
    assert repr(view_of_department(name, Information(others, others, walls, 0.5))) == repr(
        view_of_department(name, Information(VIEW, VIEW, walls, 0.5))
    )


def test_a_saved_world_remembers_walls_and_reports(tmp_path):
    world = small(**LATE, **{k: v for k, v in added(sales_service=0.3).items() if k not in LATE}, months=6)
    whole, half = run_market(world), Market(world)
    while half.month < 3:
        half.step()
    half.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), whole)


def test_every_decision_has_a_department():
    assert {one for row in DEPARTMENT_TASKS.values() for one in row.decides} == set(RANGES)
