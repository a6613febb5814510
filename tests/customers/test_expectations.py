"""Expectations that follow rivals, effort of choosing, and asking for goals: each through what was there before."""

import numpy as np
import pytest

from sim import Market
from sim.model.customers.environment import raise_expectations
from sim.model.firm.operations.improvement import Improvement, ask_for_goals
from sim.model.state import NEVER, OFFER
from sim.policies.base import Plan
from tests.support.worlds import context_of, focal, run_market, same, small

SIZE = {"market__customers": 300, "months": 12}
LOYAL = {
    f"market__choice__{name}": 0.0
    for name in (
        "consider",
        "consider_ticket",
        "consider_contact",
        "consider_price",
        "consider_word",
        "consider_complaint",
        "entry",
    )  # fmt: skip
}  # nobody ever tries a second firm
KNOWING = {"firms__0__decisions__intelligence": 0.05, "firms__0__decisions__depth": 1.0}


def switched(mechanism, **settings):
    """A world without the mechanism and the same world with it."""
    world = small(**(SIZE | settings))
    return world, world.with_settings({f"mechanisms.{mechanism}": True})


def for_all(decision, value):
    return {f"firms__{seat}__decisions__{decision}": value for seat in range(3)}


@pytest.mark.parametrize(
    ("mechanism", "nothing"),
    [
        ("rising_expectations", {"market__satisfaction__expectation_trend": 0.0}),
        ("choice_effort", for_all("lines", 1.0)),
        ("choice_effort", {"market__choice__effort": 0.0, "market__choice__confusion": 0.0}),
        ("goals_research", for_all("goals_research", 0.0)),
        (
            "goals_research",
            for_all("goals_research", 1.0) | {"market__needs__distortion": 0.0, "market__belief__goals_cost": 1.0},
        ),
    ],
)
def test_without_effect_or_without_use_nothing_moves_by_a_bit(mechanism, nothing):
    off, on = switched(mechanism, **nothing)
    assert same(run_market(off), run_market(on))


def expected_after(treatment, said=0, tried=NEVER):
    """What a person who expected 0.5 of the first firm expects of it, when the second treats its customers so."""
    market = Market(small(mechanisms__rising_expectations=True, market__satisfaction__expectation_trend=0.05))
    me = context_of(market, offers=np.zeros(3, OFFER))
    me.offers["treatment"][:] = (0.9, treatment, 0.0)
    for firm, then in enumerate((0, tried, NEVER)):
        me.relations[firm].expectation, me.relations[firm].last_purchase = 0.5, then
    me.scratch[1].praise = said
    raise_expectations(me)
    return float(me.relations[0].expectation)


def test_expectations_follow_a_better_rival_that_is_heard_of_or_was_tried_and_no_other():
    assert expected_after(0.7) == 0.5
    assert expected_after(0.7, said=1) == expected_after(0.7, tried=0) == pytest.approx(0.5 + 0.05 * 0.2)
    assert expected_after(0.4, said=3) == 0.5


def test_nobody_is_disappointed_by_rivals_who_are_not_talked_about_and_were_never_tried():
    off, on = switched("rising_expectations", **LOYAL, mechanisms__word_of_mouth=False)
    assert run_market(off).monthly().equals(run_market(on).monthly())


def test_customers_of_the_worse_firm_are_let_down_by_what_the_better_one_does():
    good = {"firms__0__decisions__depth": 0.0, "firms__1__offers__quality": 0.2, "market__product__frontier": 0.0}
    off, on = switched("rising_expectations", **good, market__satisfaction__expectation_trend=0.05)
    content = [run_market(world).monthly().groupby("firm").satisfaction_mean.mean() for world in (off, on)]
    assert content[1]["south"] < content[0]["south"]


def test_a_firm_alone_has_no_rival_to_be_measured_by():
    off, on = switched("rising_expectations", market__satisfaction__expectation_trend=0.05)
    alone = [{"firms.1.offers.start_share": 0.0, "firms.2.offers.start_share": 0.0, "firms.1.offers.awareness": 0.0,
              "firms.2.offers.awareness": 0.0, "mechanisms.advertising": False}] * 2  # fmt: skip
    one, other = (run_market(world.with_settings(settings)) for world, settings in zip((off, on), alone, strict=True))
    assert (one.world.people.satisfaction[:, 0] == other.world.people.satisfaction[:, 0]).all()


def test_many_lines_deter_those_who_never_tried_the_firm():
    _, on = switched("choice_effort", market__choice__confusion=0.0, firms__0__decisions__lines=4.0)
    easy, hard = (focal(run_market(on.with_settings({"market.choice.effort": effort}))) for effort in (0.0, 3.0))
    assert hard.gross_adds.sum() < easy.gross_adds.sum()


def test_many_lines_confuse_and_the_confused_are_served_worse():
    plain = {"market__choice__effort": 0.0, "firms__0__decisions__lines": 4.0, "mechanisms__customisation": False}
    _, on = switched("choice_effort", **plain)
    clear, confused = (focal(run_market(on.with_settings({"market.choice.confusion": share}))) for share in (0.0, 0.33))
    assert confused.share_needs_met.mean() < clear.share_needs_met.mean()


def test_asking_for_goals_makes_precision_dearer_and_can_only_cost_where_people_say_what_they_want():
    _, on = switched("goals_research", **KNOWING, market__needs__distortion=0.0, months=24)
    stated, goals = (focal(run_market(on.with_settings({"firms.0.decisions.goals_research": g}))) for g in (0.0, 1.0))
    assert goals.belief_precision.iloc[-1] < stated.belief_precision.iloc[-1]
    assert (goals.cost_intelligence / goals.customers).iloc[0] == (stated.cost_intelligence / stated.customers).iloc[0]
    assert goals.share_needs_met.mean() <= stated.share_needs_met.mean()


def test_asking_for_goals_serves_better_where_people_say_something_else():
    _, on = switched("goals_research", **KNOWING, market__needs__distortion=1.5, months=24)
    asked = {"market.belief.goals_time": 1.0, "market.belief.goals_cost": 1.5}
    stated, goals = (
        focal(run_market(on.with_settings(asked | {"firms.0.decisions.goals_research": g}))) for g in (0.0, 1.0)
    )
    assert goals.share_needs_met[12:].mean() > stated.share_needs_met[12:].mean()


def test_what_was_learned_from_preferences_stays_biased_for_a_while():
    state, market = Improvement(), small().market
    ask_for_goals(state, Plan(goals_research=1.0), market)
    assert state.goals == 1.0 / market["belief.goals_time"]
