"""Word of mouth: whether words about a firm cost it customers, spread and are forgotten."""

import pytest

from sim import Market
from sim.model.customers.choice import judge
from sim.model.customers.word_of_mouth import hear, talk
from sim.model.month import make_offers
from sim.model.state import NEVER, NOBODY
from sim.simulation.warm_up import warmed_up
from tests.support.economics import alike, finding, shipped, years
from tests.support.worlds import context_of


def customer(supplier=0):
    """Somebody who is with the first firm and had been with the second before."""
    market = Market(shipped("telecom", 60, market__warm_up=0))
    market.advance()
    me = context_of(market, 0, make_offers(market.world))
    me.person.supplier = me.person.last_firm = supplier
    for relation in map(me.relations.__getitem__, range(len(me.offers))):
        relation.aware, relation.last_purchase, relation.burned = 1, 0, -1
    return market, me


def value_after_words(message):
    """Utility of a former supplier after all neighbours said this of it."""
    market, me = customer()
    market.world.network.audible[:] = message
    hear(me)
    judge(me)
    return me.scratch[1].value


@finding(5, "what was once felt about a former supplier is frozen for life")
def test_bad_words_about_a_former_supplier_make_it_worth_less():
    """Own experience weighs more, but words count beside it (sign: East, Hammond and Lomax 2008)."""
    blame_of_the_second = 2 * 1 + 2
    assert value_after_words(blame_of_the_second) < value_after_words(0)


@finding(5, "a neighbour who leaves at once talks about the new firm")
def test_who_left_a_firm_in_anger_talks_about_the_one_left():
    """A defection is itself told (sign: Nitzan and Libai 2011, where a neighbour's defection raises the hazard)."""
    _, me = customer()
    me.person.supplier = me.person.last_firm = 0
    me.relations[0].satisfaction, me.relations[1].satisfaction = 0.6, 0.0
    me.relations[1].last_purchase = me.clock.month - 1
    me.person.talk = 1000.0
    talk(me)
    assert me.person.said == 2 * 1 + 2


@pytest.mark.slow
@finding(5, "negative messages doubled, attrition falls")
def test_twice_as_many_bad_words_cost_customers():
    """Negative words raise the chance of leaving (East, Hammond and Lomax 2008)."""
    lost = [
        sum(years(alike("telecom", 2000, months=60, market__word_of_mouth__negative=chance), k).losses.sum()
            for k in range(3))
        for chance in (0.15, 0.30)
    ]  # fmt: skip
    assert lost[1] > 1.02 * lost[0]


@finding(5, "awareness cannot be lost")
def test_a_firm_that_does_not_advertise_is_forgotten():
    """Some of those who knew it and never tried it forget it in two years (sign: Naik, Mantrala and Sawyer 1998)."""
    silent = {"mechanisms__word_of_mouth": False, "firms__0__decisions__marketing": 0.0}
    market = warmed_up(shipped("telecom", 300, months=24, **silent))
    people = market.world.people
    knew = (people.present == 1) & (people.aware[:, 0] == 1) & (people.last_purchase[:, 0] == NEVER)
    generation = people.generation.copy()
    market.run()
    stayed = knew & (people.generation == generation) & (people.last_purchase[:, 0] == NEVER)
    assert stayed.any() and (people.aware[stayed, 0] == 0).any()


def test_a_place_without_anybody_says_nothing():
    _, me = customer(NOBODY)
    talk(me)
    assert me.person.said == 0
