"""sim calibrate: numbers of a scenario from a client's own files, with intervals, pictures and a verdict."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.calibration_text import calibration_lines
from sim.commands.common import announce_folder, document
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.calibration.calibration import Calibration


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "kind", nargs="?", help="what the file holds, such as purchases or churn; see docs/calibration.md"
    )
    parser.add_argument("data", nargs="?", type=Path, metavar="DATA", help="CSV, gzip, Parquet or Excel")
    parser.add_argument("--columns", default="", metavar="ROLE=COLUMN,…", help="columns that were guessed wrongly")
    parser.add_argument("--scenario", metavar="NAME", help="scenario into which the numbers go")
    parser.add_argument("--project", type=Path, metavar="FOLDER", help="all files of a folder into one scenario")
    parser.add_argument("--out", type=Path, metavar="FILE", help="scenario file to write; pictures go beside it")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Calibrate one file, or a folder."""
    if arguments.project is not None:
        if arguments.kind is not None:
            raise BadInput("give either KIND and DATA, or --project FOLDER")
        from sim.commands.calibration_project import run_project

        return run_project(arguments)
    if arguments.kind is None or arguments.data is None:
        raise BadInput("what to calibrate is missing: sim calibrate KIND DATA, or sim calibrate --project FOLDER")
    from sim.calibration.calibration import calibrate

    if arguments.out is not None:
        check_target(arguments.out)
    calibration = calibrate(arguments.kind, arguments.data, columns_asked(arguments.columns))
    print(document(calibration.as_mapping()) if arguments.json else "\n".join(calibration_lines(calibration)))
    return 0 if arguments.out is None else write_scenario(arguments.out, arguments.scenario, calibration)


def columns_asked(text: str) -> dict[str, str]:
    """Columns by role of ``role=column,role=column``.

    Raises:
        BadInput: An equals sign is missing.

    >>> columns_asked("date=Datum, amount=Wert")
    {'date': 'Datum', 'amount': 'Wert'}
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    wrong = next((role for role, equals, column in pairs if not equals or not column.strip()), None)
    if wrong is not None:
        raise BadInput(f"--columns {wrong}: write it as role=COLUMN,role=COLUMN")
    return {role.strip(): column.strip() for role, _, column in pairs}


def check_target(file: Path) -> None:
    """Stop before anything is read where nothing could be written.

    Raises:
        BadInput: Another ending than .yaml, or no folder.
    """
    if file.suffix not in (".yaml", ".yml"):
        raise BadInput(f"--out {file}: a scenario file ends in .yaml")
    if not file.absolute().parent.is_dir():
        raise BadInput(f"--out {file}: there is no folder {file.parent} to write into")


def write_scenario(file: Path, base: str | None, calibration: "Calibration") -> int:
    """Write scenario and pictures; status 1 where no model fits, as the file asked for is not there then."""
    import sys

    import yaml

    from sim.files.atomic_file import commit_text
    from sim.reports.calibration_pictures import save_pictures

    save_pictures(calibration, file.parent, f"{file.stem}-")
    if not calibration.settings:
        print(f"sim: no model fits, so {file} was not written; the pictures beside it show why", file=sys.stderr)
        return 1
    mapping = calibration.scenario(base) | {"name": file.stem}
    commit_text(file, yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True, width=120))
    announce_folder(file, ["sim", "compare", file])
    return 0
