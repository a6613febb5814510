"""The report of a validation: the table, pictures of runs beside closed forms, and a page for each world."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.charts.closed_form import draw_closed_form
from sim.charts.save import save
from sim.charts.theme import find_style
from sim.reports.html import Picture, Report, Section
from sim.validation.row import Curve, RowOutcome
from sim.validation.row_table import ROW_COLUMNS, UNREACHED, printed, tally
from sim.version import __version__

TableLines = Sequence[Mapping[str, Any]]
CLASS_HEADINGS = {
    "EXACT": "Where theory knows the answer",
    "QUANT": "Published numbers",
    "SIGN": "Published directions",
}


def validation_report(outcomes: Sequence[RowOutcome], lines: TableLines, dated: str, folder: Path) -> Report:
    """The whole report. Pictures are drawn into ``folder/charts``.

    Args:
        outcomes: Rows after their runs.
        lines: The same and what is not reachable, as lines of the table.
        dated: Day on which CAL and HOLD were fixed.
        folder: Where the report goes.
    """
    sections = []
    for kind in CLASS_HEADINGS:
        own = [outcome for outcome in outcomes if outcome.row.judge.kind == kind]
        sections.append(_of_kind(kind, lines, pictures_of(own, folder)))
    unreached = _table([line for line in lines if line["verdict"] == UNREACHED])
    if len(unreached):
        texts = ["No setting of switches and numbers of this model has these as a limit."]
        sections.append(
            Section("Not reachable", texts, [("", unreached[["row", "class", "target", "source", "verdict"]])])
        )
    return Report(
        "Validation of the model", tally(lines), [section for section in sections if section.tables], _notes(dated)
    )


def _of_kind(kind: str, lines: TableLines, pictures: Sequence[Picture]) -> Section:
    own = [line for line in lines if line["class"] == kind and line["verdict"] != UNREACHED]
    return Section(CLASS_HEADINGS[kind], [], [("", _table(own))] if own else [], pictures)


def _table(lines: TableLines) -> pd.DataFrame:
    return pd.DataFrame([printed(line) for line in lines], columns=list(ROW_COLUMNS))


def _notes(dated: str) -> list[str]:
    return [
        "Interval: of an EXACT row four standard errors of the worked case, of a QUANT row the 90 % interval of the "
        "mean over replicates, of a SIGN row the range over replicates.",
        f"CAL: a number of the model was set by this figure. HOLD: none was. Fixed on {dated}.",
        f"Simulation, sim {__version__}. Repeat it: sim validate.",
    ]


def pictures_of(outcomes: Sequence[RowOutcome], folder: Path) -> list[Picture]:
    """Runs beside their closed forms, drawn into ``folder/charts``."""
    pictures = []
    for outcome in outcomes:
        for curve in outcome.curves:
            world = f"limit of row {outcome.row.id}" if outcome.row.world == "limit" else outcome.row.world
            about = {"scenario": world, "replications": 1, "seed": 0}
            path, alt = picture_of_curve(curve, about, folder / "charts" / f"{outcome.row.id}.svg")
            pictures.append(Picture(path, alt, f"{outcome.row.id}: {outcome.row.target}."))
    return pictures


def picture_of_curve(curve: Curve, about: Mapping[str, Any], path: Path) -> tuple[Path, str]:
    """Draw a run beside its closed form; gives the file and the picture in words.

    Args:
        curve: What to draw.
        about: What the numbers come from.
        path: File, by whose ending the format is chosen.
    """
    chart = draw_closed_form(path.stem, curve, about, find_style("deck"))
    return save(chart, path), chart.alt
