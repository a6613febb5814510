"""Forms of organisation: by function, by product line, by customer segment; what each costs and what it gives."""

import copy

import pytest

from sim import Market
from sim.model.equations.service import waiting_months
from sim.model.firm.operations.service_desk import new_desk, work
from sim.model.firm.organisation.organisation_form import BY_FUNCTION, BY_PRODUCT, BY_SEGMENT, OrganisationForm
from sim.model.firm.organisation.walls import level
from sim.model.state import ACCOUNT_OWNERS, ONE_TEAM, TEAM_PER_LINE
from tests.support.worlds import focal, run_market, same, small

MARKET = small().market
TWO_LINES = {"firms__0__decisions__lines": 2.0, "firms__0__policy": "osfa"}


def formed(form, **settings):
    return small(**{"mechanisms__organisation_form": True, "firms__0__organisation__form": float(form)} | settings)


def test_a_firm_by_function_is_the_firm_that_was():
    assert same(run_market(formed(BY_FUNCTION)), run_market(small()))


def test_a_firm_of_one_line_without_walls_is_the_same_by_product():
    plain = {"firms__0__decisions__walls": 0.0, "firms__0__policy": "osfa"}
    assert same(run_market(formed(BY_PRODUCT, **plain)), run_market(small(**plain)))


@pytest.mark.parametrize("units", [1, 2, 5])
def test_a_split_desk_waits_as_the_formula_says_for_so_many_servers_each(units):
    desk = new_desk(20_000.0, 0.85, MARKET)
    split = copy.copy(desk)
    work(desk, 20_000.0, 0.0, 0.0, MARKET, queue=True)
    work(split, 20_000.0, 0.0, 0.0, MARKET, queue=True, units=units)
    service = MARKET["service.hours"] / MARKET["service.hours_per_head"]
    assert split.wait == waiting_months(split.pressure, split.heads / units, service, MARKET["service.most_busy"])
    assert split.wait > desk.wait or units == 1


@pytest.mark.parametrize(("form", "units"), [(BY_PRODUCT, 2), (BY_SEGMENT, 3)])
def test_further_units_cost_management_and_links(form, units):
    dear, free = (
        focal(run_market(formed(form, **TWO_LINES, market__organisation__unit_cost=cost))) for cost in (0.5, 0.0)
    )
    assert (dear.cost_overhead - free.cost_overhead).round(2).eq(0.5 * (units - 1) * MARKET["size"]).all()
    assert OrganisationForm(form, units).links_between_units(level(0.5)) == pytest.approx(
        units * (units - 1) / 2 * 0.5 / 10
    )


def test_functions_joined_in_a_unit_hand_off_less_and_cost_more_links():
    walled = {"market__customers": 600, "firms__0__decisions__walls": 0.8, "market__service__handoff_need": 0.5}
    alone, joined = (focal(run_market(formed(form, **walled))) for form in (BY_FUNCTION, BY_SEGMENT))
    assert joined.handoffs.sum() < 0.5 * alone.handoffs.sum()
    assert joined.cost_coordination.sum() > alone.cost_coordination.sum()


@pytest.mark.parametrize(("categories", "some"), [(1, False), (3, True)])
def test_only_customers_of_several_lines_meet_the_wall_between_lines(categories, some):
    walled = TWO_LINES | {
        "market__customers": 600, "firms__0__decisions__walls": 1.0, "market__organisation__joined_walls": 0.0,
        "market__service__handoff_need": 1.0, "market__economics__categories": categories,
        "market__economics__cross_sell": 0.5,
    }  # fmt: skip
    assert (focal(run_market(formed(BY_PRODUCT, **walled))).handoffs.sum() > 0.0) == some


def test_a_desk_of_one_line_need_not_know_the_others():
    assert OrganisationForm(BY_PRODUCT, 3).lines_at_a_desk(3) == 1.0
    assert OrganisationForm().lines_at_a_desk(3) == OrganisationForm(BY_SEGMENT, 3).lines_at_a_desk(3) == 3.0


@pytest.mark.parametrize(("between", "sharper"), [(0.0, False), (1.0, True)])
def test_units_of_segments_know_needs_better_where_needs_differ_by_segment(between, sharper):
    level_ground = {"firms__0__decisions__walls": 0.0, "market__needs__spread_between": between, "months": 8}
    function, segment = (
        focal(run_market(formed(form, **level_ground))).belief_precision.iloc[-1] for form in (BY_FUNCTION, BY_SEGMENT)
    )
    assert (segment > function) == sharper


def test_units_of_segments_share_less_of_what_they_learn():
    level_ground = {"firms__0__decisions__walls": 0.0, "months": 8}
    function, segment = (focal(run_market(formed(form, **level_ground))).iloc[-1] for form in (BY_FUNCTION, BY_SEGMENT))
    assert segment.quality < function.quality and segment.unit_cost > function.unit_cost


@pytest.mark.parametrize(("form", "structure"), [(BY_PRODUCT, TEAM_PER_LINE), (BY_SEGMENT, ACCOUNT_OWNERS)])
def test_a_form_brings_its_sales_unless_the_scenario_decides(form, structure):
    usual = Market(formed(form, firms__0__policy="osfa")).run().world.firms[0].plan
    fixed = Market(formed(form, firms__0__decisions__sales_structure=0.0)).run().world.firms[0].plan
    assert (usual.whole_structure, fixed.whole_structure) == (structure, ONE_TEAM)


def test_all_firms_are_by_function_in_the_warm_up():
    market = Market(formed(BY_SEGMENT, market__warm_up=3))
    forms = []
    for _ in range(4):
        market.step()
        forms.append((market.world.month, market.world.firms[0].form.kind))
    assert all((kind == BY_SEGMENT) == (month > 3) for month, kind in forms)


@pytest.mark.parametrize("form", [BY_PRODUCT, BY_SEGMENT])
def test_both_engines_agree_in_every_form(form):
    world = formed(
        form, **TWO_LINES, market__customers=60, mechanisms__sales_calls=True, market__economics__cross_sell=0.5
    )
    assert same(run_market(world), run_market(world, engine="agents"))
