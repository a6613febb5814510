"""What happened to one customer in one phase of a month, read from the rows before and after it.

What leaves no trace in the rows, such as a look at the market that changed nothing, is found by asking the model's own
rules again with the customer's own luck.
"""

import numpy as np

from sim.lab.credit_happenings import closing_events, credit_events
from sim.lab.marketing_happenings import heard, slighted
from sim.lab.moments import Event, Moment, Row, Scene
from sim.lab.refusals import CHANCE, ending, refusals
from sim.lab.sales_happenings import sales_events, weighs_on_satisfaction
from sim.lab.service_happenings import service_events, talk_events, trouble_events
from sim.month import MARKET, PEOPLE, SERVICE, make_offers
from sim.randomness import DEATH, uniform
from sim.rules.choice import price_trigger
from sim.state import NOBODY
from sim.steps.buying import basket, discount_now
from sim.steps.choosing import looks_around
from sim.steps.common import GONE, complained_lately
from sim.steps.world import notice_newcomer_offer
from sim.world import World


def scene_of(world: World, phase: str) -> Scene:
    """The month as its customers met it; offers as they were before the desks worked, or after."""
    offers = make_offers(world).view(np.recarray) if phase != PEOPLE else None
    return Scene(world.clock, world.parameters, offers, world.network)


def people_phase(moment: Moment, scene: Scene) -> list[Event]:
    """Deaths, exits and arrivals."""
    events = []
    before, key = moment.before, scene.clock.key
    if before.present == 1 and moment.after.generation != before.generation:
        dead = uniform(key, int(before.slot), 0, scene.clock.month, DEATH, 0, 0) < scene.parameters.death
        how, why = ("died", CHANCE) if dead else ending(before, scene)
        events += [*closing_events(moment, scene), Event(how, "", int(before.supplier), float(before.tenure), why)]
    if moment.after.present == 1 and before.present != 1:
        events.append(Event("came to the market", "", NOBODY, 0.0, CHANCE))
    return events


def market_phase(moment: Moment, scene: Scene) -> list[Event]:
    """What was heard, considered, chosen, bought and used, and the trouble with it."""
    if moment.after.present != 1:
        return []
    firms = range(len(moment.knows))
    events = [event for firm in firms for event in heard(moment, firm, scene)]
    person, known = _choosing(moment, scene)
    events += (
        slighted(moment, known, scene)
        + _considered(person, known, scene)
        + _moved(moment, scene)
        + credit_events(moment, scene)
    )
    events += [event for firm in firms for event in _bought(moment, known, firm, scene)]
    return events + _billed(moment, known, scene) + sales_events(moment, scene) + trouble_events(moment, scene)


def _choosing(moment: Moment, scene: Scene) -> tuple[Row, Row]:
    """The person and what was known at the moment of choice: after marketing and words, before the purchase."""
    person, known = moment.before.copy(), moment.knows.copy()
    person.bad_words = moment.after.bad_words
    if moment.after.supplier == person.supplier:
        person.notice = moment.after.notice  # given this month, before the look around
    for name in ("satisfaction", "last_purchase", "burned"):
        known[name] = moment.knew[name]
    if person.supplier != NOBODY and person.tenure > 0:
        notice_newcomer_offer(scene.context(person, known), int(person.supplier))
    return person, known


def _considered(person: Row, known: Row, scene: Scene) -> list[Event]:
    """A customer under contract looked around, whether or not it led to anything."""
    supplier = int(person.supplier)
    if scene.parameters.contract <= 0.0 or supplier == NOBODY:
        return []
    if not looks_around(scene.context(person, known)):
        return []
    feeling = float(known[supplier].satisfaction)
    return [Event("considered leaving", "sales", supplier, feeling, _reasons(person, known, supplier, scene))]


def _reasons(person: Row, known: Row, supplier: int, scene: Scene) -> str:
    offers = scene.offers
    feeling, neutral = float(known[supplier].satisfaction), scene.parameters.satisfaction_neutral
    rivals = [k for k in range(len(known)) if k != supplier and known[k].contacted]
    found = {
        "its supply is ending": person.notice > 0,
        "low satisfaction": feeling < neutral,
        "bad words about the firm": person.bad_words > 0,
        "trouble open for a month or more": person.incident_age >= 1,
        "an offer of a rival": bool(rivals),
        "a price above what it used to be": price_trigger(offers[supplier].price, offers[supplier].reference_price) > 0,
    }
    return ", ".join(name for name, true in found.items() if true) or "no special reason"


def _moved(moment: Moment, scene: Scene) -> list[Event]:
    old, new = int(moment.before.supplier), int(moment.after.supplier)
    refused = refusals(moment, scene)
    if old == new:
        return refused
    events = []
    if old != NOBODY and moment.before.notice == 0:
        silent = not complained_lately(scene.context(moment.before, moment.knew))
        burned = int(moment.knows[old].burned) == scene.clock.month
        why = "burned: will stay away" if burned else "no hard feelings"
        how = "left without a word" if silent else "left after complaining"
        events.append(Event(how, "sales", old, float(moment.before.tenure), why))
    if new != NOBODY:
        events.append(Event("became a customer", "sales", new, 1.0, _attraction(moment, new)))
    return refused + events


def _attraction(moment: Moment, firm: int) -> str:
    if moment.knows[firm].contacted:
        return "reached by its marketing"
    tried = moment.knew[firm].last_purchase >= 0
    return (
        f"own experience, {moment.knew[firm].satisfaction:.2f}"
        if tried
        else (f"its reputation, {moment.knows[firm].reputation:.2f}")
    )


def _held_when_billed(moment: Moment) -> int:
    """Categories held when the month's bill under contract was made."""
    stayed = int(moment.after.supplier) == int(moment.before.supplier)
    return int(moment.before.categories) if stayed else 1


def _bought(moment: Moment, known: Row, firm: int, scene: Scene) -> list[Event]:
    events = []
    bought, main = int(moment.knows[firm].bought), firm == int(moment.after.supplier)
    if bought:
        events.append(Event("bought", "sales", firm, float(bought)))
    moved = float(moment.knows[firm].satisfaction - known[firm].satisfaction)
    if main and moved != 0.0 and not moment.after.held and (bought or scene.parameters.contract > 0.0):
        with_sales = " with sales calls and returns" if weighs_on_satisfaction(moment, scene) else ""
        expected = f"satisfaction {moved:+.2f}{with_sales}, now expecting {moment.knows[firm].expectation:.2f}"
        events.append(Event("used the product", "product", firm, float(moment.after.fit), expected))
    if moment.knows[firm].burned == GONE and moment.knew[firm].burned != GONE:
        events.append(
            Event(
                "dropped out for good",
                "",
                firm,
                float(bought),
                "chance after a purchase, the likelier the less satisfied",
            )
        )
    return events


def _billed(moment: Moment, known: Row, scene: Scene) -> list[Event]:
    """The bills of the month after discount, per person, by the rules that made them. [money]"""
    parameters, contract = scene.parameters, scene.parameters.contract > 0.0
    if moment.after.held:
        return []
    person = (moment.after if contract else moment.before).copy()
    person.categories = _held_when_billed(moment) if contract else int(moment.before.categories)
    events, me = [], scene.context(person, known)
    for firm in [int(person.supplier)] if contract else range(len(known)):
        bought = int(moment.knows[firm].bought) if firm != NOBODY else 0
        fixed = parameters.economics_fixed_share if contract and firm != NOBODY else 0.0
        times = fixed * float(person.rate) + (1.0 - fixed) * bought
        if times > 0.0:
            amount = times * basket(me, firm) * scene.offers[firm].price
            discount = discount_now(me, firm)
            why = f"discount of {100.0 * discount:.0f} %" if discount > 0.0 else ""
            events.append(
                Event(
                    "was invoiced" if parameters.credit_terms > 0.0 else "was billed",
                    "finance",
                    firm,
                    float(amount * (1.0 - discount)),
                    why,
                )
            )
    return events


def service_phase(moment: Moment, scene: Scene) -> list[Event]:
    """Service, complaints, recovery, discounts and what was said."""
    if moment.after.present != 1:
        return []
    return service_events(moment, scene) + talk_events(moment)


PHASES = {PEOPLE: people_phase, MARKET: market_phase, SERVICE: service_phase}
