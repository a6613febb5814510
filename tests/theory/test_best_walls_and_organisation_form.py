"""Which wall height and which form of organisation pays best depends on the world: none is best everywhere."""

import numpy as np
import pytest

from sim.statistics.intervals import students_interval
from tests.support.worlds import focal, run_market, small

pytestmark = pytest.mark.slow
DEBTS = {
    "mechanisms__invoices": True, "market__temper__payment_reliability": 0.6, "market__temper__payment_spread": 1.5,
    "market__credit__ledger_error": 0.0, "market__credit__posting_delay": 0.0, "market__credit__recovery": 0.0,
    "firms__0__decisions__hold_after": 3.0, "firms__0__decisions__reminders": 0.0,
}  # fmt: skip
SPECIALISTS = {"market__service__specialisation": 0.6, "market__organisation__link_cost": 10.0}  # joining up is dear
NO_USE_OF_WALLS = {f"mechanisms__{name}": False for name in ("specialisation", "link_costs", "meetings")}
APART = {
    "firms__0__policy": "customer_centric", "market__needs__spread_between": 1.0, "market__needs__spread": 1.5,
    "market__organisation__segment_signal": 2.0, "market__organisation__shared_learning": 1.0,
    "market__economics__cross_sell": 0.1, "market__service__complexity": 0.0,
}  # fmt: skip
HEIGHTS = (0.0, 0.49, 1.0)
SAMPLED = 6
FRESH = 100  # first replicate; worlds were chosen after looking at those below it


def profits(months, customers, replications=8, **settings):
    world = {"market__customers": customers, "market__size": 10 * customers, "market__warm_up": 24, "months": months}
    scenario = small(**(world | {"firms__0__policy": "osfa"} | settings))
    return np.array([focal(run_market(scenario, replicate=FRESH + k)).profit.sum() for k in range(replications)])


def by_height(**settings):
    return {height: profits(48, 600, **settings, firms__0__decisions__walls=height) for height in HEIGHTS}


def test_the_best_wall_may_be_neither_none_nor_full():
    worth = by_height(**DEBTS, **SPECIALISTS)
    assert all(students_interval(worth[0.49] - worth[end])[0] > 0.0 for end in (0.0, 1.0))


@pytest.mark.parametrize("world", range(SAMPLED))
def test_without_specialists_and_links_to_pay_for_no_sampled_world_prefers_walls(world):
    draw = np.random.default_rng(world)
    sampled = {
        "market__needs__spread": draw.uniform(0.3, 1.5), "market__service__handoff_need": draw.uniform(0.1, 0.5),
        "market__economics__incident_rate": draw.uniform(0.06, 0.2),
        "market__belief__wall_loss": draw.uniform(0.0, 1.0),
        "firms__0__policy": str(draw.choice(["osfa", "product_centric", "customer_centric"])),
    }  # fmt: skip
    worth = by_height(**NO_USE_OF_WALLS, **sampled)
    for height in HEIGHTS[1:]:
        more = worth[height] - worth[0.0]
        assert students_interval(more)[0] <= 0.0


@pytest.mark.parametrize(("best", "world"), [(0, SPECIALISTS), (1, {}), (2, APART)])
def test_each_form_of_organisation_is_best_in_some_world(best, world):
    two = {"firms__0__decisions__lines": 2.0, "firms__0__decisions__walls": 0.6, "mechanisms__organisation_form": True}
    worth = [
        profits(60, 800, **{**two, "market__size": 10_000, **world}, firms__0__organisation__form=float(form))
        for form in range(3)
    ]
    others = [form for form in range(3) if form != best]
    assert all(students_interval(worth[best] - worth[form])[0] > 0.0 for form in others)
