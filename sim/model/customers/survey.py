"""Survey: true satisfaction of customers, their answers, and the dissatisfaction that firms hear of."""

from sim.model.customers.draws import draw, draw_pair
from sim.model.customers.notes import NO_DETAILS, note
from sim.model.equations.survey import answer, answer_before_rounding
from sim.model.events import SAID_DISSATISFIED
from sim.model.month_context import MonthContext
from sim.model.randomness import ANSWER, HEARD
from sim.model.state import NOBODY
from sim.numeric.compiling import as_float64, inlined

CONTENT = 0.5  # satisfaction from which a customer counts as satisfied; a definition of the measure


@inlined
def be_asked(me: MonthContext) -> None:
    """A customer is satisfied, or is not and says so to the firm, or is not and stays silent."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    if me.relations[firm].satisfaction >= CONTENT:
        me.counts[firm].satisfied += 1
    elif draw(me, HEARD, 0, me.offers[firm].key) < me.parameters.hearing_reach * float(me.person.voice):
        me.counts[firm].heard_dissatisfied += 1
        if me.watched:
            note(me, SAID_DISSATISFIED, firm, 1.0, NO_DETAILS)


@inlined
def be_surveyed(me: MonthContext) -> None:
    """Each customer answers, from 0 to 10, and counts as promoter, detractor or neither (Reichheld 2003)."""
    firm = int(me.person.supplier)
    if firm == NOBODY:
        return
    first, second = draw_pair(me, ANSWER, 0, 0)
    points = answer_before_rounding(
        as_float64(me.relations[firm].satisfaction), me.parameters.survey_lowest, me.parameters.survey_highest
    )
    given = answer(points, me.parameters.survey_noise, first, second)
    if given >= me.parameters.survey_promoter:
        me.counts[firm].promoters += 1
    elif given <= me.parameters.survey_detractor:
        me.counts[firm].detractors += 1
