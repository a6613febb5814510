"""Exhibits of a comparison: differences of value, world by world, year by year, and the bridges between policies."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from sim.charts.theme import looks
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
    ChartForm,
    DocumentTable,
    Exhibit,
    table_of,
)
from sim.reports.document.pairs import Pair, claim, size_of_pair, title_of_pair, years_of
from sim.reports.document.setting_names import unit_name
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import NO_DIFFERENCE, SEARCH_BOUND

COURSES = tuple(  # the first share and the first amount beside the headlines
    next(name for name, measure in COMPARED.items() if measure.display == display and not measure.headline)
    for display in ("share", "money")
)
MOST_WORLDS = 40
LEAST_GIVEN_BACK = 0.01  # of the peak of a whale curve; below it there is nothing to see
INTERVAL_ENDS = ("low", "high")


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
            "difference": pair.mean, "low": pair.low, "high": pair.high, "base": pair.level, "share": pair.share,
            "worlds": pair.worlds, "wins": pair.wins, "reading": words(f"reading.{pair.reading}"),
        }
        for pair in pairs
    ]  # fmt: skip
    kinds = dict.fromkeys(("difference", *INTERVAL_ENDS, "base"), (MONEY, money)) | {"share": (SHARE, "share")}
    kinds |= {"worlds": (COUNT, "count"), "wins": (COUNT, "count")}
    columns = [context.column(key, *kinds.get(key, ())) for key in rows[0]]
    table = table_of(name, words("table.differences_of_value"), pd.DataFrame(rows), columns)
    years = years_of(words, int(context.about["months"]))
    form = ChartForm(BARS, "pair", "difference", INTERVAL_ENDS, axis=words("axis.value_difference", currency=money),
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
    frame = pd.DataFrame(
        {"world": [words("label.world", world=int(world)) for world in gaps.index], "difference": gaps.to_numpy()}
    )
    columns = [context.column("world"), context.column("difference", MONEY, money)]
    table = table_of(name, words("table.worlds"), frame, columns)
    parts = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    form = ChartForm(BARS, "world", "difference", axis=words("axis.value_difference", currency=money),
                     across=words("column.world"))  # fmt: skip
    return Exhibit(
        name, words("title.worlds", wins=int((gaps > 0.0).sum()), worlds=len(gaps), years=_years(context), **parts),
        words("subtitle.worlds", **parts), table, context.note(pair.worlds), form if len(gaps) <= MOST_WORLDS else None,
        SENSITIVITY, (words("say.luck_alone"),),
    )  # fmt: skip


def _years(context: Context) -> str:
    return years_of(context.words, int(context.about["months"]))


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
    columns += [context.column(key, kind, unit) for key in ("value", *INTERVAL_ENDS)]
    label = words(f"measure.{measure}")
    table = table_of(f"course_{measure}", words("table.course", measure=label), frame, columns)
    styles = policy_looks(context, context.about["policies"])
    form = ChartForm(LINES, "year", "value", INTERVAL_ENDS, "policy", styles, f"{label} ({unit})", words("column.year"))
    title, remark = _course_words(context, comparison, pair, measure)
    return Exhibit(table.name, title, words("subtitle.course", measure=label, unit=unit), table, context.note(), form,
                   "", (remark,))  # fmt: skip


def display_of(measure: str, context: Context) -> tuple[str, str]:
    """Kind and unit of a measure of a comparison."""
    display = COMPARED[measure].display
    if display == "money":
        return MONEY, context.exchange.currency
    kind, unit = {"share": (SHARE, "share"), "people": (COUNT, "people")}.get(display, ("number", "index"))
    return kind, unit_name(unit, context.words)


def _course_words(context: Context, comparison: Comparison, pair: Pair, measure: str) -> tuple[str, str]:
    gaps = comparison.gaps[(comparison.gaps["policy"] == pair.policy) & (comparison.gaps["against"] == pair.against)]
    gaps = gaps[(gaps["measure"] == measure) & (gaps["year"] > 0)]
    last = gaps.sort_values("year").iloc[-1]
    words, kind = context.words, display_of(measure, context)[0]
    year, label = int(last["year"]), words(f"measure.{measure}")
    mean, low, high = (float(last[key]) for key in ("mean", *INTERVAL_ENDS))
    shown = replace(pair, mean=mean, low=low, high=high, verdict=str(last["verdict"]))
    runs = comparison.runs[(comparison.runs["measure"] == measure) & (comparison.runs["year"] == year)]
    means = runs.groupby("policy")["value"].mean()
    levels = {
        "one": words.value(float(means[pair.policy]), kind),
        "other": words.value(float(means[pair.against]), kind),
    }
    remark = claim_free(context, "say.levels", pair, year=year, measure=label, **levels)
    return claim(context, "title.course", shown, year=year, measure=label), remark


def claim_free(context: Context, key: str, pair: Pair, **parts: object) -> str:
    """A sentence on a pair that compares nothing."""
    names = {"first": context.policy_inside(pair.policy), "second": context.policy_inside(pair.against)}
    return context.words(key, **names, **parts)


def differences_table(context: Context, comparison: Comparison, name: str) -> DocumentTable:
    """All paired differences over the whole run and in the last year, with their unit by row."""
    words, gaps = context.words, comparison.gaps
    rows = gaps[(gaps["year"] == 0) | (gaps["year"] == gaps["year"].max())]
    frame = pd.DataFrame(
        {
            "measure": [words.known(f"measure.{measure}", measure) for measure in rows["measure"]],
            "period": [words("period.of_year" if year else "period.all", year=year) for year in rows["year"]],
            "pair": [
                words("label.pair", first=context.policy(policy), second=context.policy_inside(other))
                for policy, other in zip(rows["policy"], rows["against"], strict=True)
            ],
            "unit": [display_of(measure, context)[1] for measure in rows["measure"]],
            "difference": rows["mean"].to_numpy(), "low": rows["low"].to_numpy(), "high": rows["high"].to_numpy(),
            "wins": rows["wins"].to_numpy(), "reading": [reading_of(words, verdict) for verdict in rows["verdict"]],
        }
    )  # fmt: skip
    columns = [context.column(key) for key in ("measure", "period", "pair", "unit")]
    columns += [context.column(key, BY_UNIT) for key in ("difference", *INTERVAL_ENDS)]
    columns += [context.column("wins", COUNT, "count"), context.column("reading")]
    return table_of(name, words("table.all_differences"), frame, columns)


def reading_of(words: DocumentWords, verdict: str) -> str:
    """A verdict of a table in the language of the document."""
    key = {NO_DIFFERENCE: "unclear"}.get(verdict, "undecided" if verdict.startswith(SEARCH_BOUND) else verdict)
    return words.known(f"reading.{key}", verdict)


def whale_exhibit(context: Context, comparison: Comparison, pair: Pair) -> Exhibit | str:
    """Profit cumulated over customers, best first; one sentence where no policy gives anything back.

    Args:
        context: Words and provenance.
        comparison: Its table ``whale`` is used.
        pair: The pair of the headline.
    """
    words, money = context.words, context.exchange.currency
    means = comparison.whale.groupby(["policy", "rank_share"], sort=False)["cumulated"].mean().reset_index()
    kept = kept_shares(comparison)
    if all(share > 1.0 - LEAST_GIVEN_BACK for share in kept.values()):
        return words("say.no_whale")
    frame = means.assign(policy=[context.policy(policy) for policy in means["policy"]])
    columns = [context.column("policy"), context.column("rank_share", SHARE, "share")]
    columns.append(context.column("cumulated", MONEY, money))
    table = table_of("whale", words("table.whale"), frame, columns)
    styles = policy_looks(context, context.about["policies"])
    form = ChartForm(LINES, "rank_share", "cumulated", (), "policy", styles, words("axis.cumulated", currency=money),
                     words("column.rank_share"))  # fmt: skip
    lines = tuple(
        words("say.kept", policy=context.policy(policy), share=words.percent(share)) for policy, share in kept.items()
    )
    title = claim_free(context, "title.whale", pair, years=years_of(words, int(context.about["months"])))
    return Exhibit("whale", title, words("subtitle.whale", currency=money), table, context.note(), form, "", lines)


def kept_shares(comparison: Comparison) -> dict[str, float]:
    """Share of the peak of its whale curve that each policy keeps."""
    means = comparison.whale.groupby(["policy", "rank_share"], sort=False)["cumulated"].mean().reset_index()
    return {str(policy): _kept(part["cumulated"]) for policy, part in means.groupby("policy", sort=False)}


def _kept(cumulated: pd.Series) -> float:
    """Share of the peak that is left at the end; 1 where there is no peak above zero."""
    peak = float(cumulated.max())
    return float(cumulated.iloc[-1]) / peak if peak > 0.0 else 1.0
