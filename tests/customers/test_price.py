"""Prices as customers meet them: what a discount saves, its end, and how buying answers."""

import numpy as np
import pytest

from sim import Market
from sim.journeys.recorder import Journeys
from sim.model.customers.choice import reasons_given, reasons_to_look
from sim.model.customers.price import lowest_known_price, price_felt, rise_at_end_of_discount
from sim.model.customers.purchase import basket, occasions
from sim.model.month import make_offers
from sim.model.state import NEVER, NOBODY
from tests.support.worlds import context_of, run_market, same, small

STAY, DISCOUNT, GRANTED = 12.0, 0.3, 0.2
ENDED = 1 << 7  # the bit of the reason "a discount that has ended"


def customer(supplier=0, tried=True, contacted=0, **settings):
    """Somebody at price 1 everywhere, with a discount for newcomers and one on demand at every firm."""
    felt = {"market__choice__expected_stay": STAY, "market__choice__discount_end": 1.0}
    market = Market(small(market__warm_up=0, **felt, **settings))
    market.advance()
    offers = make_offers(market.world)
    offers["price"], offers["reference_price"] = 1.0, 1.0
    offers["newcomer_discount"], offers["retention_discount"] = DISCOUNT, GRANTED
    me = context_of(market, 0, offers)
    me.person.supplier, me.person.promoted, me.person.discount_until = supplier, 0, NEVER
    me.person.bad_words, me.person.incident_age, me.person.notice = 0, 0, 0
    for relation in map(me.relations.__getitem__, range(len(offers))):
        relation.aware, relation.contacted, relation.burned = 1, contacted, NEVER
        relation.last_purchase = 0 if tried else NEVER
    return me


def test_a_discount_on_the_first_bill_saves_its_part_of_the_stay():
    assert price_felt(customer(NOBODY, tried=False), 1) == pytest.approx(1.0 - DISCOUNT / STAY)


def test_a_newcomer_discount_is_nothing_to_somebody_who_was_a_customer():
    assert price_felt(customer(NOBODY), 1) == 1.0


def test_a_discount_that_was_granted_saves_what_is_left_of_it():
    me = customer()
    me.person.discount_until = me.clock.month + 2
    assert price_felt(me, 0) == pytest.approx(1.0 - GRANTED * 3.0 / STAY)


def test_no_discount_saves_more_than_itself():
    me = customer()
    me.person.discount_until = me.clock.month + 500
    assert price_felt(me, 0) == pytest.approx(1.0 - GRANTED)


def test_where_each_purchase_is_chosen_for_itself_a_discount_counts_in_full():
    me = customer(NOBODY, tried=False)
    once = customer(NOBODY, tried=False)
    once = once._replace(parameters=once.parameters._replace(choice_expected_stay=1.0))
    assert price_felt(once, 0) == pytest.approx(1.0 - DISCOUNT)
    assert price_felt(once, 0) < price_felt(me, 0)


def test_the_end_of_the_first_bill_is_felt_as_a_rise_of_the_price():
    me = customer()
    me.person.promoted = 1
    rise = 1.0 / (1.0 - DISCOUNT) - 1.0
    assert reasons_to_look(me) == pytest.approx(me.parameters.choice_consider_price * rise)
    assert reasons_given(me) & ENDED


def test_the_end_of_a_granted_discount_is_felt_in_the_month_after():
    me = customer()
    felt = []
    for left in (1, 0, -1, -2):
        me.person.discount_until = me.clock.month + left
        felt.append(rise_at_end_of_discount(me))
    assert felt == pytest.approx([0.0, 0.0, 1.0 / (1.0 - GRANTED) - 1.0, 0.0])


def test_a_discount_that_goes_over_into_another_is_felt_by_the_difference():
    me = customer()
    me.person.promoted, me.person.discount_until = 1, me.clock.month
    assert rise_at_end_of_discount(me) == pytest.approx((1.0 - GRANTED) / (1.0 - DISCOUNT) - 1.0)


def test_a_gap_to_rivals_that_people_are_used_to_is_no_reason_to_look():
    me = customer(contacted=1)
    calm = reasons_to_look(me)
    me.offers[0].price = me.offers[0].reference_price = 1.3
    assert reasons_to_look(me) == pytest.approx(calm)
    me.offers[0].price = 1.4
    assert reasons_to_look(me) > calm


def test_without_promotions_a_discount_neither_attracts_nor_ends():
    me = customer(NOBODY, tried=False, mechanisms__promotions=False)
    assert price_felt(me, 0) == pytest.approx(1.0)
    me.person.supplier, me.person.promoted = 0, 1
    assert rise_at_end_of_discount(me) == 0.0


def test_the_end_of_a_discount_is_told():
    scenario = small(firms__0__decisions__newcomer_discount=0.4, market__choice__consider_price=6.0, months=24)
    journeys = Journeys(range(120), 120)
    market = Market(scenario)
    market.watcher = journeys.look
    market.run()
    told = journeys.table().query("event == 'considered leaving'")
    assert told.reason.str.contains("a discount that has ended").any()


def test_a_dearer_supplier_sells_less_to_each_by_the_elasticities():
    me = customer()
    size, strength = basket(me, 0), me.parameters.economics_basket_elasticity
    me.offers[0].price = 1.2
    assert basket(me, 0) == pytest.approx(size * np.exp(-0.2 * strength))


def test_people_go_shopping_less_often_where_their_supplier_is_dear():
    me = customer(market__economics__purchase_rate=8.0, market__economics__frequency_elasticity=3.0)
    usual = occasions(me, 0.6, 1.0)
    me.offers[0].price = 2.0
    assert occasions(me, 0.6, 1.0) < usual


def test_the_lowest_price_is_that_of_a_firm_one_knows():
    me = customer(NOBODY)
    me.offers[0].price, me.offers[1].price, me.offers[2].price = 0.5, 0.8, 1.2
    me.relations[0].aware = 0
    assert lowest_known_price(me) == 0.8


def test_who_knows_no_firm_knows_no_price():
    me = customer(NOBODY)
    for relation in map(me.relations.__getitem__, range(3)):
        relation.aware = 0
    assert lowest_known_price(me) == 1.0


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_both_engines_agree_where_discounts_are_deep_and_prices_differ(name):
    deep = {
        "firms__0__decisions__newcomer_discount": 0.5, "firms__1__decisions__retention_discount": 0.4,
        "firms__2__decisions__price": 0.8, "market__temper__boldness": 1.0, "market__temper__tolerance": 0.0,
        "market__choice__consider_price": 6.0, "market__service__discount_months": 2, "months": 18,
        "market__customers": 60,
    }  # fmt: skip
    world = small(name, **deep)
    assert same(run_market(world), run_market(world, engine="agents"))
