"""What a role bought for a round, as it is there at its end: reasons of those who left, and a survey of customers."""

from typing import Any

import numpy as np

from sim.experiments.game.game_design import REPORT, SURVEY, GameDesign
from sim.experiments.game.game_state import GameState
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.equations.survey import answer, answer_before_rounding
from sim.model.randomness import resampling
from sim.model.state import Floats
from sim.statistics.intervals import students_interval

POINTS_OF_PROMOTER = 100.0  # of the net promoter score, for each customer
REASONS_OF_LEAVERS = (  # of customers who left by choice
    "lost_dissatisfaction", "lost_word", "lost_trouble", "lost_rival", "lost_price", "lost_search",
)  # fmt: skip


def delivered(design: GameDesign, state: GameState, seat: int, buys: list[dict[str, Any]]) -> dict[str, Any]:
    """What was bought for the last round and is not among the facts of a view.

    Args:
        design: The game.
        state: The end of the round.
        seat: Seat of the firm that bought.
        buys: What was bought.

    Returns:
        ``report`` and ``survey``, as far as they were bought; figures come as facts.
    """
    answers: dict[str, Any] = {}
    for buy in buys:
        if buy["buy"] == REPORT:
            answers[REPORT] = reasons_of_leavers(state, seat, design.months)
        if buy["buy"] == SURVEY:
            answers[SURVEY] = survey(state, seat, round(buy["people"] * design.months / MONTHS_PER_YEAR))
    return answers


def reasons_of_leavers(state: GameState, seat: int, months: int) -> dict[str, float]:
    """Part of those who left by choice who gave each reason, when all are asked; empty where nobody left. [share]"""
    counts = state.table(seat).tail(months)[list(REASONS_OF_LEAVERS)].sum()
    asked = float(counts.sum())
    return (
        {name: float(counts[name]) / asked for name in REASONS_OF_LEAVERS if counts[name] > 0.0} if asked > 0.0 else {}
    )


def survey(state: GameState, seat: int, people: int) -> dict[str, float]:
    """A survey among a firm's customers, who answer as the model lets them answer; the same whenever it is asked for.

    Args:
        state: The end of a round.
        seat: Seat of the firm that asks.
        people: People asked.

    Returns:
        ``people``, and the ``nps`` of the sample with its 95 % interval [points], where somebody could be asked.
    """
    points = _scores(state, seat, people)
    if not len(points):
        return {"people": 0.0}
    low, high = students_interval(points)
    score = {"people": float(people), "nps": float(points.mean()), "low": low, "high": high}
    return {name: float(value) for name, value in score.items() if np.isfinite(value)}


def _scores(state: GameState, seat: int, people: int) -> Floats:
    """What each customer asked adds to the net promoter score: 100, 0 or -100. Shape (people,)."""
    world = state.market.world
    theirs = np.flatnonzero(world.people.supplier == seat)
    if not len(theirs):
        return np.zeros(0)
    luck = resampling(world.key, f"survey of {world.firms[seat].name} in month {world.month}")
    satisfied = world.people.satisfaction[luck.choice(theirs, people), seat].astype(float)
    numbers, draws = world.parameters, luck.random((people, 2))
    ends = numbers.survey_lowest, numbers.survey_highest
    points = [answer_before_rounding(float(value), *ends) for value in satisfied]
    answers = np.array([
        answer(point, numbers.survey_noise, float(first), float(second))
        for point, (first, second) in zip(points, draws, strict=True)
    ])  # fmt: skip
    promoters, detractors = answers >= numbers.survey_promoter, answers <= numbers.survey_detractor
    return np.asarray(POINTS_OF_PROMOTER * (promoters.astype(float) - detractors.astype(float)))
