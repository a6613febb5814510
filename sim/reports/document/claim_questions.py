"""Exhibits of the questions of a ledger: phase diagrams, break-even months, Sobol indices, walls, adoption."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from sim.charts.break_even import levels_of
from sim.charts.theme import GAIN, LOSS, SLATE, looks
from sim.charts.words import Finding
from sim.experiments.claims.questions.phase import NO_WINNER
from sim.reports.document.claim_answers import answers_exhibit
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table, with_unit
from sim.reports.document.model import BARS, HEAT, LINES, WATERFALL, ChartForm, Exhibit, table_of
from sim.reports.document.pairs import short_enough
from sim.reports.document.setting_names import claim_title, measure_name, setting_name, unit_name
from sim.reports.document.words import DocumentWords
from sim.statistics.verdicts import HIGHER, LOWER, is_precise

INTERVAL_ENDS = ("low", "high")
NEVER_COLUMNS = ("never_share", "never_low", "never_high")
# Steps of a price: upwards is bad.
STEP_LOOKS = {
    "gain": (LOSS, "solid"),
    "loss": (GAIN, "solid"),
    "total": (SLATE, "solid"),
}
HOW_LONG, DRIVERS, PRICE = "how-long", "what-drives-it", "price-of-silos"
ADOPTION, WHEN = "when-all-adopt", "when-it-pays"


def question_exhibits(tables: Mapping[str, pd.DataFrame], context: Context) -> list[Exhibit]:
    """One exhibit for each table of a question that the folder has."""
    made = []
    for name, make in (
        ("answers", answers_exhibit), ("phase", _phase), ("break_even", _break_even), ("sobol", _sobol),
        ("silos", _silos), ("wall_heights", _heights), ("adoption", _adoption), ("grids", _grids),
    ):  # fmt: skip
        if len(tables.get(name, pd.DataFrame())):
            made += make(tables[name], replace(context, about={**context.about, "horizons": horizons_of(tables)}))
    return made


def horizons_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Months over which each question is answered, where the answers say so.

    >>> horizons_of({"answers": pd.DataFrame({"id": ["how-long"], "months": [108]})})
    {'how-long': 108}
    """
    answers = tables.get("answers", pd.DataFrame())
    if not {"id", "months"} <= set(answers.columns):
        return {}
    return {str(row["id"]): int(row["months"]) for row in answers.to_dict("records") if row["months"] == row["months"]}


def _when(context: Context, question: str) -> str:
    """The horizon of a question as it stands in a title."""
    months = context.about["horizons"].get(question)
    return context.words("period.months", count=months) if months else context.words("period.registered")


def _exhibit(name: str, frame: pd.DataFrame, context: Context, form: ChartForm | None, title: str) -> Exhibit:
    table = frame_table(context, name, frame, {})
    return Exhibit(
        name,
        title,
        context.words(f"subtitle.{name.partition('__')[0]}", currency=context.exchange.currency),
        table,
        context.note(),
        form,
    )


def _phase(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """Heat maps of the winner over two factors, one a diagram; what is not resolved stays empty in the map."""
    words, made = context.words, []
    named = {name: context.policy(name) for name in map(str, frame["winner"].unique()) if name != NO_WINNER}
    colours = {named[name]: (look.colour, "solid") for name, look in looks(list(named)).items()} if named else {}
    frame = frame.assign(winner=[named.get(str(name), "") for name in frame["winner"]])
    for number, (diagram, part) in enumerate(frame.groupby("diagram", sort=False), start=1):
        resolved = is_yes(part["resolved"])
        shown = part.assign(shown=part["difference"].where(resolved))
        paths = [setting_name(str(part[key].iloc[0]), words) for key in ("x_path", "y_path")]
        shown = shown.assign(x_path=paths[0], y_path=paths[1], diagram=_diagram(str(diagram), words))
        form = ChartForm(HEAT, "x", "shown", (), "y", colours, paths[1], paths[0], "winner")
        parts = {"resolved": int(resolved.sum()), "count": len(part), "when": _when(context, WHEN)}
        title = words("title.phase", diagram=_diagram(str(diagram), words), **parts)
        made.append(_exhibit(f"phase__{number}", shown, context, form, title))
    return made


def _break_even(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """The share of runs that never break even by level of a moderator, with the median month beside it."""
    words = context.words
    frame = frame.assign(level=[words.known(f"level.{level}", level) for level in frame["level"]])
    names = {str(name): words.known(f"moderator.{name}", setting_name(str(name), words)) for name in frame["moderator"]}
    levels = levels_of(frame, names)
    rows = [
        {"level": level.name, **dict(zip(NEVER_COLUMNS, level.share_never(), strict=True)), "month": level.median,
         "pairs": level.runs} for level in levels
    ]  # fmt: skip
    table = frame_table(context, "break_even", pd.DataFrame(rows), {})
    form = ChartForm(BARS, "level", NEVER_COLUMNS[0], NEVER_COLUMNS[1:], axis=words("axis.never"))
    never, count = (sum(getattr(level, key) for level in levels) for key in ("never", "runs"))
    title = words("title.break_even", never=never, count=count, when=_when(context, HOW_LONG))
    return [Exhibit("break_even", title, words("subtitle.break_even"), table, context.note(), form)]


def _sobol(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    ordered = frame.sort_values("total", ascending=False)
    words = context.words
    ordered = ordered.assign(factor=[setting_name(str(factor), words) for factor in ordered["factor"]])
    title = title_of_largest("sobol", ordered, ("factor", "total", *INTERVAL_ENDS), words, _when(context, DRIVERS))
    return [
        _exhibit(
            "sobol",
            ordered,
            context,
            ChartForm(BARS, "factor", "total", INTERVAL_ENDS, axis=words("axis.sobol")),
            title,
        )
    ]


def title_of_largest(
    name: str, ordered: pd.DataFrame, columns: tuple[str, str, str, str], words: DocumentWords, when: str = ""
) -> str:
    """The title on the largest of some indices; it names one only if its interval lies beyond all others.

    Args:
        name: ``sobol``, ``drivers`` or ``morris``.
        ordered: The indices, the largest first.
        columns: Columns of the name, the value and the ends of its interval.
        words: Language of the document.
        when: Horizon; left out where the document has it elsewhere.
    """
    label, value, low, high = columns
    after = f" {words('part.over', when=when)}" if when else ""
    sizes = ordered[[low, high]].abs()
    first, rest = sizes.iloc[0].min(), sizes.iloc[1:].to_numpy(float).max() if len(sizes) > 1 else 0.0
    clear = clear_rows(ordered, low, high)
    if first > rest and clear:
        shown, factor = words.number(float(ordered[value].iloc[0])), words.inside(str(ordered[label].iloc[0]))
        pairs = ((factor, after), (factor, ""), (factor.partition(",")[0], after))
        return short_enough([words(f"title.{name}", factor=text, value=shown, when=end) for text, end in pairs])
    return words(f"title.{name}.unclear", clear=clear, count=len(ordered), when=after)


def clear_rows(frame: pd.DataFrame, low: str, high: str) -> int:
    """Rows whose interval excludes zero."""
    return int(((frame[low] > 0.0) | (frame[high] < 0.0)).sum())


def _silos(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """The bridge of mechanisms: steps add up to the total in the last row."""
    words = context.words
    total = frame["step"].astype(str).str.lower() == "total"
    steps = pd.concat([frame[~total], frame[total]]).assign(
        part=["step"] * int((~total).sum()) + ["total"] * int(total.sum())
    )
    unit = unit_name(str(frame["unit"].iloc[0]), words)
    title = _price(steps, context)
    steps = steps.assign(step=[words.known(f"step.{name}", name) for name in steps["step"]], unit=unit)
    columns = [context.column("step"), context.column("part"), context.column("mean", "by unit")]
    columns += [context.column(key, "by unit") for key in INTERVAL_ENDS] + [context.column("unit")]
    table = table_of("silos", words("table.silos"), steps, columns)
    form = ChartForm(WATERFALL, "step", "mean", INTERVAL_ENDS, "part", STEP_LOOKS, unit)
    return [Exhibit("silos", title, words("subtitle.silos", unit=unit), table, context.note(), form)]


def _price(steps: pd.DataFrame, context: Context) -> str:
    """What walls cost, its size only where the interval is narrow, and the largest clear step."""
    words, rows = context.words, steps.to_dict("records")
    whole = Finding(*(float(rows[-1][key]) for key in ("mean", *INTERVAL_ENDS)))
    clear = [row for row in rows[:-1] if Finding(row["mean"], row["low"], row["high"]).clear]
    reading = {HIGHER: "cost", LOWER: "save"}.get(whole.verdict, "unclear")
    size = f" {words.number(abs(whole.mean))}" if is_precise(whole.mean, whole.low, whole.high) else ""
    title = words(f"title.silos.{reading}", when=_when(context, PRICE), size=size)
    if not clear:
        return title
    largest = max(clear, key=lambda row: abs(row["mean"]))["step"]
    return f"{title}{words('part.largest_step', step=words.known(f'step.{largest}', largest))}"


def _heights(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    words, value = context.words, next(key for key in ("mean", "npv mean", "npv") if key in frame)
    best = frame.sort_values(value, ascending=False).iloc[0]
    form = ChartForm(LINES, "height", value, INTERVAL_ENDS, axis=words("axis.npv"), across=words("column.height"))
    frame = with_unit(frame, context.exchange.currency)
    parts = {"height": words.number(float(best["height"])), "when": _when(context, PRICE)}
    title = words("title.wall_heights", **parts)
    return [_exhibit("wall_heights", frame, context, form, title)]


def _adoption(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    measures = frame["measure"].nunique()
    shown = frame.assign(measure=_measures(frame, context))
    words = context.words
    adopters = [words.known(f"adopters.{name}", name) for name in frame["adopters"]]
    title = words("title.adoption", count=measures, when=_when(context, ADOPTION))
    return [
        _exhibit(
            "adoption", shown.assign(adopters=adopters).drop(columns="question", errors="ignore"), context, None, title
        )
    ]


def _grids(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """Values along one setting; the setting in words, and its own value apart from those in the unit of the row."""
    words = context.words
    shown = frame.assign(
        measure=_measures(frame, context), path=[setting_name(str(path), words) for path in frame["path"]]
    )
    shown["claim"] = [claim_title(str(name), words) for name in frame["claim"]]
    shown = shown.rename(columns={"value": "setting_value"})
    return [_exhibit("grids", shown, context, None, context.words("title.grids", count=frame["claim"].nunique()))]


def _measures(frame: pd.DataFrame, context: Context) -> list[str]:
    return [measure_name(str(name), context.words) for name in frame["measure"]]


def _diagram(name: str, words: DocumentWords) -> str:
    return words.known(f"diagram.{name}", name.replace("_", " "))


def is_yes(column: pd.Series) -> pd.Series:
    """Flags of a file as true and false."""
    return column.astype(str).str.lower().isin(("true", "yes", "1"))


def question_facts(tables: Mapping[str, pd.DataFrame]) -> list[tuple[str, float]]:
    """Counts in the titles of these exhibits."""
    phase, even = (tables.get(name, pd.DataFrame()) for name in ("phase", "break_even"))
    facts: list[tuple[str, float]] = []
    if len(phase):
        for _, part in phase.groupby("diagram", sort=False):
            facts += [("resolved", int(is_yes(part["resolved"]).sum())), ("cells", len(part))]
    sobol = tables.get("sobol", pd.DataFrame())
    if len(sobol):
        facts += [("clear_factors", clear_rows(sobol, *INTERVAL_ENDS)), ("factors", len(sobol))]
    facts += [("months_of_question", months) for months in horizons_of(tables).values()]
    if len(even):
        facts += [("never", int(is_yes(even["never"]).sum())), ("break_even_rows", len(even))]
    return facts
