"""sim chart: draw charts of a folder of results again, without running a model."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.charts import Chart, Results

ALL_CHARTS = "all"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="a run, comparison, sweep, study, claims or evidence that was written"
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="a form, or all; those of the folder if left out")
    parser.add_argument("--style", default="deck", help="deck or journal")
    parser.add_argument("--format", default="png", help="png, svg or pdf")
    parser.add_argument(
        "--label", action="append", default=[], metavar="KEY=WORDS",
        help="words for a policy, firm, currency, factor or key path, as osfa='Standard offer'; repeatable",
    )  # fmt: skip
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw and say where the files are, or list what can be drawn."""
    from sim.charts import find_format, find_style, read_results
    from sim.charts.names import labels_from

    find_style(arguments.style)
    find_format(arguments.format)
    results = read_results(arguments.folder, labels_from(arguments.label))
    if arguments.name is None:
        return _list(results)
    if arguments.name != ALL_CHARTS:
        _draw(results, arguments, arguments.name)
        return 0
    return _draw_all(results, arguments)


def _list(results: "Results") -> int:
    """Print the forms that the folder can draw."""
    from sim.charts import forms_of

    forms = forms_of(results.kind)
    width = max(map(len, forms))
    print(f"Charts of this {results.kind}:")
    print("\n".join(f"  {form.name:{width}}  {form.shows}" for form in forms.values()))
    return 0


def _draw_all(results: "Results", arguments: argparse.Namespace) -> int:
    from sim.charts import forms_of

    done = 0
    for name in forms_of(results.kind):
        try:
            _draw(results, arguments, name)
            done += 1
        except BadInput as trouble:
            print(f"sim: {name} is left out: {trouble}", file=sys.stderr)
    if not done:
        raise BadInput(f"{arguments.folder}: no chart could be drawn")
    return 0


def _draw(results: "Results", arguments: argparse.Namespace, name: str) -> None:
    """Draw all charts of a form, or print the sentence that stands in their place."""
    from sim.charts import NothingToDraw, draw_form

    try:
        for chart in draw_form(results.kind, name, results.tables, arguments.style):
            print(_save(chart, arguments))
    except NothingToDraw as sentence:
        print(f"{name}: {sentence}")


def _save(chart: "Chart", arguments: argparse.Namespace) -> Path:
    """Write a chart into the folder ``charts``; journal charts carry their style in the name."""
    from sim.charts import save

    ending = "" if arguments.style == "deck" else f"-{arguments.style}"
    return save(chart, arguments.folder / "charts" / f"{chart.name}{ending}.{arguments.format}")
