"""sim validate: the model against theory and published regularities, one table."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--quick", action="store_true", help="fewer replicates and customers; less than a minute")
    parser.add_argument("--row", nargs="+", metavar="ID", default=[], help="these rows only, such as F1 F18")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write report, pictures and a page for each world")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the rows; status 1 when an EXACT row is missed."""
    from sim.validation.evaluation import evaluate
    from sim.validation.row_table import MISSED, line_of, line_of_unreached, tally
    from sim.validation.split import split
    from sim.validation.table import rows_asked
    from sim.validation.unreached import UNREACHED_TARGETS

    rows = rows_asked(arguments.row, arguments.quick)
    if arguments.out:
        from sim.files.atomic_folder import VALIDATION_MARK, refuse_foreign

        refuse_foreign(arguments.out, VALIDATION_MARK)
    tell_about_compiling()
    with apart(), progress_line("rows") as tell:
        outcomes = evaluate(rows, split().uses, arguments.quick, tell)
    lines = [line_of(outcome) for outcome in outcomes]
    lines += [] if arguments.row else [line_of_unreached(row) for row in UNREACHED_TARGETS]
    if arguments.out:
        write(arguments.out, outcomes, lines)
    if arguments.json:
        print(document({"dated": split().dated, "quick": arguments.quick, "rows": lines, "verdict": tally(lines)}))
    else:
        print("\n".join([*texts(lines), "", *tally(lines)]))
    return int(any(line["class"] == "EXACT" and line["verdict"] == MISSED for line in lines))


def texts(lines: Sequence[dict[str, Any]]) -> list[str]:
    """The table for a terminal: a line a row, and what it says under it."""
    from sim.validation.row_table import UNREACHED, printed

    texts_of_rows = []
    for line in lines:
        shown = printed(line)
        texts_of_rows.append(f"{shown['row']:14}{shown['class']:6}{shown['use']:5}{shown['world']:9}{shown['verdict']}")
        texts_of_rows.append(f"    {shown['target']} ({shown['source']})")
        if line["verdict"] != UNREACHED:
            texts_of_rows.append(f"    expected {shown['expected']} ({shown['tolerance']}), got {shown['got']}")
            texts_of_rows.append(f"    control: {shown['control']}")
    return texts_of_rows


def write(folder: Path, outcomes: Sequence[Any], lines: Sequence[dict[str, Any]]) -> None:
    """Report, pictures, table and pages of worlds into a folder that is whole when it is there."""
    from sim.files.atomic_folder import VALIDATION_MARK, whole_folder
    from sim.parameters.shipped import scenario_names
    from sim.reports.validation_report import validation_report, world_page
    from sim.validation.split import split

    with whole_folder(folder, VALIDATION_MARK) as beside:
        validation_report(outcomes, lines, split().dated, beside).write(beside / "report.html")
        (beside / "worlds").mkdir()
        for world in scenario_names():
            (beside / "worlds" / f"{world}.md").write_text(world_page(world, lines, split().dated), encoding="utf-8")
        (beside / VALIDATION_MARK).write_text(
            json.dumps(json.loads(document({"rows": lines})), indent=1), encoding="utf-8"
        )
    announce_folder(folder)
