"""What departments did about one customer's trouble in a month: whom it needed, what walls hid, service, voice, talk.

What leaves no trace in the rows is found by living the step again with the customer's own luck on copies of the rows.
"""

from typing import NamedTuple

from sim.lab.moments import Event, Moment, Row, Scene
from sim.randomness import DISCOUNT, HOPS, RECOVERY, SENIOR, uniforms
from sim.rules.feeling import chance_of_voice
from sim.rules.service import by_rank
from sim.state import NOBODY
from sim.steps.draws import draw
from sim.steps.serving import MOST_REWORK, be_served
from sim.steps.world import rank_of_value

OTHERS = ("product", "marketing", "sales", "finance")  # than service, in the order of `service_walls`
UNSPOKEN = 0.005  # a misfit that breeds less trouble than this is not told
MIDDLE = 0.5  # rank of the average customer


class Hop(NamedTuple):
    """A department that a new incident needs.

    Args:
        department: Its name.
        height: Height of the wall between it and service. [0-1]
        hidden: Whether the wall hid from it what service knew, so that the incident had to be handed on.
        told: Whether the history was lost in the hand-off, so that the customer told it again.
    """

    department: str
    height: float
    hidden: bool
    told: bool


def hops_of(moment: Moment, scene: Scene) -> list[Hop]:
    """The departments that this month's incidents needed, by the draws of `sim.steps.serving.route`."""
    person, firm, found = moment.after, int(moment.after.supplier), []
    offer, need = scene.offers[firm], scene.parameters.service_handoff_need
    for place, department in enumerate(OTHERS):
        address = (int(person.slot), int(person.generation), scene.clock.month, HOPS, place, int(offer.key))
        needed, hidden = uniforms(scene.clock.key, *address)
        height = float(offer.service_walls[place])
        if needed < need:
            told = hidden < height * scene.parameters.service_forgetting * offer.repeating
            found.append(Hop(department, height, bool(hidden < height), bool(told)))
    return found


def trouble_events(moment: Moment, scene: Scene) -> list[Event]:
    """New incidents, what they needed, and each hand-off with what was hidden."""
    firm = int(moment.after.supplier)
    stayed = firm == int(moment.before.supplier)
    raised = int(moment.after.open_incidents) - (int(moment.before.open_incidents) if stayed else 0)
    if firm == NOBODY or raised <= 0:
        return []
    hops = hops_of(moment, scene)
    events = [Event("ran into trouble", "service", firm, float(raised), _cause(moment, scene, hops))]
    return events + [
        Event("was handed on", hop.department, firm, float(raised), _hidden(hop)) for hop in hops if hop.hidden
    ]


def _cause(moment: Moment, scene: Scene, hops: list[Hop]) -> str:
    likelier = scene.parameters.service_failure_demand * (1.0 - float(moment.after.fit))
    misfit = [f"{100.0 * likelier:.0f} % likelier for the misfit"] if likelier > UNSPOKEN else []
    spared = 1.0 - float(scene.offers[int(moment.after.supplier)].trouble)
    misfit += [f"{100.0 * spared:.0f} % rarer for what was prevented or mended"] if spared > UNSPOKEN else []
    needed = ", ".join(hop.department for hop in hops)
    seen = [hop.department for hop in hops if not hop.hidden]
    joined = [f"it needs {needed} beside service"] if hops else ["service alone can settle it"]
    return "; ".join([*misfit, *joined, *([f"{', '.join(seen)} saw the case"] if seen else [])])


def _hidden(hop: Hop) -> str:
    again = "; the story is told again" if hop.told else ""
    return f"a wall of height {hop.height:.2f} hides the case from {hop.department}{again}"


def service_events(moment: Moment, scene: Scene) -> list[Event]:
    """The desk, and what the customer says to the firm about it."""
    firm = int(moment.after.supplier)
    if firm == NOBODY:
        return []
    person = moment.before.copy()
    be_served(scene.context(person, moment.knew.copy()))
    events = _desk(moment, person, scene, firm) if moment.before.open_incidents else []
    return events + _voice(moment, float(person.shortfall), scene, firm)


def _desk(moment: Moment, served: Row, scene: Scene, firm: int) -> list[Event]:
    """The month at the desk; served: the person after it."""
    before, waited = moment.before, float(moment.before.incident_age)
    if moment.knows[firm].contribution >= moment.knew[firm].contribution:  # the desk charges for what it did
        gave_up = not served.open_incidents
        event = "gave up waiting" if gave_up else "waited for service"
        return [Event(event, "service", firm, waited + 1.0, _not_reached(moment, scene, firm))]
    event = "was served, in vain" if served.open_incidents else "was served"
    parts = {
        f"after {_counted(waited, 'month')}": waited > 0.0,
        _counted(float(before.incident_handoffs), "hand-off"): before.incident_handoffs > 0,
        f"told again {_counted(float(before.told_again), 'time')}": before.told_again > 0,
        "by senior staff": _by_senior(moment, scene, firm),
        f"which happens {100.0 * _rework(moment, scene, firm):.0f} % of the time": bool(served.open_incidents),
    }
    return [Event(event, "service", firm, waited, ", ".join(part for part, true in parts.items() if true))]


def _rework(moment: Moment, scene: Scene, firm: int) -> float:
    """Chance that what is served must be done again; `sim.steps.serving.experience_service` has it. [0-1]"""
    handoffs = scene.parameters.service_rework_handoff * float(moment.before.incident_handoffs)
    return min(MOST_REWORK, (float(scene.offers[firm].rework) + handoffs) * float(scene.offers[firm].repeating))


def _counted(number: float, noun: str) -> str:
    return f"{number:.0f} {noun}{'' if number == 1.0 else 's'}"


def _rank(moment: Moment, scene: Scene, firm: int) -> float:
    """Standing by which the desk serves: that of the average customer where it goes first come, first served. [0-1]"""
    offer = scene.offers[firm]
    if offer.priority <= 0.0:
        return MIDDLE
    return float(rank_of_value(scene.context(moment.before, moment.knew), firm, offer.walls_to_value_service))


def _by_senior(moment: Moment, scene: Scene, firm: int) -> bool:
    offer = scene.offers[firm]
    chance = by_rank(float(offer.senior), float(offer.priority), _rank(moment, scene, firm))
    return bool(draw(scene.context(moment.before, moment.knew), SENIOR, 0, int(offer.key)) < chance)


def _not_reached(moment: Moment, scene: Scene, firm: int) -> str:
    reached = f"the desk reaches {100.0 * float(scene.offers[firm].served_share):.0f} % of its work"
    return f"{reached}, those first who seem to spend more" if _rank(moment, scene, firm) < MIDDLE else reached


def _voice(moment: Moment, shortfall: float, scene: Scene, firm: int) -> list[Event]:
    """Complaint and its recovery, discount, or silence. shortfall: worst of the month against expectation [0-1]"""
    parameters, offer = scene.parameters, scene.offers[firm]
    if shortfall <= parameters.temper_tolerance:
        return []
    events = []
    spoke = bool(moment.after.complaints > moment.before.complaints)
    short = f"{shortfall:.2f} below what was expected"
    if spoke:
        events.append(Event("complained", "service", firm, float(moment.after.complaints), short))
        if draw(scene.context(moment.before, moment.knew), RECOVERY, 0, int(offer.key)) < offer.served_share:
            events.append(Event("was made good", "service", firm, 1.0, "the desk has time for it"))
    asked = _asks_for_discount(moment, shortfall, scene, firm)
    if asked:
        granted = float(offer.retention_discount)
        event = "was granted a discount" if granted > 0.0 else "was refused a discount"
        months = parameters.service_discount_months if granted > 0.0 else 0.0
        events.append(Event(event, "sales", firm, months, f"{100.0 * granted:.0f} %" if granted > 0.0 else short))
    return events if spoke or asked else [Event("kept silent", "", firm, shortfall, short)]


def _asks_for_discount(moment: Moment, shortfall: float, scene: Scene, firm: int) -> bool:
    parameters = scene.parameters
    disappointed = chance_of_voice(shortfall, parameters.temper_tolerance, parameters.temper_voice_scale, 1.0)
    number = draw(scene.context(moment.before, moment.knew), DISCOUNT, 0, int(scene.offers[firm].key))
    return bool(number < disappointed * float(moment.before.boldness))


def talk_events(moment: Moment) -> list[Event]:
    """What was said to others, and in what mood."""
    said = int(moment.after.said)
    if not said:
        return []
    firm = (said - 1) // 2
    former = "" if firm == int(moment.after.supplier) else ", as a former customer"
    mood = f"satisfaction {float(moment.knows[firm].satisfaction):.2f}{former}"
    return [Event("praised" if said % 2 else "blamed", "", firm, 1.0, mood)]
