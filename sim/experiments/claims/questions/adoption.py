"""Whether it still pays when rivals copy it: profit, prices and customers when no firm, one or all adopt a policy."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.experiments.claims.questions.answer import (
    Answer,
    AnswerEffect,
    answer_row,
    at_bound_words,
    compared,
    mean_effect,
    policy_words,
)
from sim.experiments.claims.questions.designs import Adoption
from sim.experiments.claims.questions.plan import CENTRE
from sim.experiments.claims.questions.run import QuestionRun, by_world
from sim.experiments.claims.questions.tuning import TunedDecisions, settings_of, tuned_at, tuned_table
from sim.experiments.sweep.design.outcomes import Outcome
from sim.model.state import Floats

NONE, ONE, ALL = "none", "one", "all"
ADOPTION_COLUMNS = [
    "adopters", "measure", "mean", "low", "high", "unit", "difference", "difference_low", "difference_high",
]  # fmt: skip


def adoption_answer(run: QuestionRun, design: Adoption) -> Answer:
    """Levels by number of adopters, and differences to a market in which nobody adopts.

    Both policies are tuned for the focal firm in the world as it comes; every firm with a policy has its decisions.
    """
    tuned = tuned_at(run, {CENTRE: {}}, design.policies)
    decided = {policy: made.settings for policy, made in tuned[CENTRE].items()}
    worlds = adoption_worlds(design.policies, decided, len(run.scenario.firms))
    result = run.live(worlds, {outcome.name: mapping_of(outcome) for outcome in design.measures})
    units = {outcome.name: outcome.unit_in(run.scenario.currency) for outcome in design.measures}
    table = adoption_table({name: by_world(result, name) for name in units}, units)
    kept = tuned_table(run.question.id, tuned)
    words, effect = in_words(table, design)
    row = answer_row(run.question, words + at_bound_words(kept), effect, run.size.months)
    return Answer(run.question.id, {"adoption": table, "tuned": kept}, row)


def mapping_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the file of an experiment has it."""
    whole = {"measure": outcome.measure, "firm": outcome.firm, "aggregation": outcome.aggregation}
    return whole | ({"months": [outcome.first, outcome.last]} if outcome.last else {})


def adoption_worlds(policies: tuple[str, ...], decided: TunedDecisions, firms: int) -> dict[str, dict[str, Any]]:
    """The market with no adopter, with the first firm, and with all firms.

    Args:
        policies: The policy that is adopted, and that of all others.
        decided: Tuned decisions by policy.
        firms: Firms of the market.
    """
    adopters = {NONE: 0, ONE: 1, ALL: firms}
    return {
        name: {
            path: value
            for seat in range(firms)
            for policy in [policies[0] if seat < count else policies[1]]
            for path, value in settings_of(policy, decided[policy], seat).items()
        }
        for name, count in adopters.items()
    }


def adoption_table(values: Mapping[str, Mapping[str, Floats]], units: Mapping[str, str]) -> pd.DataFrame:
    """Every measure by number of adopters, with its paired difference to no adopter.

    Args:
        values: By measure and adopters, one a replicate.
        units: Unit by measure.
    """
    rows = []
    for name, by_adopters in values.items():
        for adopters in (NONE, ONE, ALL):
            level = mean_effect(by_adopters[adopters], units[name])
            gap = mean_effect(by_adopters[adopters] - by_adopters[NONE], units[name])
            ends = (level.mean, level.low, level.high, units[name], gap.mean, gap.low, gap.high)
            rows.append((adopters, name, *ends))
    return pd.DataFrame(rows, columns=ADOPTION_COLUMNS)


def in_words(table: pd.DataFrame, design: Adoption) -> tuple[str, AnswerEffect]:
    """What the first firm gains alone and when all adopt, and what the other measures do when all adopt."""
    ours, others = map(policy_words, design.policies)
    profit, *rest = (outcome.name for outcome in design.measures)
    alone, together = difference(table, profit, ONE), difference(table, profit, ALL)
    sentence = (
        f"Against a market in which every firm is {others}, "
        f"the firm that alone turns {ours} {compared(alone, 'earns')}; "
        f"when all firms do, it {compared(together, 'earns')}."
    )
    changes = "; ".join(f"{name.replace('_', ' ')} {_moved(difference(table, name, ALL))}" for name in rest)
    return sentence + (f" When all adopt: {changes}." if changes else ""), together


def _moved(gap: AnswerEffect) -> str:
    """Whether a level moved, for any measure."""
    return compared(gap, "is").replace("is exactly", "stays exactly")


def difference(table: pd.DataFrame, measure: str, adopters: str) -> AnswerEffect:
    """The difference of a measure to no adopter."""
    row = table[(table["measure"] == measure) & (table["adopters"] == adopters)].iloc[0]
    ends = (float(row["difference"]), float(row["difference_low"]), float(row["difference_high"]))
    return AnswerEffect(*ends, str(row["unit"]))
