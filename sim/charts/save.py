"""Charts into files: PNG, SVG or PDF with title, alternative text and provenance inside; same tables, same bytes."""

import json
from pathlib import Path
from typing import Any

from sim.charts.chart import Chart
from sim.charts.theme import settings
from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.version import __version__

FORMATS = ("png", "svg", "pdf")


def find_format(kind: str) -> str:
    """The format itself, if it is one of `FORMATS`.

    Raises:
        BadInput: It is not.
    """
    if kind not in FORMATS:
        raise BadInput(f"format {kind!r} is not known.{nearest(kind, FORMATS)} Known: {', '.join(FORMATS)}")
    return kind


def save(chart: Chart, path: Path) -> Path:
    """Write a chart; the format is the file's ending. The file is written beside its place and then renamed.

    Raises:
        BadInput: The format is not one of `FORMATS`.
    """
    kind = find_format(path.suffix.lstrip(".").lower())
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with settings(chart.style):
        chart.figure.savefig(part, format=kind, dpi=chart.style.dpi, metadata=_metadata(chart, kind))
    part.replace(path)
    return path


def _metadata(chart: Chart, kind: str) -> dict[str, Any]:
    record = json.dumps(chart.record(), ensure_ascii=kind == "png")
    maker = f"sim {__version__}"
    if kind == "png":
        return {"Title": chart.title, "Description": chart.alt, "Comment": record, "Software": maker}
    if kind == "svg":
        return {"Title": chart.title, "Description": chart.alt, "Date": None, "Creator": maker, "Keywords": [record]}
    return {
        "Title": chart.title, "Subject": chart.alt, "Keywords": record, "Creator": maker, "CreationDate": None,
    }  # fmt: skip
