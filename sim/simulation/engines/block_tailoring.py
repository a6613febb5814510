"""The offer as the customers of one firm in a block meet it: lines, beliefs, depth of customising, and fit."""

from sim.model.customers.offer import STEPS_OF_DEPTH
from sim.model.equations.needs import best_expected_fit, expected_fit, fit
from sim.model.state import DIMENSIONS, LASTING_UNIT
from sim.numeric.compiling import inlined
from sim.numeric.mathematics import square_root
from sim.simulation.engines.lanes import Block, whole


@inlined
def tailor_in(block: Block, firm: int, customers: int) -> None:
    """Line, depth of customising and fit of a firm's customers."""
    offer, spread = block.month.offers[firm], block.month.parameters[0].needs_spread
    custom = offer.depth > 0.0 and spread > 0.0
    lanes = whole(customers)
    for n in range(lanes):
        lane = block.lanes[n]
        lane.depth, lane.length, lane.nearest = 0.0, 0.0, 1e300
        lane.line, lane.quality, lane.unit_cost = 0.0, offer.line_quality[0], offer.line_cost[0]
        for k in range(DIMENSIONS):
            lane.believed[k], lane.position[k] = 0.0, offer.position[0, k]
    if custom or offer.lines > 1:
        for n in range(customers):
            for k in range(DIMENSIONS):
                block.lanes[n].stated[k] = float(block.person[block.lanes[n].place].stated_error[k])
        state_preferences(block, lanes)
        for line in range(offer.lines):
            compare_line(block, firm, line, lanes)
    if custom:
        for n in range(customers):
            for k in range(DIMENSIONS):
                block.lanes[n].error[k] = float(block.relations[block.lanes[n].place][firm].belief_error[k])
        believe_in(block, firm, lanes)
        choose_depth(block, firm, lanes)
    find_fit(block, lanes)


@inlined
def state_preferences(block: Block, customers: int) -> None:
    """What the customers say they want."""
    distortion = block.month.parameters[0].needs_distortion
    for k in range(DIMENSIONS):
        for n in range(customers):
            lane = block.lanes[n]
            lane.stated[k] = lane.goal[k] + distortion * (LASTING_UNIT * lane.stated[k])


@inlined
def compare_line(block: Block, firm: int, line: int, customers: int) -> None:
    """Take one line for those to whose stated preference it is the nearest so far."""
    offer = block.month.offers[firm]
    position, quality, unit_cost, number = offer.position, offer.line_quality[line], offer.line_cost[line], float(line)
    first, second, third, fourth = position[line, 0], position[line, 1], position[line, 2], position[line, 3]
    for n in range(customers):
        lane = block.lanes[n]
        gap0, gap1, gap2, gap3 = (
            lane.stated[0] - first,
            lane.stated[1] - second,
            lane.stated[2] - third,
            lane.stated[3] - fourth,
        )
        distance = lane.weight[0] * gap0 * gap0 + lane.weight[1] * gap1 * gap1
        distance = distance + lane.weight[2] * gap2 * gap2 + lane.weight[3] * gap3 * gap3
        before = lane.nearest
        nearer = distance < before
        lane.nearest = distance if nearer else before
        taken, known, cost = lane.line, lane.quality, lane.unit_cost
        lane.line = number if nearer else taken
        lane.quality = quality if nearer else known
        lane.unit_cost = unit_cost if nearer else cost
        at0, at1, at2, at3 = lane.position[0], lane.position[1], lane.position[2], lane.position[3]
        lane.position[0] = first if nearer else at0
        lane.position[1] = second if nearer else at1
        lane.position[2] = third if nearer else at2
        lane.position[3] = fourth if nearer else at3


@inlined
def believe_in(block: Block, firm: int, customers: int) -> None:
    """What the firm believes of its customers' needs."""
    parameters, goals = block.month.parameters[0], block.month.offers[firm].goals
    confidence = parameters.belief_confidence
    prior = 1.0 / (parameters.needs_spread * parameters.needs_spread)
    for n in range(customers):
        lane = block.lanes[n]
        known = lane.precision > 0.0
        precision = lane.precision * confidence
        trust = precision / (precision + prior)
        blur = LASTING_UNIT / square_root(lane.precision if known else 1.0)
        length = 0.0
        for k in range(DIMENSIONS):
            stated = lane.stated[k]
            asked = stated - goals * (stated - lane.goal[k])
            believed = trust * (asked + blur * lane.error[k] - lane.position[k])
            lane.believed[k] = believed
            length += believed * believed
        lane.length = length if known else 0.0
        lane.variance = 1.0 / (precision + prior)
        lane.gain = -1e300
    for n in range(customers):
        lane = block.lanes[n]
        lane.best = best_expected_fit(lane.variance, parameters.needs_tolerance, DIMENSIONS)


@inlined
def choose_depth(block: Block, firm: int, customers: int) -> None:
    """The depth of customising that the firm expects to pay best, for customers of whom it knows something."""
    parameters, most = block.month.parameters[0], block.month.offers[firm].depth
    value, tolerance = parameters.customisation_fit_value, parameters.needs_tolerance
    fixed, by_distance = parameters.customisation_fixed_cost, parameters.customisation_distance_cost
    for step in range(STEPS_OF_DEPTH + 1):
        depth = most * step / STEPS_OF_DEPTH
        charge, rate = (fixed, by_distance * depth) if step > 0 else (0.0, 0.0)
        for n in range(customers):
            lane = block.lanes[n]
            gain = value * expected_fit(lane.length, depth, lane.variance, tolerance, lane.best)
            gain -= charge + rate * square_root(lane.length)
            before, most_gain = lane.depth, lane.gain
            better = gain > most_gain
            lane.depth = depth if better & (lane.precision > 0.0) else before
            lane.gain = gain if better else most_gain


@inlined
def find_fit(block: Block, customers: int) -> None:
    """Fit of what is delivered, and the distance by which the offer was moved."""
    tolerance = block.month.parameters[0].needs_tolerance
    for n in range(customers):
        lane = block.lanes[n]
        distance, depth = 0.0, lane.depth
        for k in range(DIMENSIONS):
            gap = lane.goal[k] - lane.position[k]
            nearer = gap - depth * lane.believed[k]
            gap = nearer if depth > 0.0 else gap
            distance += lane.weight[k] * gap * gap
        lane.fit = fit(distance, tolerance)
        lane.moved = depth * square_root(lane.length)
