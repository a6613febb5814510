"""The page of the worlds of the box against what is published: made from the table of a validation, in Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from sim.parameters import Scenario
from sim.validation.row_table import PASSED, printed

ROW_HEAD = ("row", "use", "target", "source", "expected", "got", "tolerance", "verdict", "control")
TARGET_HEAD = ("target", "use", "source", "benchmark", "year 1", "last year", "verdict")
OPENING = (
    "# Validation of the worlds\n\n"
    "Made by `sim validate --out DIR` from the same table as the validation (`docs/validation.md`); a test compares "
    "this page with `results/validation/validation.json`. CAL: a number of the model or of the world was set by this "
    "figure. HOLD: none was.\n\n"
    "Published rows: 90 % interval of the mean over replicates, or the range over replicates for directions. Targets "
    "of a world: 1,000 customers, two replicates, first and tenth year; both years have to lie in the band. "
    "Elasticities need paired worlds: `sim scenario show NAME --targets`.\n"
)


def worlds_page(contents: Mapping[str, Any]) -> str:
    """The page. contents: what `validation.json` holds: ``rows``, and ``worlds`` with the lines of their targets"""
    parts = [OPENING, "\n".join(_overview(contents)), ""]
    for world in contents["worlds"]:
        parts.append(world_page(world, contents["rows"], contents["worlds"][world]))
    return "\n".join(parts)


def _overview(contents: Mapping[str, Any]) -> list[str]:
    lines = ["| world | published rows | targets CAL | targets HOLD |", "|---|---|---|---|"]
    for world, targets in contents["worlds"].items():
        counts = [_count(rows_of(world, contents["rows"]))]
        counts += [_count([line for line in targets if line["use"] == use]) for use in ("CAL", "HOLD")]
        lines.append(f"| [{world}](#{world}) | {' | '.join(counts)} |")
    return lines


def _count(lines: Sequence[Mapping[str, Any]]) -> str:
    if not lines:
        return "none"
    return f"{sum(line['verdict'] == PASSED for line in lines)} of {len(lines)} pass"


def rows_of(world: str, lines: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Published rows that a world shows."""
    return [line for line in lines if line["world"] == world and line["class"] != "EXACT"]


def world_page(world: str, lines: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]) -> str:
    """One world against what is published of such markets, and against its own targets.

    Args:
        world: Scenario of the box.
        lines: Lines of the table.
        targets: Lines of its targets.
    """
    own = [printed(line) for line in rows_of(world, lines)]
    published = _table(ROW_HEAD, own) if own else ["No published row is shown by this world yet."]
    bands = _table(TARGET_HEAD, [_target_texts(line) for line in targets])
    head = [f"## {world}", "", f"{Scenario.load(world).description}.", ""]
    return "\n".join([*head, *published, "", *bands, ""])


def _target_texts(line: Mapping[str, Any]) -> dict[str, str]:
    return {
        "target": f"{line['target']}: {line['meaning']}", "use": line["use"], "source": line["source"],
        "benchmark": f"{line['low']:g} to {line['high']:g}", "year 1": f"{line['first']:.3g}",
        "last year": f"{line['last']:.3g}", "verdict": line["verdict"],
    }  # fmt: skip


def _table(head: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    table = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return table + [f"| {' | '.join(row[name].replace('|', '/') for name in head)} |" for row in rows]
