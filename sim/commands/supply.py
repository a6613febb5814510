"""``sim calibrate supply``: numbers of a world by which what the industry charges and spends is what pays."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import announce_folder, apart, document, progress_line, tell_about_compiling
from sim.commands.text import align, wrap
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.experiments.supply.result import Calibration, Condition

CONDITION_HEADS = ("condition", "year 1", "last year", "band", "use", "verdict")


def declare(action: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from sim.experiments.supply.plan import SupplyPlan

    defaults = SupplyPlan()
    action.add_argument("scenario", help="name in the box or path of a scenario file; it must have targets")
    action.add_argument(
        "--customers", type=int, default=defaults.customers, help="agents of the worlds that are simulated"
    )
    action.add_argument("--replications", type=int, default=defaults.replications, metavar="R", help="worlds a value")
    action.add_argument("--rounds", type=int, default=defaults.rounds, metavar="N", help="most rounds; 0 only measures")
    action.add_argument("--seed", type=int, default=defaults.seed)
    action.add_argument("--out", type=Path, metavar="DIR", help="kept while calibrating; the same command goes on")
    action.add_argument("--write", type=Path, metavar="FILE", help="scenario file into which the numbers are written")
    action.add_argument("--json", action="store_true")
    action.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Calibrate, show, write."""
    from sim.experiments.supply.calibrate import calibrate_supply
    from sim.experiments.supply.plan import SupplyPlan
    from sim.experiments.supply.written import refuse_unwritable

    scenario = Scenario.load(arguments.scenario)
    refuse_without_targets(scenario)
    if arguments.write is not None:
        refuse_unwritable(arguments.write, {})
    plan = SupplyPlan(arguments.customers, arguments.replications, arguments.rounds, arguments.seed).checked()
    tell_about_compiling()
    with apart(), progress_line("rounds", arguments.out) as show:
        calibration = calibrate_supply(scenario, plan, arguments.out, show)
    keep(calibration, arguments.out, arguments.write)
    print(document(calibration.as_mapping()) if arguments.json else "\n".join(sentences(calibration)))
    if arguments.out:
        announce_folder(arguments.out)
    return 0


def refuse_without_targets(scenario: Scenario) -> None:
    """Stop where a scenario names no industry.

    Raises:
        BadInput: It has no targets.
    """
    if not scenario.targets:
        raise BadInput(
            f"{scenario.name} has no targets; give its file a section `targets` with shares of goods, service, "
            "marketing, research, overhead and profit, as the worlds in the box have"
        )


def keep(calibration: "Calibration", folder: Path | None, file: Path | None) -> None:
    """Write the folder's tables, and the numbers into a scenario file."""
    from sim.experiments.supply.written import write_numbers_into
    from sim.files.atomic_file import commit_json
    from sim.files.atomic_folder import SUPPLY_MARK

    if folder is not None:
        commit_json(folder / SUPPLY_MARK, calibration.as_mapping())
    if file is not None:
        write_numbers_into(file, calibration.numbers, calibration.provenance)


def sentences(calibration: "Calibration") -> list[str]:
    """The numbers and the conditions as tables."""
    about = calibration.about
    lines = [f"{calibration.scenario.name}: identical firms, neutral plan, reactive, {about['customers']} customers, "
             f"{about['replications']} replications", ""]  # fmt: skip
    lines += condition_table(calibration.conditions)
    if calibration.numbers:
        rows = [
            ("number", "calibrated"),
            *((f"market.{name}", f"{value:g}") for name, value in calibration.numbers.items()),
        ]
        lines += ["", *align(rows)]
    rounds = ", ".join(f"{distance:.2f}" for distance in calibration.rounds)
    missed = ", ".join(calibration.missed) if calibration.missed else "nothing"
    return [
        *lines,
        "",
        *wrap(f"Distance from the conditions by round, from the start: {rounds}. Missed now: {missed}."),
    ]


def condition_table(conditions: Sequence["Condition"]) -> list[str]:
    """A row for each condition."""
    rows: list[Sequence[str]] = [CONDITION_HEADS]
    for condition in conditions:
        last = "" if condition.first == condition.last else f"{condition.last:.3g}"
        band = f"{condition.low:g} to {condition.high:g}"
        rows.append((condition.name, f"{condition.first:.3g}", last, band, condition.use, condition.verdict))
    return align(rows)
