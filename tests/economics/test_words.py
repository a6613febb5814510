"""Word of mouth: what bad words and departures do to those who hear them, and what is forgotten."""

import pytest

from sim.model.customers.choice import judge, reasons_to_look
from sim.model.customers.opinion import opinion_of, remember_use
from sim.model.customers.word_of_mouth import hear, talk
from sim.model.state import EXPERIENCE_UNIT, NEVER, NOBODY, WORD_UNIT
from sim.simulation.warm_up import warmed_up
from tests.support.economics import customer, shipped

BLAME_OF_THE_FIRST, BLAME_OF_THE_SECOND = 2, 2 * 1 + 2


def says_to(market, message):
    """Everybody said this last month."""
    market.world.network.audible[:] = message


def worth_of_the_second(message, months):
    """Utility of a firm used for some months after all neighbours said something of it."""
    market, me = customer()
    me.relations[1].experience = round(months / EXPERIENCE_UNIT)
    me.relations[1].satisfaction = me.relations[1].reputation = 0.6
    says_to(market, message)
    hear(me)
    judge(me)
    return me.scratch[1].value


def test_bad_words_make_a_former_supplier_worth_less_the_less_it_was_used():
    """Own experience weighs more, but words count beside it (sign: East, Hammond and Lomax 2008)."""
    lost = [worth_of_the_second(0, months) - worth_of_the_second(BLAME_OF_THE_SECOND, months) for months in (1, 24)]
    assert lost[0] > lost[1] > 0.0


def test_own_experience_alone_counts_where_words_and_experience_are_off():
    _, me = customer(mechanisms__words_and_experience=False)
    me.relations[1].satisfaction, me.relations[1].reputation, me.relations[1].experience = 0.25, 0.75, 1
    assert opinion_of(me, 1) == 0.25


@pytest.mark.parametrize(("fades", "left"), [(True, 0.5), (False, 1.0)])
def test_own_experience_of_a_former_supplier_halves_in_its_half_life(fades, left):
    market, me = customer(mechanisms__fading_experience=fades)
    me.relations[1].experience, me.relations[1].last_purchase = round(20.0 / EXPERIENCE_UNIT), 0
    for _ in range(int(market.scenario.market["satisfaction.half_life"])):
        remember_use(me)
    assert me.relations[1].experience * EXPERIENCE_UNIT == pytest.approx(20.0 * left, abs=0.05)


def heard_by(supplier, message, **settings):
    """Bad words about its own supplier that a customer hears when all neighbours say the same. [messages]"""
    market, me = customer(supplier, **settings)
    says_to(market, message)
    hear(me)
    return float(me.person.bad_words) * WORD_UNIT


def test_who_left_a_firm_tells_of_it_and_not_of_the_new_one():
    _, me = customer()
    me.person.left_firm, me.person.tenure, me.person.talk = 2, 0, 1000.0
    me.relations[1].last_purchase = me.clock.month - 1
    talk(me)
    assert me.person.said == -1 - 1


def test_a_departure_is_told_for_some_months_only():
    market, me = customer()
    me.person.left_firm, me.person.talk = 2, 1000.0
    me.person.tenure = round(market.scenario.market["word_of_mouth.departure_months"])
    talk(me)
    assert me.person.said >= 0


def test_nobody_tells_of_a_departure_where_it_is_off():
    _, me = customer(mechanisms__departures_told=False)
    me.person.left_firm, me.person.tenure, me.person.talk = 2, 0, 1000.0
    talk(me)
    assert me.person.said >= 0


def test_a_departure_from_the_own_supplier_is_a_reason_to_look_around_and_one_from_another_is_none():
    market, me = customer()
    before = reasons_to_look(me)
    says_to(market, -1)
    hear(me)
    assert reasons_to_look(me) > before
    assert heard_by(1, -1) == 0.0


def test_words_of_ties_of_one_strength_count_one_by_one():
    market, me = customer()
    slot = int(me.person.slot)
    ties = int(market.world.network.start[slot + 1] - market.world.network.start[slot])
    assert heard_by(0, BLAME_OF_THE_FIRST, mechanisms__tie_strength=False) == min(ties, 127 * WORD_UNIT)


def test_ties_differ_in_strength_and_keep_it():
    assert (
        heard_by(0, BLAME_OF_THE_FIRST)
        == heard_by(0, BLAME_OF_THE_FIRST)
        != heard_by(0, BLAME_OF_THE_FIRST, mechanisms__tie_strength=False)
    )


@pytest.mark.parametrize(("forgets", "known"), [(True, False), (False, True)])
def test_a_firm_that_does_not_advertise_is_forgotten_by_some_who_never_used_it(forgets, known):
    silent = {"mechanisms__word_of_mouth": False, "firms__0__decisions__marketing": 0.0}
    market = warmed_up(shipped("telecom", 300, months=24, mechanisms__forgetting=forgets, **silent))
    people = market.world.people
    knew = (people.present == 1) & (people.aware[:, 0] == 1) & (people.last_purchase[:, 0] == NEVER)
    generation = people.generation.copy()
    market.run()
    stayed = knew & (people.generation == generation) & (people.last_purchase[:, 0] == NEVER)
    assert stayed.any() and (people.aware[stayed, 0] == 1).all() == known


def test_nobody_forgets_the_supplier():
    market = warmed_up(shipped("telecom", 300, months=12, market__word_of_mouth__forgetting=0.5)).run()
    people = market.world.people
    with_one = (people.present == 1) & (people.supplier != NOBODY)
    assert (people.aware[with_one, people.supplier[with_one]] == 1).all()


def test_a_place_without_anybody_says_nothing():
    _, me = customer(NOBODY)
    talk(me)
    assert me.person.said == 0
