"""sim study: what the model shows in worlds whose numbers nobody chose, and how much each assumed number matters."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling
from sim.commands.text import of_table
from sim.parameters import BadInput, Scenario
from sim.version import __version__

if TYPE_CHECKING:
    from sim.experiments.studies.worlds import RunProgress, Sample, Study

WHAT = (
    "walls: the best height; policies: which one wins when tuned; transformation: loss first, gain later, or never; "
    "assumptions: what each assumed number of one world does to the differences between policies"
)
USUAL_POLICIES = "product_centric,osfa,customer_centric"
USUAL_WORLDS = 300
ASSUMPTIONS = "assumptions"
STUDIES = ("walls", "policies", "transformation", ASSUMPTIONS)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", choices=STUDIES, help=WHAT)
    parser.add_argument("world", nargs="?", help="of assumptions: name in the box or path of a scenario file")
    parser.add_argument("--worlds", type=int, metavar="N", help="worlds sampled (300 if left out: many minutes)")
    parser.add_argument("--policies", help=f"of the study policies ({USUAL_POLICIES} if left out)")
    parser.add_argument("--customers", type=int, metavar="N", help="of assumptions: agents of a world (500)")
    parser.add_argument("--months", type=int, metavar="N", help="of assumptions: recorded months (36)")
    parser.add_argument("--replications", type=int, metavar="R", help="of assumptions: paired worlds a number (3)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder; assumptions keeps its work there and resumes")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Live the worlds and print the summary."""
    _refuse_options_of_others(arguments)
    return _assumptions(arguments) if arguments.name == ASSUMPTIONS else _sampled(arguments)


def _refuse_options_of_others(arguments: argparse.Namespace) -> None:
    ours = ("world", "customers", "months", "replications")
    others = ("worlds", "policies") if arguments.name == ASSUMPTIONS else ours
    given = [name for name in others if getattr(arguments, name) is not None and name != "policies"]
    if given:
        raise BadInput(f"{'' if given[0] == 'world' else '--'}{given[0]} is nothing of the study {arguments.name}")
    if arguments.name == ASSUMPTIONS and (arguments.world is None or arguments.out is None):
        raise BadInput("the study assumptions needs a world and --out, as in sim study assumptions telecom --out DIR")
    if arguments.policies is not None and arguments.name != "policies":
        raise BadInput(f"--policies chooses what the study policies compares; the study {arguments.name} has none")


def _assumptions(arguments: argparse.Namespace) -> int:
    from sim.experiments.studies.assumptions import AssumptionsPlan, assumptions_study
    from sim.files.records import records

    counts = {name: getattr(arguments, name) for name in ("customers", "months", "replications")}
    plan = AssumptionsPlan(**{name: count for name, count in counts.items() if count is not None}).checked()
    world = Scenario.load(arguments.world)
    tell_about_compiling()
    with apart(), progress_line("moves", arguments.out) as show:
        table = assumptions_study(world, plan, arguments.out, show)
    print(document({"changes": records(table)}) if arguments.json else "\n".join(of_table(table)))
    announce_folder(arguments.out)
    return 0


def _sampled(arguments: argparse.Namespace) -> int:
    from sim.experiments.studies.worlds import sample_worlds
    from sim.files.atomic_folder import STUDY_MARK, refuse_foreign, whole_folder
    from sim.files.records import records
    from sim.numeric.compiling import source_hash

    sample = sample_worlds(USUAL_WORLDS if arguments.worlds is None else arguments.worlds)
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
