"""sim measures: every measure with label, unit, meaning and direction."""

import argparse
from typing import TYPE_CHECKING, Any

from sim.commands.common import document
from sim.parameters import BadInput
from sim.parameters.checking import nearest

if TYPE_CHECKING:
    from sim.model.measures import Measure


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("word", nargs="?", default="", metavar="WORD", help="only measures that mention this word")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=show_measures)


def show_measures(arguments: argparse.Namespace) -> int:
    """Print the measures whose name, label or meaning contains the word.

    Raises:
        BadInput: None does.
    """
    from sim.model.measures import BY_NAME

    matches = [measure for measure in BY_NAME.values() if mentions(measure, arguments.word)]
    if not matches:
        raise BadInput(f"no measure mentions {arguments.word!r}.{nearest(arguments.word, BY_NAME)}")
    if arguments.json:
        print(document({"measures": [measure_record(match) for match in matches]}))
    else:
        for measure in matches:
            kind = f"{measure.unit}; {measure.kind}; {measure.direction}"
            print(f"{measure.name} ({measure.label}) [{kind}]: {measure.formula}")
    return 0


def mentions(measure: "Measure", word: str) -> bool:
    """Whether a measure's name, label or meaning contains a word, ignoring case.

    >>> from sim.model.measures import BY_NAME
    >>> mentions(BY_NAME["nps"], "PROMOTER"), mentions(BY_NAME["cash"], "promoter")
    (True, False)
    """
    return any(word.lower() in text.lower() for text in (measure.name, measure.label, measure.formula))


def measure_record(measure: "Measure") -> dict[str, Any]:
    """What the row of a measure says, for programs."""
    names = ("name", "label", "unit", "direction", "kind", "formula", "of_year", "firms")
    return {name: getattr(measure, name) for name in names}
