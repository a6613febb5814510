"""The offer as this customer meets it: stated preference, nearest line, customised or not, and how well it fits."""

import math

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import BELIEF, STATED, normals
from sim.rules.needs import expected_fit, fit
from sim.state import DIMENSIONS, Clock, Offers, Population, Scratch

STEPS_OF_DEPTH = 4  # depths tried: 0, 1/4, 1/2, 3/4, 1 of the largest


@rule
def state_preference(i: int, people: Population, nature: Nature, clock: Clock, scratch: Scratch) -> None:
    """What the customer says it wants: the goal, distorted."""
    generation = int(people.generation[i])
    for half in range(DIMENSIONS // 2):
        first, second = normals(clock.key, i, generation, 0, STATED, half, 0)
        k = 2 * half
        scratch.stated[k] = people.goal[i, k] + nature.needs_distortion * first
        scratch.stated[k + 1] = people.goal[i, k + 1] + nature.needs_distortion * second


@rule
def nearest_line(i: int, firm: int, people: Population, offers: Offers, scratch: Scratch) -> tuple[int, float]:
    """The line nearest to the stated preference, and its weighted squared distance."""
    best, nearest = 0, 1e300
    for line in range(offers.lines[firm]):
        distance = 0.0
        for k in range(DIMENSIONS):
            gap = scratch.stated[k] - offers.position[firm, line, k]
            distance += float(people.weight[i, k]) * gap * gap
        if distance < nearest:
            best, nearest = line, distance
    return best, nearest


@rule
def believe(
    i: int, firm: int, line: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch
) -> tuple[float, float]:
    """The firm's belief about the need: squared distance from its line, and remaining variance per dimension."""
    true_precision = people.precision[i, firm]
    precision = true_precision * nature.belief_confidence
    prior = 1.0 / (nature.needs_spread * nature.needs_spread)
    trust = precision / (precision + prior)
    generation = int(people.generation[i])
    length = 0.0
    for half in range(DIMENSIONS // 2):
        errors = normals(clock.key, i, generation, 0, BELIEF, half, offers.key[firm])
        for side in range(2):
            k = 2 * half + side
            seen = scratch.stated[k] + errors[side] / math.sqrt(true_precision)
            scratch.believed[k] = trust * (seen - offers.position[firm, line, k])
            length += scratch.believed[k] * scratch.believed[k]
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
    i: int, firm: int, people: Population, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch
) -> tuple[float, float, float]:
    """The offer delivered: fit to the goal, depth of customising, and distance by which the offer was moved."""
    state_preference(i, people, nature, clock, scratch)
    line, _ = nearest_line(i, firm, people, offers, scratch)
    depth, length = 0.0, 0.0
    if offers.depth[firm] > 0.0 and people.precision[i, firm] > 0.0 and nature.needs_spread > 0.0:
        length, variance = believe(i, firm, line, people, nature, offers, clock, scratch)
        depth = best_depth(length, variance, offers.depth[firm], nature)
    distance = 0.0
    for k in range(DIMENSIONS):
        gap = people.goal[i, k] - offers.position[firm, line, k]
        if depth > 0.0:
            gap -= depth * scratch.believed[k]
        distance += float(people.weight[i, k]) * gap * gap
    return fit(distance, nature.needs_tolerance), depth, depth * math.sqrt(length)
