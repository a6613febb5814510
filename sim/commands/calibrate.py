"""sim calibrate: numbers of a scenario from a client's own files, or from the supply side of its industry."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands import calibrate_behaviour
from sim.commands.calibration_text import calibration_lines
from sim.commands.common import announce_folder, document, refuse_folder
from sim.commands.supply import declare as declare_supply
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.calibration.calibration import FileCalibration


KIND_TEXTS = {
    "purchases": "a transaction log: one row a purchase",
    "churn": "contracts with start and end, tenures, or a survival table",
    "tickets": "an event log: one row an event of a ticket",
    "payments": "invoices with due and paid dates, or a status by month",
    "choices": "a brand-choice panel: one row a purchase, a price column for each brand",
    "network": "an edge list: one row a tie, with periods of adoption or without",
    "satisfaction": "a survey: one row an answer",
    "ledger": "profit and loss by month or year: one row a period",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the kinds, the supply side, and the options of a folder."""
    parser.add_argument("--project", type=Path, metavar="FOLDER", help="all files of a folder into one scenario")
    _add_targets(parser)
    parser.set_defaults(call=run_folder)
    kinds = parser.add_subparsers(dest="kind", metavar="KIND")
    for name, text in KIND_TEXTS.items():
        kind = kinds.add_parser(name, help=text)
        kind.add_argument("data", type=Path, metavar="DATA", help="CSV, gzip, Parquet or Excel")
        kind.add_argument("--columns", default="", metavar="ROLE=COLUMN,…", help="columns that were guessed wrongly")
        _add_targets(kind)
        kind.set_defaults(call=run_file)
    supply = kinds.add_parser("supply", help="price weight, costs, budgets and their effects by best replies of firms")
    declare_supply(supply)
    calibrate_behaviour.add(kinds.add_parser("behaviour", help="learning, sensitivity, words, habit from patterns"))


def _add_targets(parser: argparse.ArgumentParser) -> None:
    """Where the numbers go."""
    parser.add_argument("--scenario", metavar="NAME", help="scenario into which the numbers go")
    parser.add_argument("--out", type=Path, metavar="FILE", help="scenario file to write; pictures go beside it")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run_folder(arguments: argparse.Namespace) -> int:
    """Calibrate every file of a folder.

    Raises:
        BadInput: No folder is named.
    """
    if arguments.project is None:
        raise BadInput("what to calibrate is missing: sim calibrate KIND DATA, or sim calibrate --project FOLDER")
    from sim.commands.calibration_project import run_project

    return run_project(arguments)


def run_file(arguments: argparse.Namespace) -> int:
    """Calibrate one file.

    Raises:
        BadInput: A folder is named too, or the file cannot be used.
    """
    if arguments.project is not None:
        raise BadInput("give either KIND and DATA, or --project FOLDER")
    from sim.calibration.calibration import calibrate

    check_targets(arguments.out, arguments.scenario)
    columns = columns_asked(arguments.columns)
    calibration = calibrate(arguments.kind, arguments.data, columns, arguments.scenario)
    print(document(calibration.as_mapping()) if arguments.json else "\n".join(calibration_lines(calibration)))
    return 0 if arguments.out is None else write_scenario(arguments.out, arguments.scenario, calibration)


def columns_asked(text: str) -> dict[str, str]:
    """Columns by role of ``role=column,role=column``.

    Raises:
        BadInput: An equals sign is missing, or a role is named twice.

    >>> columns_asked("date=Datum, amount=Wert")
    {'date': 'Datum', 'amount': 'Wert'}
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    wrong = next(("".join(pair) for pair in pairs if not all(part.strip() for part in pair)), None)
    if wrong is not None:
        raise BadInput(f"--columns {wrong}: write it as role=COLUMN,role=COLUMN")
    columns = {role.strip(): column.strip() for role, _, column in pairs}
    if len(columns) < len(pairs):
        raise BadInput(f"--columns {text}: a role is named twice; give each role one column")
    return columns


def check_targets(file: Path | None, base: str | None) -> None:
    """Stop before anything is read where nothing could be written.

    Args:
        file: Scenario file to write, if any.
        base: Scenario into which the numbers go, if one is named.

    Raises:
        BadInput: Another ending than .yaml, no folder, a folder of that name, or no such scenario.
    """
    if base is not None:
        Scenario.load(base)
    if file is None:
        return
    if file.suffix not in (".yaml", ".yml"):
        raise BadInput(f"--out {file}: a scenario file ends in .yaml")
    if not file.absolute().parent.is_dir():
        raise BadInput(f"--out {file}: there is no folder {file.parent} to write into")
    refuse_folder(file)


def write_scenario(file: Path, base: str | None, calibration: "FileCalibration") -> int:
    """Write scenario and pictures; status 1 where no model fits, as the file asked for is not there then."""
    import sys

    from sim.reports.calibration_pictures import save_pictures

    save_pictures(calibration, file.parent, f"{file.stem}-")
    if not calibration.settings:
        print(f"sim: no model fits, so {file} was not written; the pictures beside it show why", file=sys.stderr)
        return 1
    commit_scenario(file, calibration.scenario(base))
    announce_folder(file, ["sim", "compare", file])
    return 0


def commit_scenario(file: Path, mapping: Mapping[str, Any]) -> None:
    """Write a scenario file; the scenario bears the file's name."""
    import yaml

    from sim.files.atomic_file import commit_text

    named = {**mapping, "name": file.stem}
    commit_text(file, yaml.safe_dump(named, sort_keys=False, allow_unicode=True, width=120))
