"""Information that a team buys: a report on another department's facts, and a survey of its own customers."""

from typing import Any

import numpy as np

from sim.experiments.game.design import REPORT, SURVEY, GameDesign
from sim.experiments.game.game_log import Close, reports_bought
from sim.experiments.game.game_state import GameState
from sim.experiments.game.role_view import facts_reported, shortened
from sim.model.equations.survey import answer, answer_before_rounding
from sim.model.firm.organisation.information import FACTS_KEPT_BY
from sim.model.firm.organisation.reporting import FACT_CLASSES
from sim.model.randomness import resampling
from sim.model.state import Floats
from sim.parameters.decisions import DEPARTMENTS
from sim.statistics.intervals import students_interval

POINTS_OF_PROMOTER = 100.0  # of the net promoter score, for each customer


def price_of_report(design: GameDesign, state: GameState, seat: int, about: str) -> float:
    """Price of a report on the facts that a department keeps, over one round. [money]

    It is the hours of making it at the wage of service, and the model's own price of letting one department more see
    these facts for the months of a round.

    Args:
        design: The game.
        state: The start of the round.
        seat: Seat of the firm that buys.
        about: The department whose facts are reported.
    """
    numbers, world = design.information[REPORT], state.market.world.market
    work = numbers["hours"] * world[numbers["wage"].removeprefix("market.")]
    kept = set(FACTS_KEPT_BY[about])
    shared = sum(world[row.cost] for row in FACT_CLASSES.values() if kept & set(row.facts))
    customers = state.firm(seat).customers[-1]
    return float(work + shared * customers * design.months / (len(DEPARTMENTS) - 1))


def price_of_survey(design: GameDesign, state: GameState, people: int) -> float:
    """Price of asking so many customers: the model's price of an interview for each. [money]"""
    return float(people * state.market.world.market[design.information[SURVEY]["interview"].removeprefix("market.")])


def price_of(design: GameDesign, state: GameState, seat: int, buy: dict[str, Any]) -> float:
    """Price of a report or a survey. [money]"""
    if buy["buy"] == REPORT:
        return price_of_report(design, state, seat, buy["about"])
    return price_of_survey(design, state, buy["people"])


def report(design: GameDesign, state: GameState, seat: int, about: str) -> dict[str, Any]:
    """A report: the facts that a department keeps, as it reports them in the firm, and what that costs."""
    facts = {name: shortened(value) for name, value in facts_reported(state, seat, about).items()}
    return {"about": about, "facts": facts, "price": shortened(price_of_report(design, state, seat, about))}


def survey(design: GameDesign, state: GameState, seat: int, people: int) -> dict[str, Any]:
    """A survey among a firm's customers, who answer as the model lets them answer; the same whenever it is asked for.

    Args:
        design: The game.
        state: The start of the round.
        seat: Seat of the firm that asks.
        people: People asked.

    Returns:
        ``nps`` of the sample with its 95 % interval [points], ``people`` and ``price``; no score where nobody could
        be asked.
    """
    cost = {"people": people, "price": shortened(price_of_survey(design, state, people))}
    points = _scores(state, seat, people)
    if not len(points):
        return cost
    low, high = students_interval(points)
    score = {"nps": float(points.mean()), "low": low, "high": high}
    return cost | {name: shortened(value) for name, value in score.items() if np.isfinite(value)}


def _scores(state: GameState, seat: int, people: int) -> Floats:
    """What each customer asked adds to the net promoter score: 100, 0 or -100. Shape (people,)."""
    world = state.market.world
    theirs = np.flatnonzero(world.people.supplier == seat)
    if not len(theirs):
        return np.zeros(0)
    luck = resampling(world.key, f"survey of {world.firms[seat].name} in month {world.month}")
    chosen = luck.choice(theirs, people)
    draws, numbers = luck.random((people, 2)), world.parameters
    satisfied = world.people.satisfaction[chosen, seat].astype(float)
    answers = np.array([
        answer(
            answer_before_rounding(float(one_satisfied), numbers.survey_lowest, numbers.survey_highest),
            numbers.survey_noise, float(first), float(second),
        )
        for one_satisfied, (first, second) in zip(satisfied, draws, strict=True)
    ])  # fmt: skip
    ahead = (answers >= numbers.survey_promoter).astype(float) - (answers <= numbers.survey_detractor).astype(float)
    return np.asarray(POINTS_OF_PROMOTER * ahead)


def spending_of(design: GameDesign, state: GameState, close: Close, team: str, seat: int) -> float:
    """What a team pays for reports and surveys in a round. state: at the start of the round [money]"""
    return sum(price_of(design, state, seat, buy) for _, buy in reports_bought(close, team))
