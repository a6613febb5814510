"""The offer as this customer meets it: stated preference, nearest line, customised or not, and how well it fits."""

from sim.model.customers.draws import draw_lasting_pair
from sim.model.equations.needs import best_expected_fit, expected_fit, fit
from sim.model.month_context import MonthContext
from sim.model.randomness import CONFUSION
from sim.model.state import DIMENSIONS, LASTING_UNIT
from sim.numeric.compiling import as_float64, inlined, rule
from sim.numeric.mathematics import square_root

STEPS_OF_DEPTH = 4  # depths tried: 0, 1/4, 1/2, 3/4, 1 of the largest


@inlined
def state_preference(me: MonthContext) -> None:
    """What the customer says it wants: the goal, distorted."""
    for k in range(DIMENSIONS):
        error = LASTING_UNIT * me.person.stated_error[k]
        me.scratch[0].stated[k] = me.person.goal[k] + me.parameters.needs_distortion * error


@rule
def nearest_line(me: MonthContext, firm: int) -> tuple[int, float]:
    """The line nearest to the stated preference, and its weighted squared distance."""
    best, nearest = 0, 1e300
    for line in range(me.offers[firm].lines):
        distance = 0.0
        for k in range(DIMENSIONS):
            gap = me.scratch[0].stated[k] - me.offers[firm].position[line, k]
            distance += float(me.person.weight[k]) * gap * gap
        if distance < nearest:
            best, nearest = line, distance
    return best, nearest


@rule
def line_taken(me: MonthContext, firm: int) -> int:
    """The line that the customer ends up with: the nearest, or any for those whom many lines confuse, lastingly."""
    if me.parameters.choice_confusion > 0.0:
        confused, which = draw_lasting_pair(me, CONFUSION, 0, me.offers[firm].key)
        if confused < me.parameters.choice_confusion * (me.offers[firm].lines - 1):
            return int(which * me.offers[firm].lines)
    return nearest_line(me, firm)[0]


@rule
def believe(me: MonthContext, firm: int, line: int) -> tuple[float, float]:
    """The firm's belief about the need: squared distance from its line, and remaining variance per dimension."""
    true_precision = as_float64(me.relations[firm].precision)
    precision = true_precision * me.parameters.belief_confidence
    prior = 1.0 / (me.parameters.needs_spread * me.parameters.needs_spread)
    trust = precision / (precision + prior)
    length = 0.0
    blur = LASTING_UNIT / square_root(true_precision)
    for k in range(DIMENSIONS):
        asked = me.scratch[0].stated[k] - me.offers[firm].goals * (me.scratch[0].stated[k] - me.person.goal[k])
        estimate = asked + blur * me.relations[firm].belief_error[k]
        me.scratch[0].believed[k] = trust * (estimate - me.offers[firm].position[line, k])
        length += me.scratch[0].believed[k] * me.scratch[0].believed[k]
    return length, 1.0 / (precision + prior)


@rule
def best_depth(me: MonthContext, length: float, variance: float, most: float) -> float:
    """The depth of customising that the firm expects to pay best."""
    best, most_gain = 0.0, -1e300
    all_the_way = best_expected_fit(variance, me.parameters.needs_tolerance, DIMENSIONS)
    for step in range(STEPS_OF_DEPTH + 1):
        depth = most * step / STEPS_OF_DEPTH
        expected = expected_fit(length, depth, variance, me.parameters.needs_tolerance, all_the_way)
        gain = me.parameters.customisation_fit_value * expected
        if step > 0:
            gain -= (
                me.parameters.customisation_fixed_cost
                + me.parameters.customisation_distance_cost * depth * square_root(length)
            )
        if gain > most_gain:
            best, most_gain = depth, gain
    return best


@rule
def tailor(me: MonthContext, firm: int) -> tuple[float, float, float]:
    """The offer delivered: fit to the goal, depth of customising, and distance by which the offer was moved."""
    line, depth, length = 0, 0.0, 0.0
    custom = (
        me.offers[firm].depth > 0.0
        and as_float64(me.relations[firm].precision) > 0.0
        and me.parameters.needs_spread > 0.0
    )
    if custom or me.offers[firm].lines > 1:
        state_preference(me)
        line = line_taken(me, firm)
    if custom:
        length, variance = believe(me, firm, line)
        depth = best_depth(me, length, variance, me.offers[firm].depth)
    me.scratch[firm].line = line
    distance = 0.0
    for k in range(DIMENSIONS):
        gap = me.person.goal[k] - me.offers[firm].position[line, k]
        if depth > 0.0:
            gap -= depth * me.scratch[0].believed[k]
        distance += float(me.person.weight[k]) * gap * gap
    return fit(distance, me.parameters.needs_tolerance), depth, depth * square_root(length)
