"""Sight binds: what departments see, and when, moves what customers get, in the worlds as they ship."""

import numpy as np
import pytest

from sim import Market
from tests.support.economics import WORLDS, shipped, year_of, years

FACTORS_OF_SIGHT = ("walls_hide", "facts")
LOSSES = ("attrition_annual", "losses", "dropout_annual")  # contracts lose customers, repertoires lapse or drop out
MONTHS = 36


@pytest.mark.parametrize("mechanism", FACTORS_OF_SIGHT)
@pytest.mark.parametrize("name", WORLDS)
def test_switching_sight_moves_what_customers_get(name, mechanism):
    """Facts that are hidden or late cannot matter unless somebody would have used them (Galbraith 1973)."""
    as_shipped = year_of(name, 300, MONTHS)
    seen = years(shipped(name, 300, months=MONTHS, **{f"mechanisms__{mechanism}": False}))
    moved = {outcome for outcome in (*LOSSES, "satisfaction_mean") if (seen[outcome] != as_shipped[outcome]).any()}
    assert "satisfaction_mean" in moved and moved & {*LOSSES}


@pytest.mark.parametrize("name", WORLDS)
def test_figures_by_which_departments_plan_are_not_read_where_all_is_seen_as_it_is(name):
    """The null case: the share of decisions that is planned by known figures cannot matter where these are the true."""
    open_ = {"mechanisms__walls_hide": False, "mechanisms__facts": False, "months": 14}
    numbers = ("service__planned_by_figures", "product__research_aim", "belief__feedback")
    none, whole = (years(shipped(name, 100, **open_, **{f"market__{one}": part for one in numbers})) for part in (0, 1))
    assert none.equals(whole)


def reached(**settings):
    """Standing of people who never bought from the first firm, and whether its targeted marketing then reached them."""
    usual = {
        "firms__0__decisions__targeting": 1.0,
        "firms__0__decisions__marketing": 0.02,
        "firms__0__decisions__walls": 0.0,
        "months": 3,
    }
    market = Market(shipped("telecom", 6000, **(usual | settings)))
    for _ in range(market.world.warm_up + 1):
        market.advance()
    world = market.world
    never = (world.people.last_purchase[:, 0] == -1) & (world.people.person["present"] == 1)
    market.advance()
    return world.people.standing[never], world.people.contacted[never, 0]


def z_of_correlation(pair):
    """Correlation in standard errors of one that is zero."""
    return np.corrcoef(*pair)[0, 1] * np.sqrt(len(pair[0]))


def test_targeting_does_not_know_what_people_spend_who_never_were_customers():
    assert abs(z_of_correlation(reached())) < 4.0


def test_targeting_knows_it_of_those_on_whom_data_was_bought():
    assert z_of_correlation(reached(firms__0__decisions__prospect_data=1.0)) > 6.0


def test_without_books_of_its_own_a_firm_would_know_it_of_everybody():
    assert z_of_correlation(reached(mechanisms__own_books=False)) > 6.0


@pytest.mark.parametrize("name", WORLDS)
def test_rivals_lines_do_not_stand_on_the_same_points(name):
    market = Market(shipped(name, 300, months=1)).run()
    places = [market.world.lines_at(firm.key, 2, False) for firm in market.world.firms]
    assert all(not np.array_equal(one, other) for k, one in enumerate(places) for other in places[:k])
