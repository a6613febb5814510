"""sim params: every number of the model with unit, range and source, or those that a word names."""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sim.commands.text import wrap
from sim.parameters import FIRM, MARKET, BadInput
from sim.parameters.checking import nearest
from sim.parameters.decisions import DECISION_ROWS
from sim.parameters.parameter import ASSUMED, Parameter
from sim.parameters.provenance import STATUSES, SourcedValue, sourced_values, status_of
from sim.parameters.source_check import SECOND_READER
from sim.parameters.verification import CHECKED, WITHDRAWN
from sim.policies import policy_named
from sim.policies.defining import defining_of

PAGE_FORMATS = ("sources", "assumptions", "otherwise")
HEAD = ("name", "unit", "default", "low", "high", "source", "meaning")
STUDY = Path("results/studies/assumptions")
PAGE = """# Sources

A value counts as sourced where its source names an author, a year and the figure itself. Two kinds of values are
counted: the defaults of the table, each once, and the values of the worlds, once for each world and key under
the world's `sources`. A world's value does not count where it repeats a default together with its source. `sim params`
gives the status of every other value. This page is written by `sim params --format sources`. Two readers look at
each figure: the author of the row, who read it or believes it to stand there, and a second reader, who did not write
the row. Where no second reader has looked yet the page says so, and where the author read the figure. Figures of other
sources that are not the shipped ones, for sourced and for assumed values, are on [a page of their own](otherwise.md).

| status of the table's values | meaning | values |
|---|---|---|
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("word", nargs="?", default="", metavar="WORD", help="only those with it in name or meaning")
    parser.add_argument("--format", choices=("text", "csv", *PAGE_FORMATS), default="text")
    parser.add_argument(
        "--study",
        type=Path,
        metavar="DIR",
        default=STUDY,
        help=f"of the last two: what sim study assumptions made ({STUDY})",
    )
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the parameters, or a page of the documentation."""
    if arguments.format in PAGE_FORMATS:
        if arguments.word:
            raise BadInput(f"--format {arguments.format} prints a whole page; leave out {arguments.word!r}")
        print(_page(arguments), end="")
        return 0
    rows = find_parameters(arguments.word)
    if arguments.format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow((*HEAD, "status"))
        writer.writerows((name, *parameter[1 : len(HEAD)], _status(parameter)) for name, parameter in rows)
        return 0
    for name, parameter in rows:
        bounds = f"{parameter.unit}; {parameter.low:g} to {parameter.high:g}"
        text = f"{name} = {parameter.default} [{bounds}]: {parameter.meaning} ({_label(parameter)})"
        print("\n".join(wrap(text)))
    return 0


def _page(arguments: argparse.Namespace) -> str:
    if arguments.format == "sources":
        return sources_page()
    make = page_of_assumptions if arguments.format == "assumptions" else page_of_other_figures
    return make(arguments.study)


def page_of_assumptions(folder: Path) -> str:
    """The page of assumed numbers, in Markdown.

    Args:
        folder: What `sim study assumptions` made.

    Raises:
        BadInput: There is no finished study in it.
    """
    from sim.commands.assumptions_text import assumptions_page

    return assumptions_page(*_study(folder), folder)


def page_of_other_figures(folder: Path) -> str:
    """The page of what sources say otherwise, in Markdown.

    Args:
        folder: What `sim study assumptions` made.

    Raises:
        BadInput: There is no finished study in it.
    """
    from sim.commands.other_figures_text import otherwise_page

    return otherwise_page(*_study(folder))


def _study(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What a study of assumptions says of itself, and the rows of its table."""
    from sim.experiments.studies.assumptions import read_table

    about, table = read_table(folder)
    return about, [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]


def _status(parameter: Parameter) -> str:
    return status_of(parameter.default, parameter.source)


def _label(parameter: Parameter) -> str:
    status = _status(parameter)
    return parameter.source if parameter.source.startswith(status) else f"{status}; {parameter.source}"


def sources_page() -> str:
    """The page of sourced values, with what was made of checking them, in Markdown."""
    counts = Counter(_status(row) for row in (*MARKET, *FIRM))
    statuses = [f"| {status} | {meaning} | {counts[status]} |" for status, meaning in STATUSES.items()]
    rows = sourced_values()
    defaults, worlds = [row for row in rows if not row.world], [row for row in rows if row.world]
    head = f"Sourced in all: {len(defaults)} defaults and {len(worlds)} values of worlds, {len(rows)} together."
    tables = [*_levels(rows), "", *_sourced("default", defaults), "", *_sourced("value of a world", worlds), ""]
    lines = [*statuses, "", head, "", *tables, *_withdrawn(), ""]
    return PAGE + "\n".join(lines)


def _sourced(title: str, rows: list[SourcedValue]) -> list[str]:
    return [
        f"| {title} | value | source | author | second reader | remark |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{row.key.removeprefix('default ')}` | {row.value:g} {row.unit} | {row.source} | "
            f"{' | '.join(CHECKED[row.key])} |"
            for row in rows
        ),
    ]


def _levels(rows: list[SourcedValue]) -> list[str]:
    counts = Counter(CHECKED[row.key].second for row in rows)
    return [
        "| second reader | meaning | values |",
        "|---|---|---|",
        *(f"| {level} | {meaning} | {counts[level]} |" for level, meaning in SECOND_READER.items()),
    ]


def _withdrawn() -> list[str]:
    return [
        "| no longer counted | what the second reader found |",
        "|---|---|",
        *(f"| `{key.removeprefix('default ')}` | {reason} |" for key, reason in WITHDRAWN.items()),
    ]


ARCHETYPES = ("product_centric", "osfa", "customer_centric")


def policy_parameters() -> list[tuple[str, Parameter]]:
    """The numbers of the policies in the box: those that define them, with the reason as meaning, and their rules'."""
    rows = []
    for policy in ARCHETYPES:
        for name, defining in defining_of(policy_named(policy)).items():
            row = DECISION_ROWS[name]
            parts = (
                name,
                row.unit,
                defining.value,
                row.low,
                row.high,
                f"{ASSUMED}; direction: {defining.source}",
                defining.reason,
            )
            rows.append((f"policies.{policy}.{name}", Parameter(*parts)))
        rows += [(f"policies.{policy}.{row.name}", row) for row in policy_named(policy).numbers]
    return rows


def find_parameters(word: str) -> list[tuple[str, Parameter]]:
    """Parameters whose key path or meaning contains a word, by key path; all without a word.

    Raises:
        BadInput: No parameter has the word.

    >>> [name for name, _ in find_parameters("attrition")] == [name for name, _ in find_parameters("ATTRITION")]
    True
    """
    named = [(f"market.{parameter.name}", parameter) for parameter in MARKET] + [
        (f"firms.*.{parameter.name}", parameter) for parameter in FIRM
    ]
    named += policy_parameters()
    rows = [row for row in named if word.lower() in f"{row[0]} {row[1].meaning}".lower()]
    if not rows:
        parts = sorted({part for name, _ in named for part in name.split(".")})
        raise BadInput(
            f"no parameter has {word!r} in its name or meaning.{nearest(word, parts)} sim params lists all of them"
        )
    return rows
