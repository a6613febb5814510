"""What must never matter: seats, firms out of reach, the number of agents; and firms that are alike stay alike."""

import numpy as np
import pytest
from scipy import stats

from sim.parameters import Scenario
from tests.support.worlds import run_market, small

CLOSE = 1e-4  # false-alarm rate of each statistical test here


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_the_order_of_firms_in_the_list_does_not_matter(name):
    scenario = small(name, months=12)
    mapping = scenario.as_mapping()
    mapping["firms"] = mapping["firms"][::-1]
    turned = Scenario.from_mapping(mapping)
    one, other = (run_market(world).monthly().set_index(["firm", "month"]).sort_index() for world in (scenario, turned))
    assert one.equals(other)


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_a_firm_out_of_reach_moves_nobody(name):
    scenario = small(name, months=12)
    mapping = scenario.as_mapping()
    unknown = {"start_share": 0.0, "awareness": 0.0, "quality": 0.0}
    ghost = {"name": "ghost", "policy": "osfa", "offers": unknown, "decisions": {"marketing": 0.0}}
    mapping["firms"].append(ghost)
    # the warm-up gives every firm the same neutral marketing, so the ghost is only out of reach without one
    mapping["market"]["warm_up"] = 0.0
    alone = scenario.with_settings({"market.warm_up": 0})
    one, other = run_market(alone), run_market(Scenario.from_mapping(mapping))
    assert one.world.people.person.tobytes() == other.world.people.person.tobytes()
    assert one.monthly().equals(other.monthly().query("firm != 'ghost'").reset_index(drop=True))


def alike(name, **settings):
    world = Scenario.load(name)
    policies = {f"firms.{firm.name}.policy": "osfa" for firm in world.firms}
    return world.with_settings({"market.customers": 3000, "months": 36, "market.warm_up": 6} | policies | settings)


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery", "commodity", "cdnow", "b2b"])
def test_firms_that_are_alike_share_the_market_alike(name):
    """Mean share of one firm over eight worlds is a third, by a t test."""
    shares = []
    for replicate in range(8):
        table = run_market(alike(name, **{"market.customers": 1000}), replicate=replicate).monthly()
        shares.append(table[(table.firm == "north") & (table.month == 36)].market_share.iloc[0])
    assert stats.ttest_1samp(shares, 1.0 / 3.0).pvalue > CLOSE


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery", "b2b"])
def test_four_times_the_agents_give_the_same_answer(name):
    """Six worlds of each size; t tests on what a person pays and feels."""
    seen = {}
    for customers in (500, 2000):
        worlds = [run_market(alike(name, **{"market.customers": customers}), replicate=k).monthly() for k in range(6)]
        seen[customers] = np.array(
            [[w.revenue.sum(), w.satisfaction_mean.mean(), w.utilisation.mean()] for w in worlds]
        )
    assert (stats.ttest_ind(seen[500], seen[2000], equal_var=False).pvalue > CLOSE).all()
