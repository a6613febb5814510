"""The watch over a population: the first number that is no number or out of its range, in one pass over the rows."""

import math
from typing import Any

import numpy as np

from sim.model.month_context import MonthContext
from sim.model.state import DIMENSIONS, NOBODY, IntArray, Person, Population, Relations
from sim.numeric.compiling import compiled, inlined, rule

IN_RANGE = {  # these lie between 0 and 1; beside each the rule that writes it
    "satisfaction": "updated_satisfaction",
    "expectation": "updated_expectation",
    "reputation": "updated_reputation",
    "habit": "learn_habit",
}
FINITE = {  # numbers of a person that must be finite, and what writes them
    "goal": "goal_after_drift", "open_hours": "hours_of_incident", "rate": "admit", "spend": "admit",
    "price_weight": "admit", "incident_rate": "admit",
    "dropout": "admit", "loss_aversion": "admit", "voice": "admit", "talk": "admit",
    "propensity": "admit", "susceptibility": "admit", "boldness": "admit", "standing": "admit",
    "fatigue": "fatigue_after_rest", "discipline": "learned_discipline", "burden": "be_remembered",
    "outcome": "prosper",
}  # fmt: skip
UNWATCHED = {  # numbers that nobody looks at, and why not
    "weight": "drawn once, and only read",
    "shortfall": "found anew each month from the experiences of the month",
    "fit": "computed anew from goals whenever something is delivered",
    "depth": "computed anew whenever something is delivered",
    "precision": "a sum of signals that are never negative",
}
SOUND = -2


@rule
def is_share(value: float) -> bool:
    """True for a number between 0 and 1."""
    return 0.0 <= value <= 1.0


@rule
def is_finite(person: Person) -> bool:
    """Whether the numbers of `FINITE` are finite: one that is not makes the sum so."""
    total = person.rate + person.spend + person.price_weight + person.incident_rate + person.dropout + person.open_hours
    total += (
        person.standing
        + person.loss_aversion
        + person.voice
        + person.talk
        + person.susceptibility
        + person.boldness
        + person.propensity
        + person.fatigue
        + person.discipline
        + person.burden
        + person.outcome
    )
    for k in range(DIMENSIONS):
        total += person.goal[k]
    return math.isfinite(total)


@rule
def trouble_of(person: Person, relations: Relations) -> int:
    """NOBODY when the person itself is unsound, the first firm's seat with a feeling out of range, or SOUND."""
    if not is_finite(person):
        return NOBODY
    for firm in range(len(relations)):
        row = relations[firm]
        if not (
            is_share(row.satisfaction)
            and is_share(row.expectation)
            and is_share(row.reputation)
            and is_share(row.habit)
        ):
            return firm
    return SOUND


@inlined
def be_watched(me: MonthContext) -> None:
    """Count people with a number that is none or out of its range; which and why is looked up if there are any."""
    if trouble_of(me.person, me.relations) != SOUND:
        me.counts[0].unsound += 1


@compiled
def _look(people: Person, relations: Relations, place: IntArray) -> None:
    for i in range(len(people)):
        trouble = trouble_of(people[i], relations[i])
        if trouble != SOUND:
            place[0], place[1] = i, trouble
            return


def first_trouble(people: Population) -> Any:
    """Place and seat of the first trouble; place -1 when all is well, seat -1 when no firm is concerned."""
    place = np.array((-1, -1))
    _look(people.person, people.relations, place)
    return place
