"""sim calibrate --project: all files of a folder into one scenario, and a page on how far it is the client's."""

import argparse
import sys

from sim.commands.calibration_text import calibration_lines
from sim.commands.common import announce_folder, document

FILE = "calibrated.yaml"  # written into the folder where no other file is named


def run_project(arguments: argparse.Namespace) -> int:
    """Calibrate a folder; status 1 where no model fits any file."""
    from sim.calibration.project import calibrate_project
    from sim.commands.calibrate import check_targets, commit_scenario
    from sim.reports.calibration_report import calibration_report

    file = arguments.out or arguments.project / FILE
    if arguments.project.is_dir():
        check_targets(file, arguments.scenario)
    project = calibrate_project(arguments.project, arguments.scenario)
    if arguments.json:
        print(document(project.as_mapping()))
    else:
        for calibration in project.calibrations:
            print("\n".join([*calibration_lines(calibration), ""]))
    for message in project.refused.values():
        print(f"not used: {message}", file=sys.stderr)
    for sentence in project.overridden:
        print(f"given twice: {sentence}", file=sys.stderr)
    pictures = file.with_name(f"{file.stem}-pictures")
    pictures.mkdir(exist_ok=True)
    calibration_report(project, pictures, file.name).write(file.with_suffix(".html"))
    if not any(calibration.settings for calibration in project.calibrations):
        print(f"sim: no model fits, so {file} was not written; see {file.with_suffix('.html')}", file=sys.stderr)
        return 1
    commit_scenario(file, project.scenario())
    announce_folder(file.with_suffix(".html"), ["sim", "compare", file])
    return 0
