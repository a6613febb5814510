"""sim month: the order of the month, and what each step reads and writes."""

import argparse
import textwrap
from typing import TYPE_CHECKING

from sim.commands.common import document
from sim.commands.text import width

if TYPE_CHECKING:
    from sim.simulation.month_outline import Phase, Step


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the phases in their order."""
    from sim.simulation.month_outline import outline

    phases = outline()
    if arguments.json:
        print(
            document({"phases": [entry._asdict() | {"steps": [s._asdict() for s in entry.steps]} for entry in phases]})
        )
        return 0
    for place, phase in enumerate(phases, 1):
        print(_wrap(f"{place}. {phase.name} ({phase.who}): {phase.what}", ""))
        print_fields(phase, "   ")
        for step in phase.steps:
            where = f" [if {step.where}]" if step.where else ""
            file = f"{step.module.replace('.', '/')}.py"
            print(_wrap(f"{step.name}{where}: {step.what} ({file})", "   "))
            print_fields(step, "      ")
    return 0


def print_fields(entry: "Phase | Step", indent: str) -> None:
    """The fields that a phase or a step reads and writes, by the rows that they belong to."""
    for verb, fields in (("reads", entry.reads), ("writes", entry.writes)):
        for rows, names in fields.items():
            print(_wrap(f"{verb:6} {rows}: {', '.join(names)}", indent))


def _wrap(text: str, indent: str) -> str:
    return textwrap.fill(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=f"{indent}   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
