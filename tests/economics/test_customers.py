"""Loyalty, attrition and the face that a market shows in surveys."""

import numpy as np
import pytest

from tests.support.economics import CONTRACTS, WORLDS, finding, margin, of, shipped, year_of
from tests.support.economics import hazards_of_joiners as hazards

NPS = (-20.0, 50.0)
PROMOTERS = (0.10, 0.60)  # of the mobile market: 38 % promoters, 24 % detractors
COMPLAINED = (0.15, 0.60)  # of those who left; 40 % in the UCI Iranian churn data


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTRACTS)
@finding(4, "customers do not differ in loyalty")
def test_retention_rises_with_tenure(name):
    """Those who stay are those who would stay: yearly retention rises from .87 to .93 in five years (Fader, Hardie
    2007); so the hazard of leaving falls by at least a fifth from the first year to the fourth."""
    by_year = hazards(shipped(name, 4000))
    assert by_year[3] < 0.8 * by_year[0]


@pytest.mark.parametrize("name", [pytest.param(name, marks=finding(11, "no promoters")) for name in WORLDS])
def test_the_net_promoter_score_is_that_of_a_market(name):
    """Industry means lie between -20 and +50 (assumed); a mobile market's file has 38 - 24 = 14."""
    table = year_of(name)
    assert NPS[0] <= np.average(table.nps, weights=table.customers) <= NPS[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["b2b", *(pytest.param(name, marks=finding(11, "most leave in silence")) for name in ("telecom", "commodity"))],
)
def test_some_of_those_who_leave_had_complained(name):
    """Between 15 and 60 %: 40.4 % of churners of an Iranian operator had (UCI Iranian churn data, own count)."""
    table = year_of(name, 2000, 36)
    share = table.losses_complained.sum() / table.losses_voluntary.sum()
    assert COMPLAINED[0] <= share <= COMPLAINED[1]


@finding(11, "a grocer earns 20 to 32 % of revenue")
def test_a_grocer_earns_a_few_percent_of_revenue():
    """One to five percent (net profit of US supermarkets is 1 to 3 %, Food Marketing Institute)."""
    assert 0.0 < margin(year_of("grocery")) < 0.05


@finding(11, "grocers spend 7 % of revenue on research")
def test_a_grocer_spends_next_to_nothing_on_research():
    """Below 1 % of revenue (assumed: retailers report next to none)."""
    table = of(year_of("grocery"), "west")
    assert table.cost_research.sum() / table.revenue.sum() < 0.01


@pytest.mark.parametrize("name", WORLDS)
def test_attrition_has_one_number(name):
    """The share of the customers of a year ago who are gone: never above one, and the same number in every table:
    `attrition_annual` of a run at the end of the year and `attrition` of a comparison."""
    from sim.experiments.yearly import of_year

    table = of(year_of(name))
    assert 0.0 <= of_year("attrition", table) == table.attrition_annual.iloc[-1] <= 1.0
