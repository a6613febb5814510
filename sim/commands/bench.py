"""sim bench: speed and memory against their targets, side by side with version 0.1.0, C++, agents and plain Mesa."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import document, tell_about_compiling
from sim.commands.text import align, wrap
from sim.parameters import BadInput
from sim.parameters.checking import nearest

if TYPE_CHECKING:
    from sim.benchmarks.result import Result

HEADINGS = ["name", "value", "unit", "target", "of target", "met", "from", "rounds", "spread"]


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("parts", nargs="*", metavar="PART", help="measure these parts alone; --list names them")
    parser.add_argument("--list", action="store_true", help="name the parts and what each measures")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: shows that all of it runs, judges nothing")
    parser.add_argument("--large", action="store_true", help="the part large too: ten million customers for a year")
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="a checkout of version 0.1.0, to be timed in turns with this"
    )
    parser.add_argument("--record", type=Path, metavar="FILE", help="write what --against measured of it to a file")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and show; targets that are missed do not change the status, for a busy machine is no failure."""
    from sim.benchmarks.parts import PARTS, measure
    from sim.benchmarks.sizes import FULL, QUICK

    if arguments.list:
        print("\n".join(f"{part.name:10}{part.text}" for part in PARTS))
        return 0
    parts = _parts(arguments)
    tell_about_compiling()
    results = []
    for result in measure(parts, QUICK if arguments.quick else FULL, arguments.against):
        results.append(result)
        if sys.stderr.isatty():
            print(f"{result.name} …", file=sys.stderr)
    _show(results, arguments)
    if arguments.record is not None:
        _write_record(results, arguments)
    return 0


def _parts(arguments: argparse.Namespace) -> list[str]:
    """Names of the parts that are asked for: those named, or all that are usual, and the large one with --large.

    Raises:
        BadInput: A part is not known, an option asks for a part that is not measured, or there is no checkout.
    """
    from sim.benchmarks.parts import PARTS, VERSIONS

    known = [part.name for part in PARTS]
    for name in arguments.parts:
        if name not in known:
            raise BadInput(f"{name!r} is no part of sim bench.{nearest(name, known)} Known: {', '.join(known)}")
    usual = [part.name for part in PARTS if arguments.large or not part.on_request]
    parts = arguments.parts or usual
    if arguments.against is not None and VERSIONS not in parts:
        raise BadInput(f"--against times the part {VERSIONS}, which is not among {', '.join(parts)}: name it too")
    if arguments.against is not None and not (arguments.against / "sim" / "__init__.py").is_file():
        raise BadInput(
            f"--against {arguments.against}: this is no checkout of version 0.1.0; there is no package sim in it"
        )
    if arguments.record is not None and arguments.against is None:
        raise BadInput("--record writes what a checkout of version 0.1.0 takes: name one with --against CHECKOUT")
    return parts


def _show(results: "Sequence[Result]", arguments: argparse.Namespace) -> None:
    from sim.benchmarks.against import machine

    if arguments.json:
        rows = [result._asdict() | {"ratio": result.ratio, "met": result.met} for result in results]
        print(document({"machine": machine(), "results": rows}))
        return
    print("\n".join(align([HEADINGS, *map(_row, results)], "")))
    notes = [f"{result.name}: {result.note}" for result in results if result.note]
    print("\n".join(line for note in (f"machine: {machine()}", *notes) for line in wrap(note)))


def _write_record(results: "Sequence[Result]", arguments: argparse.Namespace) -> None:
    from sim.benchmarks.against import commit_of, record_of

    record = record_of(results, commit_of(arguments.against))
    arguments.record.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _row(result: "Result") -> list[str]:
    bound = "" if result.target is None else f"{'≤' if result.at_most else '≥'} {result.target:g}"
    met = {None: "", True: "yes", False: "no"}[result.met]
    spread = "" if result.low is None or result.rounds < 2 else f"{result.low:.4g} to {result.high:.4g}"
    value, ratio = ("" if number is None else f"{number:.4g}" for number in (result.value, result.ratio))
    return [result.name, value, result.unit, bound, ratio, met, result.source, str(result.rounds), spread]
