"""Conduct: what reactive and adaptive firms move, by how much, and what they leave alone."""

import pytest

from sim import Market
from sim.model.firm.adaptive_conduct import (
    PROFIT,
    Quarter,
    adapt,
    believed_best,
    imitation,
    learn,
    place,
    slope,
    usual_price,
)
from sim.model.firm.conduct import Conduct, MonthOfBooks, Posted, matching, moved, pass_on
from sim.model.firm.operations.improvement import Address
from sim.parameters import BadInput, Scenario
from sim.parameters.conduct import ADAPTED
from sim.parameters.decisions import RANGES, SEARCH_RANGES
from sim.policies import Plan
from tests.support.worlds import run_market, same, small

NUMBERS = Scenario.load("telecom").market
PARTS = {"rivals.price_match": 0.4, "rivals.promotion_match": 0.2}
COST = NUMBERS["rivals.usual_cost"]
QUARTER = Quarter(ADAPTED, Plan(), Plan(), 36.0, COST, Address(1, 3, 7), NUMBERS)


def rival(key=2, customers=100.0, earns=0.0, **decisions):
    return Posted(key, customers, earns, Plan(**decisions))


def quarter_of(profit, customers=100.0):
    return [MonthOfBooks(profit, 100.0, 20.0, customers, 1.0, customers)] * 3


def test_a_reactive_firm_follows_the_part_matched_of_the_distance_to_its_rivals_weighted_by_customers():
    rivals = [rival(customers=100.0, price=0.8), rival(3, customers=300.0, price=1.2)]
    mean = (100.0 * 0.8 + 300.0 * 1.2) / 400.0
    assert matching(Plan(price=1.0), rivals, PARTS)["price"] == pytest.approx(0.4 * (mean - 1.0))


@pytest.mark.parametrize("decision", ["newcomer_discount", "retention_discount"])
def test_a_reactive_firm_follows_discounts(decision):
    shift = matching(Plan(), [rival(**{decision: 0.3})], PARTS)[decision]
    assert shift == pytest.approx(0.2 * 0.3)


def test_firms_of_one_plan_do_not_move_at_all():
    plan = {"price": 1.07, "newcomer_discount": 0.13, "retention_discount": 0.07}
    rivals = [rival(customers=101.7, **plan), rival(3, customers=33.1, **plan)]
    assert set(matching(Plan(**plan), rivals, PARTS).values()) == {0.0}


def test_the_seats_of_rivals_do_not_matter():
    rivals = [rival(k, 10.0 / k, price=0.7 + 0.1 * k) for k in range(1, 7)]
    assert matching(Plan(), rivals, PARTS) == matching(Plan(), rivals[::-1], PARTS)


def test_rivals_without_customers_are_not_followed():
    assert matching(Plan(), [rival(customers=0.0, price=0.5)], PARTS) == {}


def test_the_price_follows_part_of_what_unit_cost_has_changed():
    conduct = Conduct()
    for cost in (0.45, 0.35):
        pass_on(conduct, cost, {"rivals.pass_through": 0.6})
    assert moved(Plan(price=1.0), conduct).price == pytest.approx(1.0 - 0.6 * 0.1)


@pytest.mark.parametrize("end", [0, 1])
def test_no_decision_leaves_its_range(end):
    plan = moved(Plan(), Conduct(shifts=dict.fromkeys(ADAPTED, (-9.0, 9.0)[end])))
    assert [getattr(plan, name) for name in ADAPTED] == [RANGES[name][end] for name in ADAPTED]


def books_of(response, quarters=200, **rest):
    """What a firm has learned whose price goes up and down by a tenth of the range, and its profit with it."""
    conduct = Conduct()
    low, high = SEARCH_RANGES["price"]
    for quarter in range(quarters):
        step = 0.1 * (-1) ** (quarter // 4)
        conduct.months.extend(quarter_of(20.0 + 100.0 * response * step))
        learn(conduct, Plan(price=1.0 + step * (high - low)), QUARTER._replace(**rest))
    return conduct


@pytest.mark.parametrize("response", [-0.5, 0.0, 0.5])
def test_a_firm_learns_how_its_profit_goes_with_its_price(response):
    """Little evidence is trusted little, so what is learned lies between nothing and the truth."""
    learned = slope(books_of(response), "price", NUMBERS)
    assert learned == pytest.approx(response, rel=0.75, abs=1e-9) and abs(learned) <= abs(response)


def test_more_books_are_trusted_more():
    few, many = (slope(books_of(0.5, quarters), "price", NUMBERS) for quarters in (8, 80))
    assert 0.0 < few < many < 0.5


def test_what_was_never_varied_is_left_as_is_usual():
    assert believed_best(books_of(0.5), "marketing", QUARTER) == place("marketing", Plan())


def test_what_paid_is_believed_better_than_what_is_usual():
    best = believed_best(books_of(0.5), "price", QUARTER)
    assert best == place("price", Plan()) + NUMBERS["rivals.response"] * slope(books_of(0.5), "price", NUMBERS)


@pytest.mark.parametrize("dearer", [-0.05, 0.1])
def test_what_is_usual_is_an_addition_to_unit_cost_and_not_a_price(dearer):
    assert usual_price(Conduct(), QUARTER._replace(unit_cost=COST + dearer)) == pytest.approx(1.0 + dearer)


@pytest.mark.parametrize("usual_cost", [0.0, 0.3])
def test_a_change_of_unit_cost_is_passed_on_once(usual_cost):
    """What was passed on at once stands beside what is believed best."""
    conduct, numbers = Conduct(), NUMBERS | {"rivals.usual_cost": usual_cost}
    for cost in (0.3, 0.4):
        pass_on(conduct, cost, numbers)
    usual = usual_price(conduct, QUARTER._replace(unit_cost=0.4, market=numbers))
    assert usual + conduct.passed_on == pytest.approx(1.0 + 0.1)


def test_a_firm_compares_with_what_it_was_used_to_over_its_horizon():
    conduct = books_of(0.0, quarters=1)
    conduct.months.extend(quarter_of(32.0))
    learn(conduct, Plan(), QUARTER._replace(horizon=36.0))
    assert conduct.usual[PROFIT] == pytest.approx(0.2 + (0.32 - 0.2) * 3.0 / 36.0)


def after_a_quarter(profit):
    conduct, own = Conduct(), rival(7)
    conduct.months.extend(quarter_of(profit))
    adapt(conduct, own, [], QUARTER)
    return conduct


def test_every_decision_is_tried_on_one_side_while_there_is_a_profit():
    conduct = after_a_quarter(10.0)
    low, high = SEARCH_RANGES["price"]
    assert set(conduct.shifts) == set(ADAPTED)
    assert abs(conduct.shifts["price"]) == pytest.approx(NUMBERS["rivals.step"] * (high - low))


def test_a_firm_that_loses_money_tries_nothing():
    shifts = after_a_quarter(-10.0).shifts
    assert shifts == pytest.approx(dict.fromkeys(ADAPTED, 0.0))


@pytest.mark.parametrize(("profit", "part"), [(10.0, NUMBERS["rivals.pace"]), (-10.0, 1.0)])
def test_a_firm_that_loses_money_goes_at_once_where_others_go_in_part(profit, part):
    """Retrenchment: Robbins and Pearce (1992)."""
    conduct, low = Conduct(), Plan(price=0.98)
    conduct.months.extend(quarter_of(profit))
    adapt(conduct, rival(7, price=0.98), [], QUARTER)
    assert conduct.stands["price"] - place("price", low) == pytest.approx(
        part * (place("price", Plan()) - place("price", low))
    )


def test_no_step_is_larger_than_the_largest():
    conduct = Conduct()
    conduct.months.extend(quarter_of(-10.0))
    adapt(conduct, rival(7, price=2.0), [], QUARTER)
    assert conduct.stands["price"] == pytest.approx(place("price", Plan(price=2.0)) - NUMBERS["rivals.step"])


def test_a_firm_imitates_who_earns_more_and_nobody_else():
    own, richer, poorer = rival(1, earns=0.1, price=1.0), rival(2, earns=0.2, price=1.2), rival(3, earns=0.0, price=0.5)
    now, goal = place("price", Plan()), place("price", richer.plan)
    assert imitation("price", now, own, [richer, poorer], NUMBERS) == pytest.approx(
        NUMBERS["rivals.imitation"] * (goal - now)
    )
    assert imitation("price", now, own, [poorer], NUMBERS) == 0.0


def test_two_rivals_who_earn_the_same_count_by_their_mean():
    richest = [rival(2, earns=0.2, price=1.1), rival(3, earns=0.2, price=1.3)]
    now, goal = place("price", Plan()), place("price", Plan(price=1.2))
    assert imitation("price", now, rival(1), richest, NUMBERS) == pytest.approx(
        NUMBERS["rivals.imitation"] * (goal - now)
    )


LONG = {"months": 15, "market__customers": 200, "market__size": 2000}


def listed(market, firm):
    months = market.monthly()
    return months[months.firm == firm].price.to_numpy()


@pytest.mark.parametrize("kind", ["reactive", "adaptive"])
def test_a_decision_that_the_scenario_fixes_is_posted_as_it_is(kind):
    market = run_market(small(**LONG, market__conduct=kind, firms__1__decisions__price=0.8))
    assert set(listed(market, "south")) == {0.8}


def test_under_fixed_conduct_firms_carry_out_their_plans():
    world = small(**LONG, market__conduct="fixed", firms__0__decisions__price=0.8)
    assert set(listed(run_market(world), "west")) == {1.0}


def test_fixed_conduct_is_the_mechanism_off():
    fixed = run_market(small(**LONG, market__conduct="fixed"))
    assert same(fixed, run_market(small(**LONG, mechanisms__conduct=False)))


def answers_of_west(walls):
    """List prices of a firm whose rival is cheaper from the start, and is reported exactly and at once."""
    cheaper = {
        "firms__0__decisions__price": 0.8,
        "firms__2__decisions__walls": walls,
        "market__organisation__report_months": 12,
    }
    exact = {f"mechanisms__{name}": False for name in ("experience_curve", "own_lines", "facts")}
    return listed(run_market(small(**LONG | {"months": 16}, **cheaper, **exact)), "west")


def test_rivals_answer_with_a_lag_of_a_quarter():
    prices = answers_of_west(walls=0.0)
    assert (prices[:3] == 1.0).all() and prices[3] < 1.0


def test_a_firm_whose_walls_hide_what_sales_sees_answers_after_the_yearly_report():
    prices = answers_of_west(walls=0.9)
    assert (prices[:12] == 1.0).all() and prices[12] < 1.0


@pytest.mark.long
@pytest.mark.parametrize("kind", ["fixed", "reactive", "adaptive"])
def test_both_engines_agree_under_each_conduct(kind):
    world = small(**LONG | {"market__customers": 60}, market__conduct=kind)
    assert same(run_market(world, engine="agents"), run_market(world))


@pytest.mark.parametrize("kind", ["reactive", "adaptive"])
def test_a_saved_market_goes_on_as_if_it_had_not_stopped(kind, tmp_path):
    world = small(**LONG, market__conduct=kind)
    stopped = Market(world)
    while stopped.month < 8:
        stopped.step()
    stopped.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), run_market(world))


@pytest.mark.parametrize("kind", ["reactive", "adaptive"])
def test_seats_move_nothing_under_conduct(kind):
    world = small(**LONG, market__conduct=kind)
    contents = world.as_mapping()
    turned = Scenario.from_mapping(contents | {"firms": contents["firms"][::-1]})
    one, other = run_market(world), run_market(turned)
    assert all((listed(one, name) == listed(other, name)).all() for name in ("north", "south", "west"))


def test_under_adaptive_conduct_the_leadership_moves_nothing():
    world = small(**LONG, market__conduct="adaptive", mechanisms__leadership=True)
    assert (run_market(world).monthly()[["leadership_price", "leadership_staff"]] == 0.0).all(axis=None)


def test_an_unknown_conduct_is_refused_with_what_is_allowed():
    with pytest.raises(BadInput, match="market.conduct is 'reactiv'; allowed are fixed, reactive, adaptive"):
        small(market__conduct="reactiv")
