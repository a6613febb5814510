"""Every mechanism changes what happens, and none of its own numbers does once it is switched off."""

import pytest

from sim.parameters import MECHANISMS
from tests.worlds import lived, same, small

# Numbers that act through one mechanism alone, with a value far from the default.
OWN = {
    "needs_drift": {"market.needs.drift": 0.25},
    "expectations": {"market.satisfaction.disconfirmation": 1.8, "market.satisfaction.expectation_use": 0.4},
    "loss_aversion": {"market.temper.loss_aversion": 2.9},
    "word_of_mouth": {"market.word_of_mouth.positive": 0.9, "market.word_of_mouth.negative": 0.9},
    "leavers_talk": {"market.word_of_mouth.leaver_memory": 100.0},
    "advertising": {"market.marketing.contact_cost": 0.4, "market.marketing.targeting_cost": 3.0},
    "betrayal": {"market.marketing.betrayal": 2.5, "market.marketing.notice": 0.9},
    "promises": {"market.marketing.promise_effect": 0.9},
    "price_response": {"market.economics.price_weight": 15.0, "market.choice.consider_price": 2.5},
    "incidents": {"market.economics.incident_rate": 1.0, "market.service.complaint_hours": 9.0},
    "failure_demand": {"market.service.failure_demand": 4.0},
    "handoffs": {"market.service.handoff_need": 0.9},
    "queue": {"market.service.giving_up": 0.9},
    "morale": {"market.service.morale_drop": 0.1, "market.service.morale_knee": 0.6},
    "voice": {"market.temper.voice": 1.0},
    "recovery": {"market.service.recovery": 1.0},
    "discount_demand": {"market.temper.boldness": 1.0},
    "cross_selling": {"market.economics.cross_sell": 0.5},
    "purchase_response": {"market.economics.basket_response": 1.5, "market.economics.frequency_response": 2.0},
    "burning": {"market.choice.burn_months": 2.0, "market.choice.burn_threshold": 0.9},
    "customisation": {"market.customisation.fixed_cost": 0.01, "market.customisation.fit_value": 1.0},
    "belief_learning": {"market.belief.base_signal": 0.5, "market.belief.paid_signal": 1.0},
    "specialisation": {"market.service.specialisation": 0.5},
    "walls_hide": {"market.organisation.walls_hide": 0.0},
    "walls_by_pair": {"firms.0.organisation.walls.sales_service": 0.5},
    "facts": {"market.facts.customers_lag": 20.0, "market.facts.service_cost": 1.0},
    "departments_pay": {"firms.0.pay.service": 0.0, "firms.0.pay.marketing": 1.0},
    "owner": {"firms.0.owner.present": 1.0, "firms.0.owner.salary": 5.0, "firms.0.owner.authority": 1.0},
    "organisation_form": {"firms.0.organisation.form": 2.0, "firms.1.organisation.form": 1.0},
    "link_costs": {"market.organisation.link_cost": 3.0},
    "research": {"market.product.opportunity": 0.6, "market.product.frontier": 0.1},
    "experience_curve": {"market.product.experience": 0.5},
    "hearing": {"market.hearing.reach": 0.1, "firms.0.leadership.voice_gain": 2.0},
    "leadership": {"firms.0.leadership.step": 0.4, "firms.0.leadership.horizon": 2.0},
    "rival_reply": {"market.rivals.price_pull": 4.0, "market.rivals.reply": 1.0, "market.rivals.promotion_pull": 2.0},
    "sales_calls": {"market.sales.acceptance": 1.0, "market.sales.call_hours": 0.05},
    "invoices": {"market.credit.terms": 3, "market.temper.payment_reliability": 0.3},
    "prevention": {"market.prevention.most": 1.0, "market.prevention.half": 0.01},
    "root_causes": {"market.causes.cost": 0.0, "market.causes.lag": 1},
    "rising_expectations": {"market.satisfaction.expectation_trend": 0.05},
    "choice_effort": {"market.choice.effort": 3.0, "market.choice.confusion": 0.3},
    "goals_research": {"firms.0.decisions.goals_research": 1.0, "market.belief.goals_time": 1.0},
    "selection": {"firms.0.decisions.decline_below": 0.3, "market.selection.term": 4, "market.selection.notice": 1},
    "outcome": {"market.outcome.failing": 0.5, "market.outcome.buying": 3.0, "market.outcome.felt": 1.0},
    "process_design": {"market.process.care": 0.6, "market.process.repeats": 2.0},
    "transformation": {"market.adoption.learning": 1.0, "firms.0.transformation.culture.speed": 1.0},
    "births_and_deaths": {"market.death": 0.1, "market.category_exit": 0.1, "market.refill": 0.9},
}
# Mechanisms that change nothing until a number of theirs is set: nothing is different from firm to firm by itself.
NOTHING_BY_ITSELF = ("walls_by_pair", "departments_pay", "organisation_form", "owner", "goals_research", "selection")
# A livelier world, so that rare things happen to a few customers within some months.
LIVELY = {
    "market__customers": 300,
    "months": 14,
    "market__temper__tolerance": 0.0,
    "market__temper__voice_scale": 0.05,
    "market__temper__boldness": 0.6,
    "market__economics__incident_rate": 0.5,
    "market__service__turnover": 0.1,
    "market__service__staffing_time": 20.0,
    "market__choice__consider": 0.2,
    "market__choice__burn_threshold": 0.6,
    "market__satisfaction__start": 0.7,
}


# What a firm must do for a mechanism to have something to act on.
NEEDS = {"transformation": {"firms.0.policy": "transforming", "firms.0.policy_settings.date": 2.0}}


def lively(mechanism, on):
    return small(**LIVELY).with_settings(NEEDS.get(mechanism, {}) | {f"mechanisms.{mechanism}": on})


def with_it(mechanism):
    return lively(mechanism, True).with_settings(OWN[mechanism] if mechanism in NOTHING_BY_ITSELF else {})


def test_every_mechanism_is_examined():
    assert set(OWN) == set(MECHANISMS)


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_mechanism_changes_what_happens(mechanism):
    world = with_it(mechanism)
    assert not same(lived(world), lived(world.with_settings({f"mechanisms.{mechanism}": False})))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_numbers_of_a_mechanism_matter_while_it_is_on(mechanism):
    world = lively(mechanism, True)
    assert not same(lived(world), lived(world.with_settings(OWN[mechanism])))


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_the_numbers_of_a_mechanism_do_nothing_once_it_is_off(mechanism):
    off = lively(mechanism, False)
    assert same(lived(off), lived(off.with_settings(OWN[mechanism])))
