"""sim bench: speed and memory against their targets, side by side with the readable engine and a plain Mesa loop."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import tell_about_compiling
from sim.commands.text import align, wrap

if TYPE_CHECKING:
    from sim.benchmarks.model import Measurement


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that all of it runs, judges nothing")
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="a checkout of version 0.1.0, to be timed in turns with this"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and show; targets that are missed do not change the status, for a busy machine is no failure."""
    from sim.benchmarks.model import FULL_MODEL_SIZES, QUICK_MODEL_SIZES, Bench

    tell_about_compiling()
    results = []
    for result in Bench(QUICK_MODEL_SIZES if arguments.quick else FULL_MODEL_SIZES, arguments.against).measure():
        results.append(result)
        if sys.stderr.isatty():
            print(f"{result.name} …", file=sys.stderr)
    if arguments.json:
        print(json.dumps({"results": [result._asdict() | {"met": result.met} for result in results]}))
        return 0
    rows = [["name", "value", "unit", "target", "met", "rounds", "spread"], *map(_row, results)]
    print("\n".join(align(rows, "")))
    print(
        "\n".join(
            line
            for measurement in results
            if measurement.note
            for line in wrap(f"{measurement.name}: {measurement.note}")
        )
    )
    return 0


def _row(result: "Measurement") -> list[str]:
    bound = "" if result.target is None else f"{'≤' if result.at_most else '≥'} {result.target:g}"
    met = {None: "", True: "yes", False: "no"}[result.met]
    spread = "" if result.low is None or result.rounds < 2 else f"{result.low:.4g} to {result.high:.4g}"
    return [
        result.name,
        "" if result.value is None else f"{result.value:.4g}",
        result.unit,
        bound,
        met,
        str(result.rounds),
        spread,
    ]
