"""The offer as this customer meets it: stated preference, nearest line, customised or not, and how well it fits."""

import math

from sim.compiling import rule, wide
from sim.nature import Nature
from sim.randomness import BELIEF, CONFUSION, STATED, normals, uniforms
from sim.rules.needs import expected_fit, fit
from sim.state import DIMENSIONS, Clock, Known, Offers, Person, Room

STEPS_OF_DEPTH = 4  # depths tried: 0, 1/4, 1/2, 3/4, 1 of the largest


@rule
def state_preference(person: Person, known: Known, nature: Nature, clock: Clock, room: Room) -> None:
    """What the customer says it wants: the goal, distorted."""
    generation = int(person.generation)
    for half in range(DIMENSIONS // 2):
        first, second = normals(clock.key, int(person.slot), generation, 0, STATED, half, 0)
        k = 2 * half
        room[0].stated[k] = person.goal[k] + nature.needs_distortion * first
        room[0].stated[k + 1] = person.goal[k + 1] + nature.needs_distortion * second


@rule
def nearest_line(firm: int, person: Person, known: Known, offers: Offers, room: Room) -> tuple[int, float]:
    """The line nearest to the stated preference, and its weighted squared distance."""
    best, nearest = 0, 1e300
    for line in range(offers[firm].lines):
        distance = 0.0
        for k in range(DIMENSIONS):
            gap = room[0].stated[k] - offers[firm].position[line, k]
            distance += float(person.weight[k]) * gap * gap
        if distance < nearest:
            best, nearest = line, distance
    return best, nearest


@rule
def line_taken(
    firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room
) -> int:
    """The line that the customer ends up with: the nearest, or any for those whom many lines confuse, lastingly."""
    if nature.choice_confusion > 0.0:
        slot, generation = int(person.slot), int(person.generation)
        confused, which = uniforms(clock.key, slot, generation, 0, CONFUSION, 0, offers[firm].key)
        if confused < nature.choice_confusion * (offers[firm].lines - 1):
            return int(which * offers[firm].lines)
    return nearest_line(firm, person, known, offers, room)[0]


@rule
def believe(
    firm: int, line: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room
) -> tuple[float, float]:
    """The firm's belief about the need: squared distance from its line, and remaining variance per dimension."""
    true_precision = wide(known[firm].precision)
    precision = true_precision * nature.belief_confidence
    prior = 1.0 / (nature.needs_spread * nature.needs_spread)
    trust = precision / (precision + prior)
    generation = int(person.generation)
    length = 0.0
    for half in range(DIMENSIONS // 2):
        errors = normals(clock.key, int(person.slot), generation, 0, BELIEF, half, offers[firm].key)
        for side in range(2):
            k = 2 * half + side
            asked = room[0].stated[k] - offers[firm].goals * (room[0].stated[k] - person.goal[k])
            seen = asked + errors[side] / math.sqrt(true_precision)
            room[0].believed[k] = trust * (seen - offers[firm].position[line, k])
            length += room[0].believed[k] * room[0].believed[k]
    return length, 1.0 / (precision + prior)


@rule
def best_depth(length: float, variance: float, most: float, nature: Nature) -> float:
    """The depth of customising that the firm expects to pay best."""
    best, most_gain = 0.0, -1e300
    for step in range(STEPS_OF_DEPTH + 1):
        depth = most * step / STEPS_OF_DEPTH
        gain = nature.customisation_fit_value * expected_fit(
            length, depth, variance, nature.needs_tolerance, DIMENSIONS
        )
        if step > 0:
            gain -= nature.customisation_fixed_cost + nature.customisation_distance_cost * depth * math.sqrt(length)
        if gain > most_gain:
            best, most_gain = depth, gain
    return best


@rule
def tailor(
    firm: int, person: Person, known: Known, nature: Nature, offers: Offers, clock: Clock, room: Room
) -> tuple[float, float, float]:
    """The offer delivered: fit to the goal, depth of customising, and distance by which the offer was moved."""
    line, depth, length = 0, 0.0, 0.0
    custom = offers[firm].depth > 0.0 and wide(known[firm].precision) > 0.0 and nature.needs_spread > 0.0
    if custom or offers[firm].lines > 1:
        state_preference(person, known, nature, clock, room)
        line = line_taken(firm, person, known, nature, offers, clock, room)
    if custom:
        length, variance = believe(firm, line, person, known, nature, offers, clock, room)
        depth = best_depth(length, variance, offers[firm].depth, nature)
    distance = 0.0
    for k in range(DIMENSIONS):
        gap = person.goal[k] - offers[firm].position[line, k]
        if depth > 0.0:
            gap -= depth * room[0].believed[k]
        distance += float(person.weight[k]) * gap * gap
    return fit(distance, nature.needs_tolerance), depth, depth * math.sqrt(length)
