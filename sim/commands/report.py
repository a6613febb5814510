"""sim report: a document from a folder of results, without running a model."""

import argparse
from pathlib import Path

from sim.commands.common import refuse_other_results
from sim.files.atomic_folder import COMPARISON_MARK, EVIDENCE_MARK
from sim.parameters import BadInput


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="what compare --out or evidence wrote")
    parser.add_argument("--format", default="html", help="html")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report into the folder and say where it is."""
    if arguments.format != "html":
        raise BadInput(f"format {arguments.format!r} is not known; known is html")
    refuse_other_results(arguments.folder, EVIDENCE_MARK, COMPARISON_MARK)
    from sim.experiments.comparison_result import Comparison
    from sim.experiments.evidence.flagship import Evidence
    from sim.reports.comparison_report import comparison_report
    from sim.reports.evidence_report import evidence_report

    folder = arguments.folder
    if (folder / EVIDENCE_MARK).is_file():
        report = evidence_report(Evidence.read(folder), folder)
    else:
        report = comparison_report(Comparison.read(folder), folder)
    print(report.write(folder / "report.html"))
    return 0
