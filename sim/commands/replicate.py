"""sim replicate: published work repeated by settings of the model, with the distance to what was published."""

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", nargs="*", metavar="NAME", help="replications, or files of your own; all if left out")
    parser.add_argument("--quick", action="store_true", help="small sizes and two replicates; shows that it runs")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write table, pictures and replications.json")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Run replications; what is missed stays in the table as missed, and the status is 0."""
    from sim.validation.replications.description import load_replication, replication_names
    from sim.validation.replications.evaluation import lines_of_replication, replicate

    asked = [load_replication(name) for name in arguments.name or replication_names()]
    if arguments.out:
        from sim.files.atomic_folder import REPLICATION_MARK, refuse_foreign

        refuse_foreign(arguments.out, REPLICATION_MARK)
    tell_about_compiling()
    with apart(), progress_line("replications") as tell:
        outcomes = replicate(asked, arguments.quick, tell)
    lines = [line for outcome in outcomes for line in lines_of_replication(outcome)]
    if arguments.out:
        write(arguments.out, outcomes, lines)
    if arguments.json:
        print(document({"quick": arguments.quick, "replications": [about(row) for row in asked], "figures": lines}))
    else:
        print("\n".join(text for row in outcomes for text in texts(row)))
    return 0


def about(replication: Any) -> dict[str, Any]:
    """What a replication says of itself, for a document."""
    return {
        "name": replication.name, "title": replication.title, "source": replication.source,
        "sets": replication.sets, "limits": replication.limits, "not_read": replication.not_read,
    }  # fmt: skip


def texts(outcome: Any) -> list[str]:
    """One replication for a terminal: what it is, a line a figure, the control, and what it cannot show."""
    from sim.validation.replications.evaluation import lines_of_replication

    replication, lines = outcome.replication, lines_of_replication(outcome)
    rows = [f"{replication.name}: {replication.title} ({replication.source})", *map(text_of_figure, lines)]
    gone = "gone" if outcome.control_gone else "still there"
    rows.append(f"    control: {replication.control.what}: {replication.control_quantity} is {gone}")
    rows += [f"    limit: {text}" for text in replication.limits]
    return [*rows, *(f"    not read: {text}" for text in replication.not_read), ""]


def text_of_figure(line: Mapping[str, Any]) -> str:
    """A figure: verdict, what was published, what the model does, the distance."""
    got = f"{line['reproduced']:.4g} [{line['low']:.4g}, {line['high']:.4g}]"
    if isinstance(line["published"], str):
        return f"    {line['verdict']:11}{line['quantity']}: {got}; expected above 0 ({line['from']})"
    closed = f"; closed form {line['closed_form']:.4g}" if math.isfinite(line["closed_form"]) else ""
    distance = f"distance {line['distance']:+.3g}, allowed {line['tolerance']}"
    expected = f"{line['published']:.4g} ({line['from']})"
    return f"    {line['verdict']:11}{line['quantity']}: {expected}, got {got}, {distance}{closed}"


def write(folder: Path, outcomes: Sequence[Any], lines: Sequence[Mapping[str, Any]]) -> None:
    """Table, pictures and document into a folder that is whole when it is there."""
    import pandas as pd

    from sim.files.atomic_folder import REPLICATION_MARK, whole_folder
    from sim.reports.validation_report import picture_of_curve

    with whole_folder(folder, REPLICATION_MARK) as beside:
        pd.DataFrame(list(lines)).to_csv(beside / "figures.csv", index=False, float_format="%.6g")
        for outcome in outcomes:
            origin = {"scenario": f"replication {outcome.replication.name}", "replications": 1, "seed": 0}
            picture_of_curve(outcome.curve, origin, beside / "charts" / f"{outcome.replication.name}.png")
        contents = {"replications": [about(outcome.replication) for outcome in outcomes], "figures": list(lines)}
        (beside / REPLICATION_MARK).write_text(json.dumps(json.loads(document(contents)), indent=1), encoding="utf-8")
    announce_folder(folder)
