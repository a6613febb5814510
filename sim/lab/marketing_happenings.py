"""What reached one customer in a month, and how: marketing, words of others, offers made to newcomers only."""

from sim.lab.moments import Event, Moment, Row, Scene
from sim.randomness import REACH
from sim.state import NOBODY
from sim.steps.draws import draw

CHANGED = 0.005  # a reputation that moves less is not told


def heard(moment: Moment, firm: int, scene: Scene) -> list[Event]:
    """Marketing of a firm, and what others said of it."""
    events = []
    before, after = moment.knew[firm], moment.knows[firm]
    good, bad = messages(moment, firm, scene)
    if after.contacted:
        events.append(Event("was contacted", "marketing", firm, 1.0, _medium(moment, firm, scene)))
    elif after.aware and not before.aware:
        events.append(Event("heard of the firm", "", firm, 1.0, _from(good, bad)))
    moved = float(after.reputation - before.reputation)
    if abs(moved) > CHANGED and good + bad:
        events.append(Event("heard good words" if moved > 0 else "heard bad words", "", firm, moved, _from(good, bad)))
    return events


def messages(moment: Moment, firm: int, scene: Scene) -> tuple[int, int]:
    """Praise and blame of a firm that the neighbours spoke last month. [count]"""
    network, slot = scene.network, int(moment.after.slot)
    ties = network.ties[network.start[slot] : network.start[slot + 1]]
    said = network.audible[ties]
    return int((said == 2 * firm + 1).sum()), int((said == 2 * firm + 2).sum())


def _from(good: int, bad: int) -> str:
    return ", ".join(f"{count} {kind}" for count, kind in ((good, "praised it"), (bad, "blamed it")) if count)


def _medium(moment: Moment, firm: int, scene: Scene) -> str:
    number = draw(scene.context(moment.before, moment.knew), REACH, 0, int(scene.offers[firm].key))
    by = "mass marketing" if number < scene.offers[firm].reach_mass else "chosen for what the firm takes them to spend"
    expected = float(moment.knew[firm].expectation)
    raised = expected < float(moment.knows[firm].expectation) and expected < float(scene.offers[firm].promise)
    return f"{by}, and promised more than was expected" if raised and _is_other(moment, firm) else by


def _is_other(moment: Moment, firm: int) -> bool:
    """Whether the firm supplied nothing this month, so that only marketing can have moved expectations."""
    return firm != int(moment.after.supplier) and not moment.knows[firm].bought


def slighted(moment: Moment, known: Row, scene: Scene) -> list[Event]:
    """A customer saw what newcomers get."""
    supplier = int(moment.before.supplier)
    moved = float(known[supplier].satisfaction - moment.knew[supplier].satisfaction) if supplier != NOBODY else 0.0
    why = f"{100.0 * float(scene.offers[supplier].newcomer_discount):.0f} % off, satisfaction {moved:+.2f}"
    return [Event("saw what newcomers get", "marketing", supplier, moved, why)] if moved < 0.0 else []
