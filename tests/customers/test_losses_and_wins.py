"""Who is lost and why, who is won and by what, and what became of the customers of a year ago."""

import numpy as np
import pytest

from sim import Market
from sim.experiments.yearly import yearly
from sim.model.measures import MEASURES
from tests.support.worlds import focal, run_market, small

WORLDS = ("telecom", "b2b", "grocery", "cdnow")
LOST = [one.name for one in MEASURES if one.name.startswith("lost_")]
WON = [one.name for one in MEASURES if one.name.startswith("won_")]
BUSY = {"market__customers": 400, "market__size": 4000, "months": 30, "market__death": 0.01}


@pytest.fixture(scope="module", params=WORLDS)
def months(request):
    return run_market(small(request.param, **BUSY)).monthly()


def test_each_loss_has_one_reason(months):
    assert months.losses.sum() > 0 and (months[LOST].sum(axis=1) == months.losses).all()


def test_each_win_has_one_source(months):
    assert months.gross_adds.sum() > 0 and (months[WON].sum(axis=1) == months.gross_adds).all()


def test_the_annual_loss_is_a_share(months):
    assert months.attrition_annual.between(0.0, 1.0).all()


def test_customers_move_by_wins_losses_and_lapses(months):
    for _, firm in months.groupby("firm"):
        flow = firm.customers.shift(1) + firm.gross_adds - firm.losses - firm.lapsed
        assert (flow.iloc[1:] == firm.customers.iloc[1:]).all()


def suppliers_by_month(scenario):
    """Supplier of the person at each place at the end of each month; another number for each person."""
    market, seen = Market(scenario), []
    while market.month < scenario.months:
        market.advance()
        people = market.world.people
        seen.append(np.where(people.supplier >= 0, people.supplier + 10 * people.generation.astype(int), -1))
    return market, np.array(seen)


def test_the_annual_loss_counts_the_customers_of_a_year_ago_one_by_one():
    market, seen = suppliers_by_month(small(**BUSY | {"market__warm_up": 1, "months": 30}))
    found = focal(market).attrition_annual.to_numpy()
    for month in range(13, 31):  # row `month` of seen is the end of recorded month `month`, row 0 that of the warm-up
        then = np.flatnonzero(seen[month - 12] % 10 == 0)
        stayed = (seen[month - 12 : month + 1, then] == seen[month - 12, then]).all(axis=0)
        assert found[month - 1] <= 1.0 - stayed.mean() + 1e-12 or stayed.mean() == 1.0
        assert found[month - 1] == pytest.approx(1.0 - stayed.mean(), abs=0.02)


def test_a_comparison_shows_the_number_of_the_monthly_table(months):
    firm = months[months.firm == "north"]
    values = yearly(firm, 0.01).set_index(["measure", "year"])["value"]
    assert values["attrition", 2] == firm.attrition_annual.iloc[23]
    assert 0.0 <= values["attrition_voluntary", 2] <= values["attrition", 2]
