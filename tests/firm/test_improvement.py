"""Preventing, mending causes and designing processes: nothing comes for nothing, and each may fail to pay."""

import numpy as np
import pytest

from sim import Market
from sim.model.firm.operations.improvement import Address, Improvement, cost_of_mending, mend, pays
from sim.model.firm.operations.service_desk import new_desk, work
from sim.model.measures.customers import correlation
from sim.model.measures.whole_run import cost_per_lasting_customer, gini
from tests.support.worlds import focal, run_market, same, same_people, small

ON = {"market__customers": 300, "months": 12}
TROUBLED = {"market__economics__incident_rate": 0.5, "market__temper__tolerance": 0.0}
HERE = Address(7, 3, 11)


def switched(mechanism, **settings):
    """A world without the mechanism and the same world with it."""
    world = small(**(ON | settings))
    return world, world.with_settings({f"mechanisms.{mechanism}": True})


def sums(world, **how):
    return focal(run_market(world, **how)).sum(numeric_only=True)


@pytest.mark.parametrize(
    ("mechanism", "nothing"),
    [
        ("prevention", {"market__prevention__idle_use": 0.0}),
        ("prevention", {"market__prevention__most": 0.0, "market__prevention__experience": 0.0}),
        ("root_causes", {"mechanisms__voice": False}),
        ("root_causes", {"market__causes__worth": 0.0}),
        ("process_design", {f"firms__{k}__decisions__process": 0.5 for k in range(3)}),
        ("process_design", {"market__process__care": 0.0, "market__process__repeats": 0.0}),
    ],
)
def test_without_effect_or_without_use_nothing_moves_by_a_bit(mechanism, nothing):
    off, on = switched(mechanism, **TROUBLED, **nothing)
    assert same(run_market(off), run_market(on))


def test_a_leadership_that_lets_no_voice_in_mends_nothing():
    deaf = {f"firms__{k}__leadership__voice_gain": 0.0 for k in range(3)}
    off, on = switched("root_causes", **TROUBLED, **deaf, mechanisms__hearing=True, market__causes__cost=0.0)
    assert same(run_market(off), run_market(on))


def test_the_louder_customers_are_heard_the_more_is_spent_on_causes():
    _, on = switched("root_causes", **TROUBLED, mechanisms__hearing=True, market__causes__cost=1.0)
    spent = [
        sums(on.with_settings({"firms.0.leadership.voice_gain": gain})).cost_improvement for gain in (0.0, 0.5, 2.0)
    ]
    assert 0.0 == spent[0] < spent[1] < spent[2]


def test_hours_kept_for_preventing_spare_incidents_and_hire_nobody():
    effective = {
        "market__prevention__half": 0.05, "market__prevention__most": 0.9, "market__prevention__idle_use": 0.0,
    }  # fmt: skip
    _, on = switched("prevention", **TROUBLED, **effective)
    none, some = (focal(run_market(on.with_settings({"firms.0.decisions.prevention": kept}))) for kept in (0.0, 0.1))
    assert some.incidents.sum() < 0.9 * none.incidents.sum()
    assert some.improvement_hours.sum() > none.improvement_hours.sum()


def test_hours_kept_for_preventing_what_cannot_be_prevented_only_make_people_wait():
    useless = {"market__prevention__most": 0.0, "market__prevention__experience": 0.0}
    _, on = switched("prevention", **TROUBLED, **useless)
    none, some = (sums(on.with_settings({"firms.0.decisions.prevention": kept})) for kept in (0.0, 0.2))
    assert some.wait_mean > none.wait_mean


def test_a_desk_keeps_hours_out_of_the_same_staff():
    market = small().market
    desk = new_desk(1000.0, 0.8, market)
    heads = desk.heads
    work(desk, 1000.0, 0.0, 0.0, market, True, 0.1)
    assert desk.pressure == pytest.approx(0.8 / 0.9) and desk.heads == heads
    assert desk.kept == pytest.approx(125.0) and desk.idle == pytest.approx(1250.0 - 125.0 - 1000.0)


def test_in_a_crisis_all_hands_cure():
    crisis = {"market__service__crisis_enter": 1.0, "market__service__crisis_leave": 0.5}
    _, on = switched("prevention", **TROUBLED, **crisis, firms__0__decisions__utilisation=1.1)
    months = focal(run_market(on.with_settings({"firms.0.decisions.prevention": 0.2})))
    was_in_crisis = months.crisis.shift(fill_value=0.0) > 0.0
    assert was_in_crisis.sum() > 3
    assert (months.improvement_hours[was_in_crisis & (months.utilisation > 1.0)] == 0.0).all()


def test_a_cause_is_mended_after_its_months_for_its_price_and_comes_back():
    numbers = {"market__causes__mistaken": 0.0, "market__causes__lag": 3, "market__causes__kinds": 1}
    market, state = small(**numbers).market, Improvement()
    paid = []
    for _ in range(4):
        mend(state, 1e6, HERE, market)
        paid.append(cost_of_mending(state, market))
    assert sum(paid[:3]) == pytest.approx(100.0 * market["causes.cost"] * market["size"], abs=3)
    assert state.alive[0] == pytest.approx(1.0 - market["causes.effect"])
    mend(state, 0.0, HERE, market)
    assert 1.0 - market["causes.effect"] < state.alive[0] < 1.0


def test_firms_mend_what_they_believe_to_pay():
    market = small(market__causes__cost=0.5).market
    behind = market["causes.worth"] * market["service.hours"] * market["service.wage"] * market["causes.horizon"]
    enough = 0.5 * market["size"] / behind
    assert pays(1.01 * enough, market) and not pays(0.99 * enough, market)


def test_a_lean_process_is_quick_and_returns():
    _, on = switched("process_design", **TROUBLED, months=24)
    quick, careful = (sums(on.with_settings({"firms.0.decisions.process": p}), seed=3) for p in (0.0, 1.0))
    assert quick.repeat_contacts / quick.incidents > careful.repeat_contacts / careful.incidents


@pytest.mark.parametrize(("care", "repeats", "sign"), [(0.02, 2.0, 1.0), (0.5, 0.0, -1.0)])
def test_the_cheap_process_costs_more_or_less_in_all_as_repeats_weigh(care, repeats, sign):
    fixed = {"market__process__care": care, "market__process__repeats": repeats, "market__service__rework": 0.2}
    _, on = switched("process_design", **TROUBLED, **fixed, months=24)
    quick, careful = (sums(on.with_settings({"firms.0.decisions.process": p})) for p in (0.0, 1.0))
    per_month = quick.cost_service / quick.customers - careful.cost_service / careful.customers
    assert sign * per_month > 0.0


def test_what_was_prevented_and_mended_is_saved_and_forked(tmp_path):
    better = {f"mechanisms__{name}": True for name in ("prevention", "root_causes", "process_design")}
    market = Market(small(**ON, **TROUBLED, **better, market__causes__cost=0.1))
    while market.month < 6:
        market.step()
    market.save(tmp_path / "state.npz")
    forked = market.fork({"market.causes.kinds": 3})
    assert same(Market.load(tmp_path / "state.npz").run(), market.run())
    assert len(forked.run().world.firms[0].improvement.alive) == 3


def test_the_share_that_does_not_pay_is_the_share_with_a_contribution_below_zero():
    market = run_market(small(**ON, **TROUBLED))
    people, months = market.world.people, market.monthly()
    for seat, firm in enumerate(market.world.firms):
        own = people.supplier == seat
        last = months[months.firm == firm.name].iloc[-1]
        assert last.share_unprofitable == (people.contribution[own, seat] < 0).mean() > 0.0
        met = (people.fit[own] > 0.5) & (people.contribution[own, seat] > 0)
        assert last.share_met_at_profit == met.mean()


def test_correlation_from_sums_is_that_of_the_numbers():
    rng = np.random.default_rng(5)
    one = rng.normal(size=200)
    two = one + rng.normal(size=200)
    sums_of = (200.0, one.sum(), (one**2).sum(), two.sum(), (two**2).sum(), (one * two).sum())
    assert correlation(*map(np.atleast_1d, sums_of))[0] == pytest.approx(np.corrcoef(one, two)[0, 1])


def test_service_by_value_goes_to_those_who_spend_much():
    tight = {
        "market__customers": 600, "months": 12, "market__economics__incident_rate": 1.0,
        "market__service__giving_up": 0.0, "market__belief__value_error": 0.0, "mechanisms__morale": False,
        "firms__0__decisions__utilisation": 1.1,
    }  # fmt: skip
    even, by_value = (
        focal(run_market(small(**tight, firms__0__decisions__priority=priority))).allocation_correlation.mean()
        for priority in (0.0, 1.0)
    )
    assert by_value > even + 0.02


def test_without_a_weight_of_price_there_is_no_surplus_in_money():
    assert (run_market(small(mechanisms__price_response=False)).monthly().customer_surplus == 0.0).all()


def test_concentration_is_the_sum_of_squared_shares_and_the_same_for_all():
    months = run_market(small()).monthly()
    squared = months.groupby("month").market_share.apply(lambda shares: (shares**2).sum())
    assert np.allclose(months.concentration, squared[months.month])


def test_measuring_changes_nobody():
    assert same_people(run_market(small()), run_market(small()))
    assert gini(np.array([1.0, 3.0])) == 0.25
    assert np.isnan(cost_per_lasting_customer(np.ones(30), np.array([3.0]), 1.0))
