"""What departments know of figures that others keep, of customers' spending, and of what people want."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.model.customers.customer_selection import expected_margin
from sim.model.firm.conduct import Posted
from sim.model.firm.execution import Feedback, research_by, staffing_by
from sim.model.firm.organisation.figures import (
    Channel,
    Figure,
    FigureMemory,
    books_seen_by,
    feedback_seen,
    figure_as_known,
)
from sim.model.firm.organisation.reporting import pace
from sim.model.firm.organisation.walls import level
from sim.model.firm.rivals import rivals_as_known
from sim.model.market_research import luck_of_sample, own_sample
from sim.model.month import make_offers
from sim.policies import Plan
from tests.support.worlds import context_of, focal, owing, run_market, same, small

MARKET = dict(small().market)
FIGURE = Figure("customers", "marketing", "service", "customers", 0)
share = st.floats(0.0, 1.0)


def channel(walls=0.0, since=0, exact=True, **numbers):
    market = MARKET | {key.replace("__", "."): value for key, value in numbers.items()}
    return Channel(level(walls), 0.5, since, 1, 7, market, exact)


def known(figures, **how):
    """What the reader knows of a figure in one month after another."""
    memory = FigureMemory()
    return [figure_as_known(memory, FIGURE, now, channel(since=since, **how)) for since, now in enumerate(figures)]


def test_through_an_open_wall_an_exact_figure_is_what_it_is():
    assert known([3.0, 5.0, 4.0], walls=0.49) == [3.0, 5.0, 4.0]


def test_behind_a_wall_that_hides_it_a_figure_is_that_of_the_last_report():
    assert known([3.0, 5.0, 4.0, 6.0, 7.0], walls=0.5, organisation__report_months=3.0) == [3.0, 3.0, 3.0, 6.0, 6.0]


def test_who_keeps_a_figure_knows_it_whatever_the_walls():
    own = FIGURE._replace(reader="marketing")
    assert figure_as_known(FigureMemory({}, {"customers": 1.0}), own, 9.0, channel(1.0, 5, exact=False)) == 9.0


def test_a_reported_figure_is_late_by_the_lag_of_its_class():
    late = known([3.0, 5.0, 5.0], exact=False, facts__customers_error=0.0, facts__customers_lag=2.0)
    part = pace(2.0)
    assert late == pytest.approx([3.0, 5.0 - 2.0 * (1.0 - part), 5.0 - 2.0 * (1.0 - part) ** 2])


def test_a_reported_figure_errs_by_the_error_of_its_class():
    told = np.array(known([100.0] * 2000, exact=False, facts__customers_error=0.05))
    assert told.std() == pytest.approx(5.0, rel=4.5 / np.sqrt(2 * 2000))


def test_each_rivals_prices_come_with_an_error_of_their_own():
    plan = Plan(price=1.0, retention_discount=0.1)
    rivals = [Posted(key, 10.0, 0.0, plan) for key in (2, 3)]
    seen = rivals_as_known(FigureMemory(), rivals, channel(exact=False, facts__rivals_error=0.1))
    assert len({one.plan.price for one in seen} | {1.0}) == 3
    assert all(one.plan.retention_discount == 0.1 for one in seen)


def test_figures_as_they_are_carry_out_the_plan_as_it_is():
    feedback = Feedback(0.3, 0.4, 0.07)
    assert staffing_by(71.3, 71.3, 0.37) == research_by(feedback, feedback, 0.37) == 1.0


@given(share, share, share, share, share)
def test_research_that_serves_is_between_none_and_all(first, second, credits, other, part):
    one, two = Feedback(first, (1.0 - first) * second, credits), Feedback(other, (1.0 - other) * first, second)
    assert 0.0 <= research_by(one, two, part) <= 1.0


def test_a_desk_that_knows_of_fewer_customers_than_there_are_plans_fewer_hours():
    assert staffing_by(50.0, 100.0, 0.5) == 1.0 - 0.5 * (1.0 - 50.0 / 100.0)


@pytest.mark.parametrize(("height", "seen"), [(0.49, 1.0), (0.5, 0.0)])
def test_walls_that_hide_take_books_and_feedback(height, seen):
    walls = level(height)
    assert [books_seen_by(name, walls, 0.5) for name in ("marketing", "service")] == [seen, seen]
    assert feedback_seen(walls, 0.5) == seen


def error_of_means(people, asked, firms=300):
    """Standard deviation over firms of the mean of their own samples, of people who differ by 1."""
    stated = np.random.default_rng(people).normal(size=(people, 4))
    stated /= stated.std(axis=0)
    there = np.ones(people, np.bool_)
    means = [own_sample(stated, there, luck_of_sample(1, 0, firm, asked))[:, 0].mean() for firm in range(1, firms + 1)]
    return float(np.std(means))


@pytest.mark.parametrize("people", [50, 2000])
@pytest.mark.parametrize("asked", [25, 400])
def test_the_error_of_market_research_follows_from_who_is_asked_and_not_from_how_many_agents_there_are(people, asked):
    assert error_of_means(people, asked) == pytest.approx(asked**-0.5, rel=4.5 / np.sqrt(2 * 300))


def test_nobody_is_asked_in_an_empty_place():
    stated, there = np.array([[1.0] * 4, [2.0] * 4]), np.array([False, True, False, True])
    asked = own_sample(stated, there, luck_of_sample(1, 0, 3, 500))
    assert 150 < len(asked) < 350 and set(asked[:, 0]) == {1.0, 2.0}


def test_product_gets_the_research_of_last_year_where_a_wall_hides_marketings():
    market = Market(small(months=24))
    key, before = market.world.firms[0].key, None
    for _ in range(14):
        market.step()
        now = market.world.lines_at(key, 2, False)
        if before is not None and not np.array_equal(now, before):
            assert np.array_equal(market.world.lines_at(key, 2, True), before)
            return
        before = now
    pytest.fail("lines never moved")


def test_a_change_of_seats_moves_nobodys_sample():
    world = small(months=1)
    turned = dataclasses.replace(world, firms=world.firms[::-1])
    usual, other = (Market(one).run().world.samples for one in (world, turned))
    assert all(np.array_equal(usual[key][0], other[key][0]) for key in usual)


def intelligence(**settings):
    return focal(run_market(small(**settings))).cost_intelligence


def test_market_research_costs_each_interview():
    few, many = (
        intelligence(firms__0__decisions__survey_size=size, mechanisms__belief_learning=False) for size in (12.0, 120.0)
    )
    assert few.to_numpy() == pytest.approx(12.0 / 12.0 * MARKET["marketing.interview_cost"])
    assert many.to_numpy() == pytest.approx(10.0 * few.to_numpy())


def test_data_costs_for_each_person_who_is_no_customer():
    alone = {"mechanisms__belief_learning": False, "mechanisms__market_research": False}
    world = small(**alone, firms__0__decisions__prospect_data=0.4)
    months = focal(run_market(world))
    price, people = MARKET["marketing.data_cost"], world.market["size"]
    assert months.cost_intelligence.to_numpy() == pytest.approx(0.4 * price * (people - months.customers), abs=0.01)


def test_without_own_market_research_all_firms_stand_where_one_sample_says():
    world = Market(small(months=1, mechanisms__market_research=False)).run().world
    first, *others = (world.lines_at(firm.key, 2, firm.key % 2 == 0) for firm in world.firms)
    assert all(np.array_equal(first, other) for other in others)


@pytest.mark.parametrize("seen", [True, False])
def test_an_account_in_arrears_counts_as_unpaid_where_sales_sees_the_ledger(seen):
    world = Market(owing(mechanisms__selection=True, hold_after=1.0, walls=0.0 if seen else 0.9)).run()
    place = int(np.flatnonzero(world.world.people.supplier == 0)[0])
    me = context_of(world, place, make_offers(world.world))
    me.person.owed, me.person.owed_since = 100, 0
    margin = expected_margin(me, 0)
    me.person.owed = 0
    assert (margin < expected_margin(me, 0)) == seen


SEEING = {"firms__0__policy": "customer_centric", "firms__0__decisions__prospect_data": 0.5, "market__customers": 60}


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_both_engines_agree(name):
    world = small(name, **SEEING, months=14)
    assert same(run_market(world), run_market(world, engine="agents"))


def test_a_saved_world_goes_on_with_its_samples_and_figures(tmp_path):
    world = small(**SEEING, months=16)
    stopped = Market(world)
    for _ in range(5):
        stopped.step()
    stopped.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), run_market(world))
