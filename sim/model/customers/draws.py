"""The draws of one customer: every random number of a step is dealt here, by who, when, what for and which firm."""

from sim.model.month_context import MonthContext
from sim.model.randomness import arrival, normals, uniform, uniforms
from sim.numeric.compiling import rule

LASTING = 0  # month of the draws that a person keeps for life


@rule
def draw(me: MonthContext, purpose: int, number: int, firm: int) -> float:
    """A uniform number of this person this month. number: of the draw; firm: key of the firm concerned, or 0"""
    return uniform(me.clock.key, int(me.person.slot), int(me.person.generation), me.clock.month, purpose, number, firm)


@rule
def draw_pair(me: MonthContext, purpose: int, number: int, firm: int) -> tuple[float, float]:
    """Two uniform numbers of this person this month."""
    return uniforms(me.clock.key, int(me.person.slot), int(me.person.generation), me.clock.month, purpose, number, firm)


@rule
def draw_normals(me: MonthContext, purpose: int, number: int, firm: int) -> tuple[float, float]:
    """Two standard normal numbers of this person this month."""
    return normals(me.clock.key, int(me.person.slot), int(me.person.generation), me.clock.month, purpose, number, firm)


@rule
def draw_arrival(me: MonthContext, number: int, firm: int) -> float:
    """When one firm arrives, at rate 1, in one choice of this person this month."""
    return arrival(me.clock.key, int(me.person.slot), int(me.person.generation), me.clock.month, number, firm)


@rule
def draw_lasting_pair(me: MonthContext, purpose: int, number: int, firm: int) -> tuple[float, float]:
    """Two uniform numbers that this person keeps for life."""
    return uniforms(me.clock.key, int(me.person.slot), int(me.person.generation), LASTING, purpose, number, firm)


@rule
def draw_lasting_normals(me: MonthContext, purpose: int, number: int, firm: int) -> tuple[float, float]:
    """Two standard normal numbers that this person keeps for life."""
    return normals(me.clock.key, int(me.person.slot), int(me.person.generation), LASTING, purpose, number, firm)


@rule
def draw_of_place(me: MonthContext, purpose: int) -> float:
    """A uniform draw of this place and month, whoever lives there: births and deaths are the same in every world."""
    return uniform(me.clock.key, int(me.person.slot), 0, me.clock.month, purpose, 0, 0)


@rule
def draw_pair_of_place(me: MonthContext, purpose: int) -> tuple[float, float]:
    """Two uniform draws of this place and month, whoever lives there."""
    return uniforms(me.clock.key, int(me.person.slot), 0, me.clock.month, purpose, 0, 0)
