"""What walls between departments cost per customer and year: a mechanism bridge that adds up, and the best height."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.claims.questions.answer import Answer, AnswerEffect, answer_row, compared, mean_effect, number
from sim.experiments.claims.questions.designs import Silos
from sim.experiments.claims.questions.run import NPV, QuestionRun, by_world
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.state import Floats
from sim.statistics.intervals import students_interval
from sim.statistics.shapley import shapley_split

REST, TOTAL = "all else", "total"
OUTCOMES: Mapping[str, Any] = {**NPV, "customers": {"measure": "customers", "aggregation": "present_value"}}
STEP_COLUMNS = ["step", "mean", "low", "high", "unit"]
HEIGHT_COLUMNS = [
    "height", "npv", "low", "high", "behind_best", "behind_low", "behind_high", "is_best", "may_be_best", "unit",
]  # fmt: skip


def silos_answer(run: QuestionRun, design: Silos) -> Answer:
    """The price of the highest wall against the lowest, step by step, and net present value by height."""
    world = run.scenario
    bridge = bridge_worlds(design)
    heights = {_height(height): {design.path: height} for height in design.heights}
    result = run.live(bridge | heights, OUTCOMES)
    values, customers = by_world(result, "npv"), by_world(result, "customers")
    low, high = (np.array([values[name] for name in _worlds(design, end)]) for end in (0, -1))
    years = customers[_height(design.heights[0])].mean() / MONTHS_PER_YEAR
    unit = f"{world.currency} per customer and year"
    steps = step_table(low - high, list(design.steps), float(years), unit)
    curve = height_table({height: values[_height(height)] for height in design.heights}, world.currency)
    words, effect = in_words(steps, curve)
    row = answer_row(run.question, words, effect, run.size.months)
    return Answer(run.question.id, {"silos": steps, "wall_heights": curve}, row)


def _height(height: float) -> str:
    return f"height {height:g}"


def _worlds(design: Silos, end: int) -> list[str]:
    """Names of the worlds of the bridge at one end of the heights: bit i says whether step i works."""
    return [f"bridge {design.heights[end]:g} {number:b}" for number in range(2 ** len(design.steps))]


def bridge_worlds(design: Silos) -> dict[str, dict[str, Any]]:
    """Both ends of the heights with every combination of steps at work and the mechanisms of the others off."""
    worlds = {}
    for end in (0, -1):
        for bits, name in enumerate(_worlds(design, end)):
            idle = [group for place, group in enumerate(design.steps.values()) if not bits >> place & 1]
            off = {f"mechanisms.{mechanism}": False for group in idle for mechanism in group}
            worlds[name] = {design.path: design.heights[end]} | off
    return worlds


def step_table(costs: Floats, names: list[str], years: float, unit: str) -> pd.DataFrame:
    """What each step costs, by its Shapley value; steps and what is left with all of them off add up to the total.

    Args:
        costs: Net present value without walls minus with them, shape (combinations of steps, replicates); bit i of
            the row's number says whether step i works. [money]
        names: Steps.
        years: Customer years of the firm without walls, discounted as money is, mean over replicates.
        unit: Unit of the result.

    Source:
        Shapley (1953).
    """
    shares = shapley_split(costs).shapley
    rows = {**dict(zip(names, shares, strict=True)), REST: costs[0], TOTAL: costs[-1]}
    effects = {name: mean_effect(values / years, unit) for name, values in rows.items()}
    table = [(name, effect.mean, effect.low, effect.high, unit) for name, effect in effects.items()]
    return pd.DataFrame(table, columns=STEP_COLUMNS)


def height_table(values: Mapping[float, Floats], unit: str) -> pd.DataFrame:
    """Net present value by height, and how far each is behind the best in paired worlds; the lowest of equals is best.

    Args:
        values: Net present value by height, one a replicate. [money]
        unit: Currency.
    """
    best = max(values, key=lambda height: (values[height].mean(), -height))
    rows = []
    for height, own in values.items():
        low, high = students_interval(own)
        behind = values[best] - own
        behind_low, behind_high = students_interval(behind)
        place = (height, float(own.mean()), low, high, float(behind.mean()), behind_low, behind_high)
        rows.append((*place, height == best, not behind_low > 0.0, unit))
    return pd.DataFrame(rows, columns=HEIGHT_COLUMNS)


def in_words(steps: pd.DataFrame, curve: pd.DataFrame) -> tuple[str, AnswerEffect]:
    """What full walls cost, the largest step, how much is left over, and which heights may be best."""
    effects = {step: AnswerEffect(mean, low, high, unit) for step, mean, low, high, unit in steps.to_numpy()}
    total = effects[TOTAL]
    single = {name: effect for name, effect in effects.items() if name not in (TOTAL, REST)}
    largest = max(single, key=lambda name: abs(single[name].mean))
    sentence = f"With full walls the firm {compared(_seen_from_walls(total), 'earns')}."
    if single[largest].mean:
        sentence += (
            f" The largest step is {largest}, {number(single[largest].mean)}; all else is {number(effects[REST].mean)}."
        )
    return f"{sentence} {_best_in_words(curve)}", total


def _seen_from_walls(cost: AnswerEffect) -> AnswerEffect:
    """A cost as a difference in profit; adding zero keeps minus zero away."""
    return AnswerEffect(0.0 - cost.mean, 0.0 - cost.high, 0.0 - cost.low, cost.unit)


def _best_in_words(curve: pd.DataFrame) -> str:
    """The best height with the heights that are not clearly worse."""
    if curve["npv"].nunique() == 1:
        return "Every height earns the same."
    best = float(curve.loc[curve["is_best"], "height"].iloc[0])
    near = curve.loc[curve["may_be_best"].astype(bool), "height"]
    if len(near) == 1:
        return f"The best of {len(curve)} heights is {number(best)}; every other earns clearly less."
    return (
        f"The best height is {number(best)}; heights from {number(near.min())} to {number(near.max())} may be as good."
    )
