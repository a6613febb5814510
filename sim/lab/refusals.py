"""What a firm's choice of customers, and the failing of a business, did to one customer in a month."""

from sim.lab.moments import Event, Moment, Row, Scene
from sim.randomness import EXIT, uniform
from sim.steps.selecting import expected_margin

CHANCE = "by chance, the same in every world"


def ending(before: Row, scene: Scene) -> tuple[str, str]:
    """How a person who did not die went away, and why."""
    number = uniform(scene.clock.key, int(before.slot), 0, scene.clock.month, EXIT, 0, 0)
    if number < scene.parameters.category_exit:
        return "left the category", CHANCE
    return "failed", f"its business did badly: outcome {float(before.outcome):.2f}"


def refusals(moment: Moment, scene: Scene) -> list[Event]:
    """Notice given by the supplier, supply that ended, and a firm that did not accept the person."""
    events, old = [], int(moment.before.supplier)
    if moment.after.turned_away > 0:
        firm = int(moment.after.turned_away) - 1
        events.append(Event("was turned away", "sales", firm, 1.0, _expected(firm, moment.after, moment.knows, scene)))
    if moment.after.notice > 0 and moment.before.notice == 0:
        why = _expected(old, moment.before, moment.knew, scene)
        events.append(Event("was given notice", "sales", old, float(moment.after.notice), why))
    if moment.before.notice > 0 and int(moment.after.supplier) != old:
        events.append(Event("was not kept", "sales", old, float(moment.before.tenure), "notice had been given"))
    return events


def _expected(firm: int, person: Row, known: Row, scene: Scene) -> str:
    margin = expected_margin(scene.context(person, known), firm)
    return f"expected to leave it {margin:,.2f} a month"
