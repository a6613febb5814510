"""A small claim for tests: its contents, and the entry of the ledger that holds them."""

from pathlib import Path
from typing import Any

from sim.experiments.claims.shipped import LedgerEntry
from sim.parameters.checking import Place
from sim.parameters.yaml_reader import Lines

NPV = {"measure": "profit", "aggregation": "present_value"}


def contents(**changes: Any) -> dict[str, Any]:
    """A claim about walls in a small telecom, with some keys replaced; None takes a key away."""
    claim = {
        "id": "walls", "source": "L", "sentence": "Walls harm.", "statement": "Walls make customers leave.",
        "idea": "Hand-offs.", "mechanisms": ["handoffs"], "worlds": ["telecom"], "months": 12, "customers": 60,
        "pairs": 3, "settings": {"market.warm_up": 1},
        "arms": {"walls": {"firms.0.decisions.walls": 1.0}, "open": {"firms.0.decisions.walls": 0.0}},
        "money": "Equal.", "tuned": ["price"],
        "measures": {"handoffs": {"measure": "handoffs", "direction": "higher", "smallest": 1.0},
                     "value": {**NPV, "direction": "lower", "smallest_share": 0.01}},
        "report": {"satisfaction": {"measure": "satisfaction_mean", "aggregation": "mean"}},
        "grid": {"path": "firms.0.decisions.walls", "values": [0.0, 1.0], "measure": {"measure": "handoffs"}},
        "other_way": {"world": "telecom", "settings": {"market.service.handoff_need": 0.0}, "why": "Nobody is needed."},
        "control": {"settings": {"firms.0.decisions.walls": 0.5}},
    }  # fmt: skip
    return {key: value for key, value in {**claim, **changes}.items() if value is not None}


def entry(**changes: Any) -> LedgerEntry:
    """The same as an entry of the ledger."""
    whole = contents(**changes)
    return LedgerEntry(str(whole["id"]), whole, Place("walls.yaml", Lines()))


def names_in_table(page: Path) -> set[str]:
    """First cells of the tables of claims and questions on a page."""
    tables = page.read_text(encoding="utf-8").partition("\n## Claims\n")[2]
    rows = [line.split("|") for line in tables.splitlines() if line.startswith("| ")]
    return {cells[1].strip() for cells in rows} - {"id", "---"}
