"""Bridges between two policies: over the accounting identity, and over what was switched."""

import pandas as pd

from sim.charts.theme import GAIN, LOSS, SLATE
from sim.experiments.comparison_result import Comparison
from sim.reports.document.comparison_exhibits import claim_free
from sim.reports.document.context import Context
from sim.reports.document.model import (
    MONEY,
    WATERFALL,
    ChartForm,
    Exhibit,
    table_of,
)
from sim.reports.document.pairs import UNDECIDED, Pair, pairs_of, short_enough, size_of_pair, years_of
from sim.statistics.verdicts import is_precise, read_interval

TOTAL, STEP = "total", "step"
STEP_ENDS = ("low", "high")


def bridge_exhibit(context: Context, comparison: Comparison, pair: Pair) -> Exhibit | None:
    """The waterfall from the rival's value to the policy's; nothing where the folder has no such pair."""
    table = comparison.bridge
    steps = table[(table["policy"] == pair.policy) & (table["against"] == pair.against)]
    return waterfall(context, steps, pair, "bridge") if len(steps) else None


def mechanism_exhibit(context: Context, comparison: Comparison) -> Exhibit | None:
    """The waterfall over groups of decisions or mechanisms; nothing where it was not asked for."""
    table = comparison.mechanisms
    if not len(table):
        return None
    steps = table[table["reading"] == "shapley"]
    first = steps.iloc[0]
    pairs = {(pair.policy, pair.against): pair for pair in pairs_of(comparison.gaps, comparison.runs)}
    return waterfall(context, steps, pairs[str(first["policy"]), str(first["against"])], "mechanisms")


def waterfall(context: Context, steps: pd.DataFrame, pair: Pair, name: str) -> Exhibit:
    """Steps between two totals, with their intervals.

    Args:
        context: Words and provenance.
        steps: Columns term, mean, low, high.
        pair: The two totals and their difference.
        name: ``bridge`` or ``mechanisms``.
    """
    words, money = context.words, context.exchange.currency
    rows = [{"term": context.policy(pair.against), "part": TOTAL, "value": pair.level, "low": None, "high": None}]
    rows += [
        {"term": words.known(f"term.{row['term']}", str(row["term"])), "part": STEP, "value": row["mean"],
         "low": row["low"], "high": row["high"]}
        for row in steps.to_dict("records")
    ]  # fmt: skip
    end = {"term": context.policy(pair.policy), "part": TOTAL, "value": pair.level + pair.mean}
    rows.append(end | {"low": None, "high": None})
    columns = [context.column("term"), context.column("part")]
    columns += [context.column(key, MONEY, money) for key in ("value", *STEP_ENDS)]
    table = table_of(name, words(f"table.{name}"), pd.DataFrame(rows, dtype=object), columns)
    styles = {"gain": (GAIN, "solid"), "loss": (LOSS, "solid"), TOTAL: (SLATE, "solid")}
    form = ChartForm(WATERFALL, "term", "value", STEP_ENDS, "part", styles, words("axis.value", currency=money))
    return Exhibit(name, _step_title(context, steps, pair, name), words(f"subtitle.{name}", currency=money), table,
                   context.note(), form, "", (size_of_pair(context, pair), words(f"say.{name}")))  # fmt: skip


def _step_title(context: Context, steps: pd.DataFrame, pair: Pair, name: str) -> str:
    words, years = context.words, years_of(context.words, int(context.about["months"]))
    if pair.reading == UNDECIDED:
        return claim_free(context, f"title.{name}.undecided", pair, years=years)
    clear = [row for row in steps.to_dict("records") if row["mean"] and abs(row["mean"]) and _is_clear(row)]
    if not clear:
        return claim_free(context, f"title.{name}.unclear", pair, years=years)
    largest = max(clear, key=lambda row: abs(row["mean"]))
    step = words.inside(words.known(f"term.{largest['term']}", str(largest["term"])).partition(" (")[0])
    precise = is_precise(*(float(str(largest[key])) for key in ("mean", *STEP_ENDS)))
    size = f", {words.money(largest['mean'])}" if precise else ""
    full = claim_free(context, f"title.{name}.largest", pair, step=step, size=size, years=years)
    return short_enough([full, words(f"title.{name}.short", step=step, size=size, years=years)])


def _is_clear(row: dict[object, object]) -> bool:
    return read_interval(float(str(row["low"])), float(str(row["high"]))) in ("higher", "lower")
