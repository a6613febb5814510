"""Outcomes as a table: one line a row, for the terminal, for JSON and for reports."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sim.validation.row import NotReachable, RowOutcome

PASSED, MISSED, UNREACHED = "pass", "missed", "not reachable"
ROW_COLUMNS = ("row", "class", "use", "world", "target", "source", "expected", "got", "tolerance", "verdict", "control")


def line_of(outcome: RowOutcome) -> dict[str, Any]:
    """One row after its runs, numbers as numbers."""
    row, judged = outcome.row, outcome.judgement
    return {
        "row": row.id,
        "class": row.judge.kind,
        "use": outcome.use,
        "world": row.world,
        "target": row.target,
        "source": row.source,
        "quantity": judged.quantity,
        "expected": judged.expected if math.isfinite(judged.expected) else row.judge.expected,
        "got": judged.got,
        "low": judged.low,
        "high": judged.high,
        "tolerance": row.judge.tolerance,
        "verdict": PASSED if judged.passed else MISSED,
        "distance": judged.distance,
        "control": row.control.what,
        "control_got": outcome.control.got,
        "control_gone": outcome.control_gone,
    }


def line_of_unreached(row: NotReachable) -> dict[str, Any]:
    """A target that no switch setting reaches."""
    return {
        "row": row.id, "class": row.kind, "use": "", "world": "", "target": row.target, "source": row.source,
        "verdict": UNREACHED, "distance": row.reason,
    }  # fmt: skip


def printed(line: Mapping[str, Any]) -> dict[str, str]:
    """A line for people: the columns of `ROW_COLUMNS` as text."""
    if line["verdict"] == UNREACHED:
        texts = {"expected": "", "got": "", "tolerance": "", "control": ""}
        return (
            {name: str(line.get(name, "")) for name in ROW_COLUMNS}
            | texts
            | {"verdict": f"{UNREACHED}: {line['distance']}"}
        )
    got = f"{line['got']:.4g} [{line['low']:.4g}, {line['high']:.4g}]"
    expected = line["expected"] if isinstance(line["expected"], str) else f"{line['expected']:.4g}"
    gone = "gone" if line["control_gone"] else f"still there at {line['control_got']:.4g}"
    verdict = PASSED if line["verdict"] == PASSED else f"{MISSED}: {line['distance']}"
    return {name: str(line.get(name, "")) for name in ROW_COLUMNS} | {
        "expected": f"{line['quantity']} {expected}", "got": got, "verdict": verdict,
        "control": f"{line['control']}: {gone}",
    }  # fmt: skip


def tally(lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """Sentences on how many rows of each class passed."""
    sentences = []
    for kind in ("EXACT", "QUANT", "SIGN"):
        run = [line for line in lines if line["class"] == kind and line["verdict"] != UNREACHED]
        if run:
            passed = [line for line in run if line["verdict"] == PASSED]  # what is not there cannot be gone
            gone = sum(bool(line["control_gone"]) for line in passed)
            sentences.append(
                f"{kind}: {len(passed)} of {len(run)} rows pass; "
                f"the pattern is gone in the control of {gone} of these {len(passed)}."
            )
    unreached = sum(line["verdict"] == UNREACHED for line in lines)
    return sentences + ([f"{unreached} targets cannot be reached by any switch setting."] if unreached else [])
