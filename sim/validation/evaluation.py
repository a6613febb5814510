"""Evaluate rows: rows on the same replicates of a world share its runs, and replicates run side by side."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiments.parallel import side_by_side
from sim.model.phases import PhaseObserver
from sim.validation.bank import Bank
from sim.validation.row import Entry, Reading, RowOutcome
from sim.validation.situation import Situation

RowProgress = Callable[[int, int], None]
CONTROL_REPLICATES = 5
REPLICATES_TOGETHER = 5  # in one piece of work


class Piece(NamedTuple):
    """Some replicates of rows that share their runs.

    Args:
        rows: Rows, with how many replicates each has.
        changes: Settings of a negative control; none in the rows themselves.
        is_control: Whether this is a negative control.
        replicates: Numbers of the replicates.
    """

    rows: Sequence[tuple[Entry, int]]
    changes: Mapping[str, Any]
    is_control: bool
    replicates: range


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
        tell: Is told how many pieces of work are done, and of how many.
    """
    size = 0 if quick else 1
    pieces = list(_pieces(rows, size))

    def read(piece: Piece, halt: PhaseObserver) -> dict[str, list[Sequence[Reading]]]:
        return _read(piece, Bank(halt), size)

    plain: dict[str, list[Sequence[Reading]]] = defaultdict(list)
    controls: dict[str, list[Sequence[Reading]]] = defaultdict(list)
    for piece, readings in zip(pieces, side_by_side(read, pieces, progress=tell), strict=True):
        for name, values in readings.items():
            (controls if piece.is_control else plain)[name] += values
    bank = Bank()
    return [
        RowOutcome(
            row, uses.get(row.id, ""), row.judge.judge(plain[row.id]), row.judge.judge(controls[row.id]),
            [row.picture(Situation(bank, row.id, 0, row.agents[size]))] if row.picture else [],
        )
        for row in rows
    ]  # fmt: skip


def _pieces(rows: Sequence[Entry], size: int) -> Iterator[Piece]:
    """The work in the order in which readings are put together."""
    groups: dict[tuple[str, str], tuple[Mapping[str, Any], list[tuple[Entry, int]]]] = {}
    for row in rows:
        count = row.replicates[size]
        fewer = min(count, CONTROL_REPLICATES)
        shared = row.id if row.world == "limit" else row.world
        groups.setdefault((shared, ""), ({}, []))[1].append((row, count))
        changes = row.control.changes
        groups.setdefault((shared, repr(sorted(changes.items()))), (changes, []))[1].append((row, fewer))
    for (_, name), (changes, group) in groups.items():
        most = max(count for _, count in group)
        for first in range(0, most, REPLICATES_TOGETHER):
            yield Piece(group, changes, bool(name), range(first, min(most, first + REPLICATES_TOGETHER)))


def _read(piece: Piece, bank: Bank, size: int) -> dict[str, list[Sequence[Reading]]]:
    """Readings of each row; replicates go outermost, so that their runs are shared."""
    readings: dict[str, list[Sequence[Reading]]] = defaultdict(list)
    for replicate in piece.replicates:
        for row, count in piece.rows:
            if replicate < count:
                here = Situation(bank, row.id, replicate, row.agents[size], piece.changes)
                readings[row.id].append(row.read(here))
    return readings
