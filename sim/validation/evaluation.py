"""Evaluate rows: world by world and replicate by replicate, so that rows on the same world share its runs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.validation.bank import Bank
from sim.validation.row import Entry, Reading, RowOutcome
from sim.validation.situation import Situation

RowProgress = Callable[[int, int], None]
CONTROL_REPLICATES = 5  # of a closed form
CONTROL_REPLICATES_OF_WORLDS = 10  # of a world of the box


def quiet(done: int, total: int) -> None:
    """Say nothing about progress."""


def evaluate(
    rows: Sequence[Entry], uses: Mapping[str, str], quick: bool, tell: RowProgress = quiet
) -> list[RowOutcome]:
    """Run rows with their negative controls.

    Args:
        rows: Rows of the table.
        uses: CAL or HOLD by identifier; a row that is not named is a closed form, which nothing was fitted to.
        quick: Whether the small sizes are used.
        tell: Is told how many rows and controls are done, and of how many.
    """
    bank, size = Bank(), 0 if quick else 1
    steps = _Steps(tell, 2 * len(rows))
    plain = _read_all(rows, bank, size, {}, steps)
    controls = {}
    for row in rows:
        if row.world == "limit":
            controls[row.id] = _read_control(row, bank, size)
            steps.add(1)
    for changes, group in _by_changes(row for row in rows if row.world != "limit"):
        fewer = [replace(row, replicates=_at_most(row.replicates, CONTROL_REPLICATES_OF_WORLDS)) for row in group]
        controls |= _read_all(fewer, bank, size, changes, steps)
    return [
        RowOutcome(
            row, uses.get(row.id, ""), row.judge.judge(plain[row.id]), row.judge.judge(controls[row.id]),
            [row.picture(_situation(row, bank, size, 0, {}))] if row.picture else [],
        )
        for row in rows
    ]  # fmt: skip


class _Steps:
    """Rows done, those of controls included, told as they come."""

    def __init__(self, tell: RowProgress, total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0

    def add(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        self.tell(self.done, self.total)


def _at_most(replicates: tuple[int, int], most: int) -> tuple[int, int]:
    return min(replicates[0], most), min(replicates[1], most)


def _situation(row: Entry, bank: Bank, size: int, replicate: int, changes: Mapping[str, Any]) -> Situation:
    return Situation(bank, row.id, replicate, row.agents[size], changes)


def _by_changes(rows: Iterable[Entry]) -> list[tuple[Mapping[str, Any], list[Entry]]]:
    groups: dict[str, tuple[Mapping[str, Any], list[Entry]]] = {}
    for row in rows:
        groups.setdefault(repr(sorted(row.control.changes.items())), (row.control.changes, []))[1].append(row)
    return list(groups.values())


def _read_control(row: Entry, bank: Bank, size: int) -> list[Sequence[Reading]]:
    count = min(CONTROL_REPLICATES, row.replicates[size])
    return [row.read(_situation(row, bank, size, replicate, row.control.changes)) for replicate in range(count)]


def _read_all(
    rows: Sequence[Entry], bank: Bank, size: int, changes: Mapping[str, Any], steps: "_Steps"
) -> dict[str, list[Sequence[Reading]]]:
    """Readings of each row by replicate; replicates go outermost within a world, so that its runs are shared."""
    readings: dict[str, list[Sequence[Reading]]] = defaultdict(list)
    worlds: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        worlds[row.world].append(row)
    for group in worlds.values():
        for replicate in range(max(row.replicates[size] for row in group)):
            for row in group:
                if replicate < row.replicates[size]:
                    readings[row.id].append(row.read(_situation(row, bank, size, replicate, changes)))
                    if replicate == row.replicates[size] - 1:
                        steps.add(1)
    return readings
