"""sim diff: the first month, phase, firm, decision and customer in which two stored runs differ."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.common import apart, document, refuse_other_results, tell_about_compiling
from sim.commands.text import align, short, wrap
from sim.files.atomic_folder import RUN_MARK

if TYPE_CHECKING:
    from sim.experiments.run_difference import RunDifference

MOST_DIFFERENCES = 12  # measures and settings shown


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.epilog = "Status 0: the runs are the same; 1: they differ; 2: a folder cannot be read."
    for name, text in (("one", "folder of sim run --out"), ("other", "another one")):
        parser.add_argument(name, type=Path, metavar="RUN", help=text)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare two runs; status 1 when they differ."""
    for folder in (arguments.one, arguments.other):
        refuse_other_results(folder, RUN_MARK)
    from sim.experiments.run_difference import run_difference
    from sim.journeys.stored_run import StoredRun

    stored = StoredRun.load(arguments.one), StoredRun.load(arguments.other)
    tell_about_compiling()
    with apart():
        difference = run_difference(*stored)
    if arguments.json:
        print(document(_plain(difference)))
    else:
        print("\n".join(difference_lines(difference)))
    return 0 if difference.same else 1


def _plain(difference: "RunDifference") -> dict[str, Any]:
    from sim.files.records import records

    measures = None
    if difference.measures is not None:
        values = {name: list(map(_cell, pair)) for name, pair in difference.measures.measures.items()}
        measures = {"month": difference.measures.month, "firm": difference.measures.firm, "measures": values}
    settings = {path: list(pair) for path, pair in difference.settings.items()}
    about: dict[str, Any] = {"same": difference.same, "measures": measures, "settings": settings}
    return about | {"moments": records(difference.moments), "notes": list(difference.notes)}


def _cell(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def difference_lines(difference: "RunDifference") -> list[str]:
    """The difference in words and tables."""
    lines = [line for note in difference.notes for line in wrap(f"note: {note}")]
    if difference.same:
        return [*lines, "The two runs are the same: settings and every stored measure of every month and firm."]
    if difference.measures is None:
        lines.append("Every stored measure is the same.")
    else:
        measure = difference.measures
        lines.append(
            f"Stored measures differ first in month {measure.month}"
            + (f", firm {measure.firm}:" if measure.firm else ":")
        )
        lines += _pairs("measure", measure.measures)
    if difference.settings:
        lines += ["Settings that differ:", *_pairs("key", difference.settings)]
    for row in difference.moments.to_dict("records"):
        lines += wrap(_moment(row))
    return lines


def _pairs(head: str, pairs: dict[str, tuple[Any, Any]]) -> list[str]:
    rows = [
        [head, "one", "other"],
        *([name, _text(a), _text(b)] for name, (a, b) in list(pairs.items())[:MOST_DIFFERENCES]),
    ]
    more = len(pairs) - MOST_DIFFERENCES
    return align(rows) + ([f"  and {more} more"] if more > 0 else [])


def _text(value: Any) -> str:
    value = _cell(value)
    return short(value) if isinstance(value, float) and value != int(value or 0) else f"{value}"


def _moment(row: dict[Any, Any]) -> str:
    column = str(row["column"])
    what = f"decision {column.removeprefix('plan.')}" if column.startswith("plan.") else column
    whose = f"firm {row['firm']}" if row["part"] == "firms" else f"customer {row['customer']}"
    about = f" with {row['firm']}" if row["part"] != "firms" and row["firm"] else ""
    others = f"; {row['rows']} {row['part']} differ then" if row["rows"] > 1 else ""
    return (
        f"{row['part']} differ first in month {row['month']}, phase {row['phase']}: {whose}, {what}{about}: "
        f"{row['value']:.10g} in one, {row['other']:.10g} in the other{others}"
    )
