"""What a search for an equilibrium gave: decisions at rest by firm, their spread over starts, and the rounds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.best_reply import Replies
from sim.experiments.search_plan import SearchPlan
from sim.files.atomic_file import commit_json, commit_text
from sim.files.atomic_folder import EQUILIBRIUM_MARK
from sim.parameters import Scenario
from sim.parameters.decisions import SEARCH_RANGES

INSIDE, LOWER_END, UPPER_END = "inside", "at the lower end", "at the upper end"
ROUND_COLUMNS = ["start", "round", "firm", "decision", "value", "gain"]


@dataclass(frozen=True)
class Equilibrium:
    """Where best replies led.

    Args:
        scenario: The market.
        plan: How it was searched.
        replies: Replies from each start.
        about: Scenario, seed and plan.
    """

    scenario: Scenario
    plan: SearchPlan
    replies: Sequence[Replies]
    about: Mapping[str, Any]

    def table(self) -> pd.DataFrame:
        """A row for each firm and decision: value at rest over starts, where the scenario starts, range, gain left.

        The values are those of the starts that came to rest, or of all if none did.
        """
        own = [(seat, place) for seat in range(len(self.scenario.firms)) for place in range(len(self.plan.decisions))]
        return pd.DataFrame([self._row(seat, place) for seat, place in own])

    def _row(self, seat: int, place: int) -> dict[str, Any]:
        ends = [replies for replies in self.replies if replies.at_rest] or list(self.replies)
        values = [replies.rounds[-1][seat][place] for replies in ends]
        name = self.plan.decisions[place]
        places = [place_in_range(name, value) for value in values]
        return {
            "firm": self.scenario.firms[seat].name, "decision": name, "begins": self.replies[0].rounds[0][seat][place],
            "value": float(np.mean(values)), "smallest": min(values), "largest": max(values),
            "low": SEARCH_RANGES[name][0], "high": SEARCH_RANGES[name][1], "place": max(places, key=places.count),
            "starts_at_bound": sum(where != INSIDE for where in places),
            "gain_left": max(replies.gains[-1][seat][place] for replies in ends),
        }  # fmt: skip

    def rounds(self) -> pd.DataFrame:
        """A row for each start, round, firm and decision: value, and gain in that round; round 0 is the start."""
        return pd.DataFrame(
            [row for number in range(len(self.replies)) for row in self._rounds_of(number)], columns=ROUND_COLUMNS
        )

    def _rounds_of(self, start: int) -> Iterator[tuple[int, int, str, str, float, float]]:
        replies = self.replies[start]
        for number, decided in enumerate(replies.rounds):
            for seat, firm in enumerate(self.scenario.firms):
                for place, name in enumerate(self.plan.decisions):
                    gain = replies.gains[number - 1][seat][place] if number else 0.0
                    yield start + 1, number, firm.name, name, decided[seat][place], gain

    def starts_at_bound(self) -> list[str]:
        """Which starts begin at an end of a range, in words."""
        first = self.rounds()
        first = first[first["round"] == 0]
        rows = zip(first["start"], first["firm"], first["decision"], first["value"], strict=True)
        placed = [(*row, place_in_range(row[2], row[3])) for row in rows]
        return [
            f"start {start}: {name} of {firm} begins {place} of its range ({value:g})"
            for start, firm, name, value, place in placed
            if place != INSIDE
        ]

    def as_mapping(self) -> dict[str, Any]:
        """All results as one document."""
        rested = [replies.at_rest for replies in self.replies]
        return dict(self.about) | {
            "finished": True,
            "at_rest": rested,
            "rounds": [len(replies.gains) for replies in self.replies],
            "starts_at_bound": self.starts_at_bound(),
            "table": self.table().to_dict("records"),
        }

    def write(self, folder: Path) -> None:
        """Write the tables and the document, which comes last.

        Raises:
            OSError: The folder cannot be written.
        """
        for name, table in (("equilibrium.csv", self.table()), ("rounds.csv", self.rounds())):
            commit_text(folder / name, table.to_csv(index=False, float_format="%.10g", lineterminator="\n"))
        commit_json(folder / EQUILIBRIUM_MARK, self.as_mapping())


def place_in_range(name: str, value: float) -> str:
    """Where a value lies in the range that is searched.

    >>> place_in_range("price", 0.85), place_in_range("price", 1.0)
    ('at the lower end', 'inside')
    """
    low, high = SEARCH_RANGES[name]
    return LOWER_END if value <= low else UPPER_END if value >= high else INSIDE
