"""Exhibits of the questions of a ledger: phase diagrams, break-even months, Sobol indices, walls, adoption."""

from collections.abc import Mapping

import pandas as pd

from sim.charts.break_even import levels_of
from sim.charts.claim_tables import measure_label
from sim.charts.names import Names, inside
from sim.charts.theme import GAIN, LOSS, SLATE
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table
from sim.reports.document.model import BARS, HEAT, LINES, WATERFALL, ChartForm, Exhibit, table_of

INTERVAL_ENDS = ("low", "high")
NEVER_COLUMNS = ("never_share", "never_low", "never_high")
STEP_LOOKS = {"gain": (GAIN, "solid"), "loss": (LOSS, "solid"), "total": (SLATE, "solid")}


def question_exhibits(tables: Mapping[str, pd.DataFrame], context: Context) -> list[Exhibit]:
    """One exhibit for each table of a question that the folder has."""
    made = []
    for name, make in (
        ("answers", _answers), ("phase", _phase), ("break_even", _break_even), ("sobol", _sobol), ("silos", _silos),
        ("wall_heights", _heights), ("adoption", _adoption), ("grids", _grids),
    ):  # fmt: skip
        if len(tables.get(name, pd.DataFrame())):
            made += make(tables[name], context)
    return made


def _exhibit(name: str, frame: pd.DataFrame, context: Context, form: ChartForm | None, title: str) -> Exhibit:
    table = frame_table(context, name, frame, {})
    return Exhibit(name, title, context.words(f"subtitle.{name.partition('__')[0]}"), table, context.note(), form)


def _answers(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    return [_exhibit("answers", frame, context, None, context.words("title.answers", count=len(frame)))]


def _phase(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """Heat maps of the winner over two factors, one a diagram; what is not resolved stays empty in the map."""
    words, made = context.words, []
    for number, (diagram, part) in enumerate(frame.groupby("diagram", sort=False), start=1):
        resolved = is_yes(part["resolved"])
        shown = part.assign(shown=part["difference"].where(resolved))
        paths = [Names().of(str(part[key].iloc[0])) for key in ("x_path", "y_path")]
        form = ChartForm(HEAT, "x", "shown", (), "y", axis=paths[1], across=paths[0])
        title = words(
            "title.phase", diagram=str(diagram).replace("_", " "), resolved=int(resolved.sum()), count=len(part)
        )
        made.append(_exhibit(f"phase__{number}", shown, context, form, title))
    return made


def _break_even(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """The share of runs that never break even by level of a moderator, with the median month beside it."""
    words, names = context.words, {str(name): Names().of(str(name)) for name in frame["moderator"].unique()}
    levels = levels_of(frame, names)
    rows = [
        {"level": level.name, **dict(zip(NEVER_COLUMNS, level.share_never(), strict=True)), "month": level.median,
         "pairs": level.runs} for level in levels
    ]  # fmt: skip
    table = frame_table(context, "break_even", pd.DataFrame(rows), {})
    form = ChartForm(BARS, "level", NEVER_COLUMNS[0], NEVER_COLUMNS[1:], axis=words("axis.never"))
    never, count = (sum(getattr(level, key) for level in levels) for key in ("never", "runs"))
    title = words("title.break_even", never=never, count=count)
    return [Exhibit("break_even", title, words("subtitle.break_even"), table, context.note(), form)]


def _sobol(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    ordered = frame.sort_values("total", ascending=False)
    ordered = ordered.assign(factor=[Names().factor(str(factor)) for factor in ordered["factor"]])
    first = ordered.iloc[0]
    words = context.words
    title = words("title.sobol", factor=inside(str(first["factor"])), value=words.number(float(first["total"])))
    return [
        _exhibit(
            "sobol",
            ordered,
            context,
            ChartForm(BARS, "factor", "total", INTERVAL_ENDS, axis=words("axis.sobol")),
            title,
        )
    ]


def _silos(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """The bridge of mechanisms: steps add up to the total in the last row."""
    words = context.words
    total = frame["step"].astype(str).str.lower() == "total"
    steps = pd.concat([frame[~total], frame[total]]).assign(
        part=["step"] * int((~total).sum()) + ["total"] * int(total.sum())
    )
    columns = [context.column("step"), context.column("part"), context.column("mean", "by unit")]
    columns += [context.column(key, "by unit") for key in INTERVAL_ENDS] + [context.column("unit")]
    table = table_of("silos", words("table.silos"), steps, columns)
    form = ChartForm(WATERFALL, "step", "mean", INTERVAL_ENDS, "part", STEP_LOOKS, str(frame["unit"].iloc[0]))
    title = words("title.silos", count=int((~total).sum()))
    return [Exhibit("silos", title, words("subtitle.silos"), table, context.note(), form)]


def _heights(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    words, value = context.words, next(key for key in ("mean", "npv mean", "npv") if key in frame)
    best = frame.sort_values(value, ascending=False).iloc[0]
    form = ChartForm(LINES, "height", value, INTERVAL_ENDS, axis=words("axis.npv"), across=words("column.height"))
    title = words("title.wall_heights", height=words.number(float(best["height"])))
    return [_exhibit("wall_heights", frame, context, form, title)]


def _adoption(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    measures = frame["measure"].nunique()
    shown = frame.assign(measure=_measures(frame, context))
    return [_exhibit("adoption", shown, context, None, context.words("title.adoption", count=measures))]


def _grids(frame: pd.DataFrame, context: Context) -> list[Exhibit]:
    """Values along one setting; the setting in words, and its own value apart from those in the unit of the row."""
    shown = frame.assign(measure=_measures(frame, context), path=[Names().of(str(path)) for path in frame["path"]])
    shown = shown.rename(columns={"value": "setting_value"})
    return [_exhibit("grids", shown, context, None, context.words("title.grids", count=frame["claim"].nunique()))]


def _measures(frame: pd.DataFrame, context: Context) -> list[str]:
    return [context.words.known(f"measure.{name}", measure_label(str(name))) for name in frame["measure"]]


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
    if len(even):
        facts += [("never", int(is_yes(even["never"]).sum())), ("break_even_rows", len(even))]
    return facts
