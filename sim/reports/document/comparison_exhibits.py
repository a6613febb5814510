"""Exhibits of a comparison: differences of value, world by world, year by year, and the bridges between policies."""

from collections.abc import Sequence

import pandas as pd

from sim.charts.theme import GAIN, LOSS, SLATE, looks
from sim.experiments.comparison_result import Comparison
from sim.model.measures import COMPARED
from sim.reports.document.context import Context
from sim.reports.document.model import (
    BARS,
    BY_UNIT,
    COUNT,
    LINES,
    MONEY,
    SENSITIVITY,
    SHARE,
    WATERFALL,
    ChartForm,
    Exhibit,
    Table,
    table_of,
)
from sim.reports.document.pairs import Pair, claim, pairs_of, short_enough, size_of_pair, title_of_pair, years_of
from sim.statistics.verdicts import read_interval

COURSES = ("attrition", "profit")
MOST_WORLDS = 40
LEAST_GIVEN_BACK = 0.01  # of the peak of a whale curve; below it there is nothing to see
TOTAL, STEP = "total", "step"
ENDS = ("low", "high")


def policy_looks(context: Context, policies: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Colour and dash by display name, the same in every chart."""
    styles = looks(list(policies))
    return {context.policy(name): (look.colour, str(look.dash)) for name, look in styles.items()}


def value_exhibit(context: Context, pairs: Sequence[Pair], name: str, role: str) -> Exhibit:
    """Paired differences of net present value, the first pair in the title.

    Args:
        context: Words and provenance.
        pairs: Pairs in their order.
        name: Name of exhibit and table.
        role: `HEADLINE`, `SENSITIVITY` or nothing.
    """
    words, money = context.words, context.exchange.currency
    rows = [
        {
            "pair": words("label.pair", first=context.policy(pair.policy), second=context.policy_inside(pair.against)),
            "difference": pair.mean, "low": pair.low, "high": pair.high, "level": pair.level, "share": pair.share,
            "worlds": pair.worlds, "wins": pair.wins, "reading": words(f"reading.{pair.reading}"),
        }
        for pair in pairs
    ]  # fmt: skip
    kinds = {key: (MONEY, money) for key in ("difference", *ENDS, "level")} | {"share": (SHARE, "share")}
    kinds |= {"worlds": (COUNT, "count"), "wins": (COUNT, "count")}
    columns = [context.column(key, *kinds.get(key, ())) for key in rows[0]]
    table = table_of(name, words("table.differences_of_value"), pd.DataFrame(rows), columns)
    years = years_of(words, int(context.about["months"]))
    form = ChartForm(BARS, "pair", "difference", ENDS, axis=words("axis.value_difference", currency=money),
                     reading="reading", undecided=(words("reading.undecided"),))  # fmt: skip
    return Exhibit(
        name, title_of_pair(context, pairs[0], years), words("subtitle.value", years=years, currency=money), table,
        context.note(pairs[0].worlds), form, role, tuple(size_of_pair(context, pair) for pair in pairs),
    )  # fmt: skip


def world_exhibit(context: Context, runs: pd.DataFrame, pair: Pair, name: str) -> Exhibit:
    """The difference in every paired world, smallest first: how far luck alone moves the answer."""
    words, money = context.words, context.exchange.currency
    rows = runs[(runs["measure"] == "npv") & (runs["year"] == 0)]
    wide = rows.pivot(index="replicate", columns="policy", values="value")
    gaps = (wide[pair.policy] - wide[pair.against]).sort_values()
    frame = pd.DataFrame({"world": [words("label.world", world=int(world)) for world in gaps.index], "difference": gaps.to_numpy()})
    columns = [context.column("world"), context.column("difference", MONEY, money)]
    table = table_of(name, words("table.worlds"), frame, columns)
    parts = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    form = ChartForm(BARS, "world", "difference", axis=words("axis.value_difference", currency=money),
                     across=words("column.world"))  # fmt: skip
    return Exhibit(
        name, words("title.worlds", wins=int((gaps > 0.0).sum()), worlds=len(gaps), **parts),
        words("subtitle.worlds", **parts), table, context.note(pair.worlds), form if len(gaps) <= MOST_WORLDS else None,
        SENSITIVITY, (words("say.luck_alone"),),
    )  # fmt: skip


def course_exhibit(context: Context, comparison: Comparison, pair: Pair, measure: str) -> Exhibit:
    """One measure year by year: mean of every policy, with the 90 % interval of runs."""
    words = context.words
    rows = comparison.runs[(comparison.runs["measure"] == measure) & (comparison.runs["year"] > 0)]
    stated = rows.groupby(["policy", "year"], sort=False)["value"]
    frame = pd.DataFrame({"value": stated.mean(), "low": stated.quantile(0.05), "high": stated.quantile(0.95)})
    frame = frame.reset_index()
    frame["year"] = frame["year"].astype(int)
    frame["policy"] = [context.policy(policy) for policy in frame["policy"]]
    kind, unit = display_of(measure, context)
    columns = [context.column("policy"), context.column("year", COUNT, "year")]
    columns += [context.column(key, kind, unit) for key in ("value", *ENDS)]
    label = words(f"measure.{measure}")
    table = table_of(f"course_{measure}", words("table.course", measure=label), frame, columns)
    styles = policy_looks(context, context.about["policies"])
    form = ChartForm(LINES, "year", "value", ENDS, "policy", styles, f"{label} ({unit})", words("column.year"))
    title, remark = _course_words(context, comparison, pair, measure)
    return Exhibit(table.name, title, words("subtitle.course", measure=label, unit=unit), table, context.note(), form,
                   "", (remark,))  # fmt: skip


def display_of(measure: str, context: Context) -> tuple[str, str]:
    """Kind and unit of a measure of a comparison."""
    display = COMPARED[measure].display
    if display == "money":
        return MONEY, context.exchange.currency
    return {"share": (SHARE, "share"), "people": (COUNT, "people")}.get(display, ("number", "index"))


def _course_words(context: Context, comparison: Comparison, pair: Pair, measure: str) -> tuple[str, str]:
    gaps = comparison.gaps[(comparison.gaps["policy"] == pair.policy) & (comparison.gaps["against"] == pair.against)]
    gaps = gaps[(gaps["measure"] == measure) & (gaps["year"] > 0)]
    last = gaps.sort_values("year").iloc[-1]
    words, kind = context.words, display_of(measure, context)[0]
    year, label = int(last["year"]), words(f"measure.{measure}")
    shown = Pair(pair.policy, pair.against, *(float(last[key]) for key in ("mean", *ENDS)), pair.worlds, 0,
                 str(last["verdict"]), 0.0)  # fmt: skip
    runs = comparison.runs[(comparison.runs["measure"] == measure) & (comparison.runs["year"] == year)]
    means = runs.groupby("policy")["value"].mean()
    levels = {"one": words.value(float(means[pair.policy]), kind), "other": words.value(float(means[pair.against]), kind)}
    remark = claim_free(context, "say.levels", pair, year=year, measure=label, **levels)
    return claim(context, "title.course", shown, year=year, measure=label), remark


def claim_free(context: Context, key: str, pair: Pair, **parts: object) -> str:
    """A sentence on a pair that compares nothing."""
    names = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    return context.words(key, **names, **parts)


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
    columns += [context.column(key, MONEY, money) for key in ("value", *ENDS)]
    table = table_of(name, words(f"table.{name}"), pd.DataFrame(rows, dtype=object), columns)
    styles = {"gain": (GAIN, "solid"), "loss": (LOSS, "solid"), TOTAL: (SLATE, "solid")}
    form = ChartForm(WATERFALL, "term", "value", ENDS, "part", styles, words("axis.value", currency=money))
    return Exhibit(name, _step_title(context, steps, pair, name), words(f"subtitle.{name}", currency=money), table,
                   context.note(), form, "", (size_of_pair(context, pair), words(f"say.{name}")))  # fmt: skip


def _step_title(context: Context, steps: pd.DataFrame, pair: Pair, name: str) -> str:
    words, years = context.words, years_of(context.words, int(context.about["months"]))
    clear = [row for row in steps.to_dict("records") if row["mean"] and abs(row["mean"]) and _is_clear(row)]
    if not clear:
        return claim_free(context, f"title.{name}.unclear", pair, years=years)
    largest = max(clear, key=lambda row: abs(row["mean"]))
    step = words.inside(words.known(f"term.{largest['term']}", str(largest["term"])).partition(" (")[0])
    full = claim_free(context, f"title.{name}.largest", pair, step=step, size=words.money(largest["mean"]), years=years)
    return short_enough([full, words(f"title.{name}.short", step=step, size=words.money(largest["mean"]), years=years)])


def _is_clear(row: dict[object, object]) -> bool:
    return read_interval(float(str(row["low"])), float(str(row["high"]))) in ("higher", "lower")


def differences_table(context: Context, comparison: Comparison, name: str) -> Table:
    """All paired differences over the whole run and in the last year, with their unit by row."""
    words, gaps = context.words, comparison.gaps
    rows = gaps[(gaps["year"] == 0) | (gaps["year"] == gaps["year"].max())]
    frame = pd.DataFrame(
        {
            "measure": [words.known(f"measure.{measure}", measure) for measure in rows["measure"]],
            "period": [words("period.all") if year == 0 else words("period.of_year", year=year) for year in rows["year"]],
            "pair": [
                words("label.pair", first=context.policy(one), second=context.policy_inside(other))
                for one, other in zip(rows["policy"], rows["against"], strict=True)
            ],
            "unit": [display_of(measure, context)[1] for measure in rows["measure"]],
            "difference": rows["mean"].to_numpy(), "low": rows["low"].to_numpy(), "high": rows["high"].to_numpy(),
            "wins": rows["wins"].to_numpy(), "reading": [reading_of(words, verdict) for verdict in rows["verdict"]],
        }
    )  # fmt: skip
    columns = [context.column(key) for key in ("measure", "period", "pair", "unit")]
    columns += [context.column(key, BY_UNIT) for key in ("difference", *ENDS)]
    columns += [context.column("wins", COUNT, "count"), context.column("reading")]
    return table_of(name, words("table.all_differences"), frame, columns)


def reading_of(words: object, verdict: str) -> str:
    """A verdict of a table in the language of the document."""
    from sim.statistics.verdicts import NO_DIFFERENCE, SEARCH_BOUND

    key = {NO_DIFFERENCE: "unclear"}.get(verdict, "undecided" if verdict.startswith(SEARCH_BOUND) else verdict)
    return words.known(f"reading.{key}", verdict)  # type: ignore[attr-defined,no-any-return]


def whale_exhibit(context: Context, comparison: Comparison, pair: Pair) -> Exhibit | str:
    """Profit cumulated over customers, best first; one sentence where no policy gives anything back.

    Args:
        context: Words and provenance.
        comparison: Its table ``whale`` is used.
        pair: The pair of the headline.
    """
    words, money = context.words, context.exchange.currency
    means = comparison.whale.groupby(["policy", "rank_share"], sort=False)["cumulated"].mean().reset_index()
    kept = {policy: _kept(part["cumulated"]) for policy, part in means.groupby("policy", sort=False)}
    if all(share > 1.0 - LEAST_GIVEN_BACK for share in kept.values()):
        return words("say.no_whale")
    frame = means.assign(policy=[context.policy(policy) for policy in means["policy"]])
    columns = [context.column("policy"), context.column("rank_share", SHARE, "share")]
    columns.append(context.column("cumulated", MONEY, money))
    table = table_of("whale", words("table.whale"), frame, columns)
    styles = policy_looks(context, context.about["policies"])
    form = ChartForm(LINES, "rank_share", "cumulated", (), "policy", styles, words("axis.cumulated", currency=money),
                     words("column.rank_share"))  # fmt: skip
    lines = tuple(words("say.kept", policy=context.policy(policy), share=words.percent(share)) for policy, share in kept.items())
    title = claim_free(context, "title.whale", pair, years=years_of(words, int(context.about["months"])))
    return Exhibit("whale", title, words("subtitle.whale", currency=money), table, context.note(), form, "", lines)


def _kept(cumulated: pd.Series) -> float:
    """Share of the peak that is left at the end; 1 where there is no peak above zero."""
    peak = float(cumulated.max())
    return float(cumulated.iloc[-1]) / peak if peak > 0.0 else 1.0
