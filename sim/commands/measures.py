"""sim measures: every measure with label, unit, meaning and direction."""

import argparse
import shutil
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.commands.common import document
from sim.parameters import BadInput
from sim.parameters.checking import nearest

if TYPE_CHECKING:
    from sim.model.measures import Measure

USUAL_WIDTH = 120  # of a table where there is no terminal
LEAST_ROOM = 40  # of the column with meanings


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
        print("\n".join(table_of(matches, shutil.get_terminal_size((USUAL_WIDTH, 0)).columns)))
    return 0


def table_of(measures: "Sequence[Measure]", width: int) -> list[str]:
    """Lines of a table: name, unit, kind and what is better; the meaning wraps in its column.

    Args:
        measures: The measures.
        width: Width of the terminal. [characters]
    """
    rows = [(row.name, row.unit, row.kind, "-" if row.direction == "neutral" else row.direction) for row in measures]
    heads = ("name", "unit", "kind", "better")
    widths = [max(len(text) for text in column) for column in zip(heads, *rows, strict=True)]
    lead = sum(widths) + 2 * len(widths)
    room = max(width - lead, LEAST_ROOM)
    lines = [_line(heads, widths) + "meaning", "-" * min(width, lead + room)]
    for row, measure in zip(rows, measures, strict=True):
        first, *rest = textwrap.wrap(f"{measure.label}: {measure.formula}", room)
        lines += [_line(row, widths) + first, *(" " * lead + part for part in rest)]
    return lines


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(f"{text:{size}}  " for text, size in zip(texts, widths, strict=True))


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
