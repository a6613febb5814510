"""Result of a comparison: its tables, written into a folder and read from it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sim.experiments.yearly import with_present_names
from sim.files.atomic_file import commit_text
from sim.files.atomic_folder import COMPARISON_MARK
from sim.files.file_hashes import HASHED, hashes_of, refuse_changed
from sim.files.notebook import card
from sim.parameters import BadInput

_TABLES = ("runs", "gaps", "bridge", "whale", "monthly")
LARGEST = "monthly"  # may be left out where results are kept, since the same command gives it again to the bit
_OPTIONAL = (  # those of a bridge only where it was asked for; folders of earlier versions lack the others
    "mechanisms", "mechanism_worlds", "decisions", "allocation", "survival",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Result of a comparison as tidy tables; the columns are described in the data dictionary.

    Args:
        runs: Yearly values of the focal firm by policy and replication.
        gaps: Paired differences by measure and year; year 0 is the whole run.
        bridge: REAP bridge of the net present value by pair of policies.
        whale: Contribution cumulated over customers, best first, by policy, replication and share of customers.
        monthly: All monthly measures of all worlds.
        about: Scenario, seed, replications and policies.
        mechanisms: Steps of the mechanism bridge, as `experiments.mechanism_bridge` makes them; empty if not asked for.
        mechanism_worlds: Net present value of every world lived for it.
        decisions: What defines each policy and what does not, as `experiments.decision_table` makes it.
        allocation: What customers of the last year brought and what serving them cost, by policy, replication and
            tenth, as `experiments.customer_tables` makes it; the same holds for the next one.
        survival: Share of customers that stay, by policy, replication, cohort and month.
    """

    runs: pd.DataFrame
    gaps: pd.DataFrame
    bridge: pd.DataFrame
    whale: pd.DataFrame
    monthly: pd.DataFrame
    about: Mapping[str, Any]
    mechanisms: pd.DataFrame = field(default_factory=pd.DataFrame)
    mechanism_worlds: pd.DataFrame = field(default_factory=pd.DataFrame)
    decisions: pd.DataFrame = field(default_factory=pd.DataFrame)
    allocation: pd.DataFrame = field(default_factory=pd.DataFrame)
    survival: pd.DataFrame = field(default_factory=pd.DataFrame)

    def _repr_html_(self) -> str:
        """A card for notebooks: what was compared, and the paired differences of net present value."""
        gaps = self.gaps[(self.gaps["measure"] == "npv") & (self.gaps["year"] == 0)]
        columns = ["policy", "against", "mean", "low", "high"]
        about = self.about
        line = f"{about.get('replications')} paired worlds, {about.get('months')} months, seed {about.get('seed')}"
        heads = [*columns[:3], "95 % from", "to"]
        return card(
            f"Comparison in {about.get('scenario')}: net present value", [line], heads, gaps[columns].to_numpy()
        )

    def halfwidth(self) -> float:
        """Largest half-width of the 95 % intervals of net present value. [money]"""
        gaps = self.gaps[self.gaps["measure"] == "npv"]
        return float(((gaps["high"] - gaps["low"]) / 2.0).max())

    def write(self, folder: Path) -> None:
        """Write all tables into a folder; `comparison.json`, without which nothing is read, comes last.

        Raises:
            OSError: The folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        (folder / COMPARISON_MARK).unlink(missing_ok=True)
        for name in (*_TABLES, *_OPTIONAL):
            table = getattr(self, name)
            if name in _TABLES or len(table):
                commit_text(
                    folder / f"{name}.csv", table.to_csv(index=False, float_format="%.10g", lineterminator="\n")
                )
        written = [f"{name}.csv" for name in (*_TABLES, *_OPTIONAL) if name in _TABLES or len(getattr(self, name))]
        mark = dict(self.about) | {HASHED: hashes_of(folder, written)}
        commit_text(folder / COMPARISON_MARK, json.dumps(mark, indent=2) + "\n")

    @staticmethod
    def read(folder: Path) -> "Comparison":
        """Read what `write` wrote.

        Raises:
            BadInput: The folder holds no whole comparison, or a table was changed or cut after it was written.
        """
        try:
            about = json.loads((folder / COMPARISON_MARK).read_text(encoding="utf-8"))
            there = [name for name in (*_OPTIONAL, LARGEST) if (folder / f"{name}.csv").is_file()]
            hashes = {name: digest for name, digest in about.pop(HASHED, {}).items() if name != f"{LARGEST}.csv"}
            refuse_changed(folder, COMPARISON_MARK, hashes)
            needed = [name for name in _TABLES if name != LARGEST]
            tables = {name: with_present_names(pd.read_csv(folder / f"{name}.csv")) for name in (*needed, *there)}
            tables.setdefault(LARGEST, pd.DataFrame())
        except (OSError, ValueError, AttributeError) as trouble:
            raise BadInput(f"{folder}: this is not a comparison folder ({trouble})") from trouble
        return Comparison(**tables, about=about)
