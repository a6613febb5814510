"""sim chart: draw the charts of a comparison folder again, without running a model."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import refuse_other_results
from sim.files.atomic_folder import COMPARISON_MARK
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.experiments.comparison_result import Comparison

ALL_CHARTS = "all"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="what compare --out wrote")
    parser.add_argument("name", metavar="NAME", help="fan, bridge or another chart, or all; an unknown name lists them")
    parser.add_argument("--style", default="deck", help="deck or journal")
    parser.add_argument("--format", default="png", help="png, svg or pdf")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw and say where the files are."""
    from sim.charts import CHARTS, find_format, find_style
    from sim.experiments.comparison_result import Comparison

    refuse_other_results(arguments.folder, COMPARISON_MARK)

    find_style(arguments.style)
    find_format(arguments.format)
    comparison = Comparison.read(arguments.folder)
    if arguments.name != ALL_CHARTS:
        print(_draw(comparison, arguments, arguments.name))
        return 0
    done = 0
    for name in CHARTS:
        try:
            print(_draw(comparison, arguments, name))
            done += 1
        except BadInput as trouble:
            print(f"sim: {name} is left out: {trouble}", file=sys.stderr)
    if not done:
        raise BadInput(f"{arguments.folder}: no chart could be drawn")
    return 0


def _draw(comparison: "Comparison", arguments: argparse.Namespace, name: str) -> Path:
    """Draw one chart into the folder ``charts``; journal charts carry their style in the name."""
    from sim.charts import draw, save

    chart = draw(name, comparison, arguments.style)
    ending = "" if arguments.style == "deck" else f"-{arguments.style}"
    return save(chart, arguments.folder / "charts" / f"{name}{ending}.{arguments.format}")
