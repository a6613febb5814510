"""sim study: what the model shows in worlds whose numbers nobody chose, drawn over plausible ranges."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling
from sim.commands.text import of_table
from sim.parameters import BadInput
from sim.version import __version__

if TYPE_CHECKING:
    from sim.experiments.studies.worlds import RunProgress, Sample, Study

WHAT = "walls: the best height; policies: which one wins when tuned; transformation: loss first, gain later, or never"
USUAL_POLICIES = "product_centric,osfa,customer_centric"
STUDIES = ("walls", "policies", "transformation")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", choices=STUDIES, help=WHAT)
    parser.add_argument("--worlds", type=int, default=300, metavar="N", help="worlds sampled (300 takes many minutes)")
    parser.add_argument("--policies", help=f"of the study policies ({USUAL_POLICIES} if left out)")
    parser.add_argument("--out", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Live the worlds and print the summary."""
    if arguments.policies is not None and arguments.name != "policies":
        raise BadInput(f"--policies chooses what the study policies compares; the study {arguments.name} has none")
    from sim.experiments.studies.worlds import sample_worlds
    from sim.files.atomic_folder import STUDY_MARK, refuse_foreign, whole_folder
    from sim.files.records import records
    from sim.numeric.compiling import source_hash

    sample = sample_worlds(arguments.worlds)
    if arguments.out:
        refuse_foreign(arguments.out, STUDY_MARK)
    tell_about_compiling()
    with apart(), progress_line("worlds") as show:
        study = _make_study(arguments, sample, show)
    if arguments.out:
        record = study.about | {"version": __version__, "code": source_hash()}
        with whole_folder(arguments.out, STUDY_MARK) as beside:
            study.write(beside)
            (beside / STUDY_MARK).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    if arguments.json:
        print(document({"about": study.about, "summary": records(study.summary)}))
    else:
        print("\n".join(of_table(study.summary)))
    if arguments.out:
        announce_folder(arguments.out)
    return 0


def _make_study(arguments: argparse.Namespace, sample: "Sample", show: "RunProgress") -> "Study":
    from sim.experiments.studies.policies import policies_study
    from sim.experiments.studies.transformation import transformation_study
    from sim.experiments.studies.walls import walls_study

    if arguments.name == "walls":
        return walls_study(sample, show)
    if arguments.name == "transformation":
        return transformation_study(sample, show)
    return policies_study(sample, (arguments.policies or USUAL_POLICIES).split(","), show)
