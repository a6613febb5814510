"""sim study: what the model shows in worlds whose numbers nobody chose, drawn over plausible ranges."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sim import __version__
from sim.commands.common import apart, document, progress_line, tell_about_compiling, tell_written
from sim.commands.text import of_table
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.lab.studies.worlds import Progress, Sample, Study

MARK = "study.json"
WHAT = "walls: the best height; policies: which one wins when tuned; transformation: loss first, gain later, or never"
USUAL = "product_centric,osfa,customer_centric"
NAMES = ("walls", "policies", "transformation")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", choices=NAMES, help=WHAT)
    parser.add_argument("--worlds", type=int, default=300, metavar="N", help="worlds sampled (300 takes many minutes)")
    parser.add_argument("--policies", help=f"of the study policies ({USUAL} if left out)")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Live the worlds and print the summary."""
    if arguments.policies is not None and arguments.name != "policies":
        raise BadInput(f"--policies chooses what the study policies compares; the study {arguments.name} has none")
    from sim.compiling import source_hash
    from sim.lab.records import records
    from sim.lab.studies.worlds import sampled
    from sim.lab.whole_folder import refuse_foreign, whole_folder

    sample = sampled(arguments.worlds)
    if arguments.out:
        refuse_foreign(arguments.out, MARK)
    tell_about_compiling()
    with apart(), progress_line("worlds") as show:
        found = _made(arguments, sample, show)
    if arguments.out:
        told = found.about | {"version": __version__, "code": source_hash()}
        with whole_folder(arguments.out, MARK) as beside:
            found.write(beside)
            (beside / MARK).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    if arguments.json:
        print(document({"about": found.about, "summary": records(found.summary)}))
    else:
        print("\n".join(of_table(found.summary)))
    if arguments.out:
        tell_written(arguments.out)
    return 0


def _made(arguments: argparse.Namespace, sample: "Sample", show: "Progress") -> "Study":
    from sim.lab.studies.policies import policies_study
    from sim.lab.studies.transformation import transformation_study
    from sim.lab.studies.walls import walls_study

    if arguments.name == "walls":
        return walls_study(sample, show)
    if arguments.name == "transformation":
        return transformation_study(sample, show)
    return policies_study(sample, (arguments.policies or USUAL).split(","), show)
