"""``sim calibrate behaviour``: numbers that no table gives, from several patterns of a market at once."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import announce_folder, apart, document, tell_about_compiling
from sim.commands.text import align, wrap
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.calibration.behaviour.identification import NumberFit
    from sim.experiments.behaviour.plan import BehaviourPlan
    from sim.experiments.behaviour.result import BehaviourCalibration, PatternFit

NUMBER_HEADS = ("number", "range", "R²", "width", "coverage", "90 % interval", "estimate", "verdict")
PATTERN_HEADS = ("pattern", "unit", "observed", "5 % of runs", "median", "95 % of runs", "")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from sim.experiments.behaviour.plan import BehaviourPlan

    defaults = BehaviourPlan()
    parser.add_argument("world", help="name in the box or path of a scenario file")
    parser.add_argument(
        "--observed", type=Path, metavar="FILE", help="patterns as `name: value`, or the folder of a run"
    )
    parser.add_argument(
        "--parameters", nargs="+", default=[], metavar="PATH[=LOW..HIGH]", help="numbers to calibrate, and their ranges"
    )
    parser.add_argument("--runs", type=int, default=defaults.runs, help="runs of the bank")
    parser.add_argument(
        "--customers", type=int, default=defaults.customers, help="people who are customers at the start"
    )
    parser.add_argument("--months", type=int, default=defaults.months, help="months of a run; the last 24 are compared")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--workers", type=int, metavar="N", help="processes; by default one a processor")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder; results/behaviour/WORLD if left out; resumes")
    parser.add_argument("--write", type=Path, metavar="FILE", help="scenario file into which identified numbers go")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Calibrate, keep, show; status 1 where numbers were to be written and none is identified."""
    from sim.commands.sweep import SweepProgress
    from sim.experiments.behaviour.calibrate import BankFolder, calibrate_behaviour

    if arguments.write is not None:
        refuse_write(arguments)
    folder = arguments.out or Path("results") / "behaviour" / Path(arguments.world).stem
    tell_about_compiling()
    where = BankFolder(folder, arguments.workers, SweepProgress())
    asked = (arguments.observed, arguments.parameters, plan_of(arguments))
    try:
        with apart():
            calibration = calibrate_behaviour(arguments.world, where, *asked)
            keep(calibration, folder)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"early; the same command goes on from {folder}") from None
    print(document(calibration.as_mapping()) if arguments.json else "\n".join(sentences(calibration)))
    announce_folder(folder)
    return 0 if arguments.write is None else write_numbers(calibration, arguments.write)


def refuse_write(arguments: argparse.Namespace) -> None:
    """Stop before anything is simulated where no number could be written.

    Raises:
        BadInput: Nothing was observed, or the numbers cannot be put into the file.
    """
    from sim.experiments.behaviour.numbers import number_ranges
    from sim.experiments.supply.written import refuse_unwritable

    file = arguments.write
    if arguments.observed is None:
        raise BadInput(f"--write {file}: without --observed no number is estimated; name a file of observed patterns")
    asked = number_ranges(arguments.parameters, Scenario.load(arguments.world))
    refuse_unwritable(file, {number.name: number.high for number in asked})


def plan_of(arguments: argparse.Namespace) -> "BehaviourPlan":
    """The plan asked for."""
    from sim.experiments.behaviour.plan import BehaviourPlan

    return BehaviourPlan(arguments.runs, arguments.customers, arguments.months, arguments.seed)


def keep(calibration: "BehaviourCalibration", folder: Path) -> None:
    """Write table, picture and document."""
    from sim.charts.posterior import draw_posteriors
    from sim.charts.save import save
    from sim.charts.theme import find_style
    from sim.files.atomic_file import commit_json, commit_text
    from sim.files.atomic_folder import BEHAVIOUR_MARK

    commit_text(folder / "numbers.csv", calibration.table().to_csv(index=False, lineterminator="\n"))
    save(draw_posteriors(calibration.table(), calibration.about, find_style("deck")), folder / "behaviour.png")
    commit_json(folder / BEHAVIOUR_MARK, calibration.as_mapping())


def write_numbers(calibration: "BehaviourCalibration", file: Path) -> int:
    """Write identified numbers into a scenario file, and nothing where there are none."""
    import sys

    from sim.experiments.supply.written import write_numbers_into

    numbers = calibration.identified
    if not numbers:
        print(f"sim: no number is identified, so {file} stays as it is", file=sys.stderr)
        return 1
    write_numbers_into(file, numbers, calibration.provenance)
    announce_folder(file)
    return 0


def sentences(calibration: "BehaviourCalibration") -> list[str]:
    """Tables of numbers and patterns, and what not to trust."""
    about, runs = calibration.about, len(calibration.useful.bank)
    lines = [f"{about['scenario']}: {runs} runs, {about['customers']} customers, {about['months']} months", ""]
    lines += align([NUMBER_HEADS, *map(number_row, calibration.numbers)])
    if calibration.not_identified:
        lines += ["", *wrap(f"Not identified, so no estimate is given: {', '.join(calibration.not_identified)}.")]
    lines += ["", *align([PATTERN_HEADS, *map(pattern_row, calibration.patterns)])]
    for name, why in calibration.useful.left_out.items():
        lines += wrap(f"{name} is not used: {why}.")
    if calibration.useful.incomplete_runs:
        lines += wrap(f"{calibration.useful.incomplete_runs} runs without one of the patterns are left out.")
    for warning in calibration.warnings:
        lines += ["", *wrap(warning)]
    return lines


def number_row(row: "NumberFit") -> Sequence[str]:
    """One number."""
    ends = "" if row.low is None else f"{row.low:.3g} to {row.high:.3g}"
    estimate = "" if row.estimate is None else f"{row.estimate:.3g}"
    prior = f"{row.prior[0]:g} to {row.prior[1]:g}"
    figures = (f"{row.explained:.2f}", f"{row.width:.2f}", f"{100.0 * row.coverage:.0f} %")
    return row.name, prior, *figures, ends, estimate, row.verdict


def pattern_row(row: "PatternFit") -> Sequence[str]:
    """One pattern."""
    observed = "" if row.observed is None else f"{row.observed:.3g}"
    mark = "the model cannot make it" if row.outside else ""
    return row.name, row.unit, observed, f"{row.low:.3g}", f"{row.middle:.3g}", f"{row.high:.3g}", mark
