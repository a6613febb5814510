"""sim validate: the model against theory and published regularities, one table."""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--quick", action="store_true", help="fewer replicates and customers; less than a minute")
    parser.add_argument("--row", nargs="+", metavar="ID", default=[], help="these rows only, such as F1 F18")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write report, pictures, table, page of worlds")
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
    with apart(), progress_line("pieces of work") as tell:
        outcomes = evaluate(rows, split().uses, arguments.quick, tell)
        worlds = targets_of_worlds(bool(arguments.out) and not arguments.row and not arguments.quick)
    lines = [line_of(outcome) for outcome in outcomes]
    lines += [] if arguments.row else [line_of_unreached(row) for row in UNREACHED_TARGETS]
    contents = {
        "dated": split().dated,
        "quick": arguments.quick,
        "rows": lines,
        "worlds": worlds,
        "verdict": tally(lines),
    }
    if arguments.out:
        write(arguments.out, outcomes, contents)
    print(document(contents) if arguments.json else "\n".join([*texts(lines), "", *tally(lines)]))
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


def write(folder: Path, outcomes: Sequence[Any], contents: Mapping[str, Any]) -> None:
    """Report, pictures, table and page of worlds into a folder that is whole when it is there."""
    import pandas as pd

    from sim.files.atomic_folder import VALIDATION_MARK, whole_folder
    from sim.reports.validation_pages import worlds_page
    from sim.reports.validation_report import validation_report

    with whole_folder(folder, VALIDATION_MARK) as beside:
        report = validation_report(outcomes, contents["rows"], contents["dated"], beside)
        report.write(beside / "report.html")
        plain = json.loads(document(contents))
        (beside / VALIDATION_MARK).write_text(json.dumps(plain, indent=1, ensure_ascii=False), encoding="utf-8")
        pd.DataFrame(contents["rows"]).to_csv(beside / "validation.csv", index=False)
        (beside / "worlds.md").write_text(worlds_page(contents), encoding="utf-8")
    announce_folder(folder)


def targets_of_worlds(is_wanted: bool) -> dict[str, Any]:
    """Lines of the targets of each world of the box; none where only some rows are asked for."""
    from sim.parameters import Scenario
    from sim.parameters.shipped import scenario_names
    from sim.validation.world_targets import target_lines

    return {name: target_lines(Scenario.load(name)) for name in scenario_names()} if is_wanted else {}
