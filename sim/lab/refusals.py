"""What a firm's choice of customers, and the failing of a business, did to one customer in a month."""

from sim.lab.moments import Event, Moment, Row, Scene
from sim.randomness import EXIT, uniform


def ending(before: Row, scene: Scene) -> str:
    """How a person who did not die went away."""
    number = uniform(scene.clock.key, int(before.slot), 0, scene.clock.month, EXIT, 0, 0)
    return "left the category" if number < scene.nature.category_exit else "failed"


def refusals(moment: Moment) -> list[Event]:
    """Notice given by the supplier, and a firm that did not accept the person."""
    events, supplier = [], int(moment.after.supplier)
    if moment.after.notice > 0 and moment.before.notice == 0:
        events.append(Event("was given notice", "sales", supplier, float(moment.after.notice)))
    if moment.after.turned_away > 0:
        events.append(Event("was turned away", "sales", int(moment.after.turned_away) - 1, 1.0))
    return events
