"""Leadership: what it hears against what is true, and what it chooses by its own forecast."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.model.counts import by_firm, no_counts
from sim.model.firm.decide import RANGES
from sim.model.firm.leadership.forecast import BELIEFS, Books, Stance, forecast, menu, weights
from sim.model.firm.leadership.hearing import Hearing, estimate, hear, pass_on
from sim.model.firm.leadership.options import Leadership, apply_stance, lead, missed_target
from sim.policies import Plan
from tests.support.worlds import run_market, same, small

share = st.floats(0.0, 1.0)
BOTH = {"mechanisms.hearing": True, "mechanisms.leadership": True}
OPEN = {
    "market.temper.voice": 1.0,
    "market.temper.spread": 0.0,
    "firms.0.leadership.layers": 0.0,
    "mechanisms.hearing": True,
}
BOOKS = Books(100.0, 1000.0, 150.0, 40.0, 20.0, 4.0, 100.0, 3.0, 2.0, 0.85)


def heard(**settings):
    world = small(months=10, market__customers=400).with_settings(OPEN | settings)
    table = run_market(world).monthly()
    return table[table["firm"] == world.firms[0].name]


def numbers(**changed):
    own = dict(small().firms[0].settings)
    return own | {f"leadership.{name}": value for name, value in changed.items()}


def after_a_year_and_a_quarter(last):
    before = [BOOKS] * 12
    return Leadership(months=deque([*before, *([BOOKS._replace(profit=last)] * 3)], maxlen=15))


def test_an_executive_without_layers_whose_customers_all_speak_has_no_illusion():
    table = heard()
    assert (table["share_satisfied"] < 1.0).any()
    assert table["illusion_gap"].abs().max() < 1e-12


def test_silence_makes_it_look_better_than_it_is():
    table = heard(**{"market.temper.voice": 0.3})
    assert (table["illusion_gap"] > 0.0).any() and (table["illusion_gap"] > -1e-12).all()


def test_a_voice_heard_twice_makes_it_look_worse():
    table = heard(**{"firms.0.leadership.voice_gain": 2.0})
    assert (table["illusion_gap"] < 0.0).any() and (table["illusion_gap"] < 1e-12).all()


def test_with_hearing_off_the_leadership_knows_the_truth():
    table = heard(**{"market.temper.voice": 0.3, "mechanisms.hearing": False})
    assert (table["illusion_gap"] == 0.0).all()


def test_layers_can_make_it_look_worse_than_it_is_when_things_get_better_slowly():
    reports = [0.4]
    for told in (0.39, 0.38, 0.37, 0.36):
        reports = pass_on(reports, told, 1, 0.05)
    assert reports == [0.4]


@given(share, share, share)
def test_a_correction_for_silence_never_lowers_the_estimate_nor_leaves_its_range(told, voice, correction):
    assert told <= estimate(told, voice, correction) <= 1.0


def test_exit_interviews_close_a_gap_that_silence_opened_and_are_paid_for():
    silent = heard(**{"market.temper.voice": 0.3})
    asked = heard(**{"market.temper.voice": 0.3, "firms.0.leadership.exit_interviews": 1.0})
    assert asked["satisfaction_perceived"].mean() < silent["satisfaction_perceived"].mean()
    assert asked["cost_intelligence"].sum() > silent["cost_intelligence"].sum()


def test_a_firm_without_customers_hears_nothing():
    hearing = Hearing()
    hear(hearing, by_firm(no_counts(1))[0], numbers(), 1.0, mechanisms=True)
    assert hearing.perceived == 1.0


@pytest.mark.parametrize(("horizon", "wanted"), [(1, True), (120, False)])
def test_saving_on_service_looks_good_over_a_short_horizon_only(horizon, wanted):
    beliefs = dict.fromkeys(BELIEFS, 0.05)
    worth = forecast(menu(0.1)["less staff"], BOOKS, 0.5, beliefs, weights(horizon, 0.0, 0.02, 24.0))
    assert (worth > 0.0) == wanted


def test_who_believes_customers_happy_expects_nothing_of_more_service():
    more = menu(0.1)["more staff"]
    assert forecast(more, BOOKS, 1.0, dict.fromkeys(BELIEFS, 1.0), weights(120, 0.0, 0.0, 1.0)) < 0.0


@pytest.mark.parametrize(("profit", "missed"), [(95.0, False), (80.0, True)])
def test_a_quarter_below_nine_tenths_of_the_year_before_misses_its_target(profit, missed):
    assert missed_target(after_a_year_and_a_quarter(profit).months, -0.1) == missed


def test_a_missed_target_cuts_everything_alike_or_the_one_waste():
    alike, waste = after_a_year_and_a_quarter(50.0), after_a_year_and_a_quarter(50.0)
    lead(alike, 1.0, numbers(cuts_waste=0.0))
    lead(waste, 1.0, numbers(cuts_waste=1.0))
    assert alike.stance == Stance(-0.1, -0.1, -0.1, 0.0)
    assert sum(move != 0.0 for move in waste.stance) == 1


def test_a_leadership_that_moves_nothing_changes_nothing():
    world = small(months=16).with_settings({"mechanisms.leadership": True})
    still = world.with_settings({f"firms.{seat}.leadership.step": 0.0 for seat in range(len(world.firms))})
    off = run_market(world.with_settings({"mechanisms.leadership": False})).monthly()
    table = run_market(still).monthly()
    assert table["profit"].equals(off["profit"]) and table["customers"].equals(off["customers"])


def test_what_was_moved_fades_back_to_the_plan():
    assert Stance(0.4, 0.0, -0.4, 0.0).moved(Stance(), 0.25, 0.5) == Stance(0.4 * 0.75, 0.0, -0.4 * 0.75, 0.0)


@given(st.tuples(*[st.floats(-0.5, 0.5)] * 4), st.floats(0.5, 1.1), share)
def test_a_plan_that_was_moved_is_still_allowed(moves, utilisation, marketing):
    plan = apply_stance(Plan(utilisation=utilisation, marketing=marketing), Stance(*moves), RANGES)
    assert all(RANGES[name][0] <= getattr(plan, name) <= RANGES[name][1] for name in Plan._fields)


def test_both_engines_agree_while_leaderships_act():
    world = small(months=9).with_settings(BOTH)
    assert same(run_market(world), run_market(world, engine="agents"))


def test_a_saved_leadership_goes_on_where_it_was(tmp_path):
    world = small(months=16).with_settings(BOTH)
    whole = run_market(world)
    half = Market(world)
    while half.month < 8:
        half.step()
    half.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), whole)
