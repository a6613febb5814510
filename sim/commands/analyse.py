"""sim analyse: what a sweep says, also while it runs: declared contrasts, their pairing, what its design allows."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import apart, document

if TYPE_CHECKING:
    from sim.experiments.sweep.analysis import Analysis


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of a sweep")
    parser.add_argument(
        "--out",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="DIR2",
        help="write every table as CSV; DIR/analysis if bare",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Analyse, write and show; status 1 when a table had to be refused."""
    from sim.commands.analysis_text import analysis_lines
    from sim.experiments.sweep.result import Sweep

    sweep = Sweep.load(arguments.folder)
    with apart():
        analysis = sweep.analysis(_tell)
    if arguments.out is not None:
        beside = sweep.folder / "analysis" if arguments.out == Path() else arguments.out
        for path in analysis.write(beside):
            print(path, file=sys.stderr)
    if arguments.json:
        print(document(_plain(analysis, sweep.about["identity"]["name"])))
    else:
        print("\n".join(analysis_lines(analysis, sweep.about)))
    return 1 if analysis.refused else 0


def _tell(name: str) -> None:
    if sys.stderr.isatty():
        print(f"{name.replace('_', ' ')} …", file=sys.stderr)


def _plain(analysis: "Analysis", name: str) -> dict[str, object]:
    from sim.files.records import records

    return {
        "name": name,
        "runs": dict(analysis.runs),
        "notes": list(analysis.notes),
        "refused": dict(analysis.refused),
        "tables": {name: records(table) for name, table in analysis.tables.items()},
        "columns": {name: table.attrs["columns"] for name, table in analysis.tables.items()},
    }
