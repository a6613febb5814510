"""Retelling: a stored run lived again, to fork it or to follow one of its customers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.compiling import source_hash
from sim.lab.journeys import Journeys
from sim.market import Market
from sim.parameters import BadInput, Scenario


@dataclass(frozen=True)
class StoredRun:
    """What a run folder says of its run.

    Args:
        folder: The folder.
        scenario: What the world was made of.
        seed: Seed of all draws.
        replicate: Number of the replication.
        same_code: Whether the present code is the one that ran.
    """

    folder: Path
    scenario: Scenario
    seed: int
    replicate: int
    same_code: bool

    @staticmethod
    def load(folder: Path) -> "StoredRun":
        """Read a run folder.

        Raises:
            BadInput: The folder holds no run.
        """
        try:
            about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
            scenario = Scenario.from_mapping(about["scenario"], where=str(folder / "run.json"))
            return StoredRun(folder, scenario, about["seed"], about["replicate"], about["code"] == source_hash())
        except (OSError, ValueError, KeyError, TypeError) as trouble:
            raise BadInput(f"{folder}: this is not a run folder, as sim run --out writes it ({trouble})") from trouble

    def market(self) -> Market:
        """The world before its first month."""
        return Market(self.scenario, seed=self.seed, replicate=self.replicate)

    def stored_months(self) -> pd.DataFrame:
        """The measures as they were stored."""
        return pd.read_parquet(self.folder / "monthly.parquet")


@dataclass(frozen=True)
class Forked:
    """A fork beside its original.

    Args:
        original: The run as it was.
        forked: The run with something changed.
        repeated: Whether the original came out again bit for bit as stored.
    """

    original: Market
    forked: Market
    repeated: bool


def fork(run: StoredRun, month: int, settings: Mapping[str, Any]) -> Forked:
    """Live a stored run to a month, change something, and live both tails under the same shocks.

    Args:
        run: The stored run.
        month: Recorded months before the change; 0 changes the first.
        settings: Key paths and values.

    Raises:
        BadInput: The month is not within the run, or the change needs another past.
    """
    if not 0 <= month < run.scenario.months:
        raise BadInput(f"--month {month} is not within the run; months 0 to {run.scenario.months - 1} can be followed")
    original = run.market()
    while original.month < month:
        original.step()
    forked = original.fork(settings)
    original.run()
    forked.run()
    return Forked(original, forked, original.monthly().equals(run.stored_months()))


def differences(found: Forked, measures: Sequence[str]) -> pd.DataFrame:
    """Yearly sums of the fork minus those of the original, by firm."""
    tables = [market.monthly() for market in (found.forked, found.original)]
    sums = [
        table.assign(year=(table["month"] - 1) // 12 + 1).groupby(["firm", "year"], sort=False)[list(measures)].sum()
        for table in tables
    ]
    return (sums[0] - sums[1]).reset_index()


def life_of(run: StoredRun, customer: int) -> tuple[Market, pd.DataFrame]:
    """Live a stored run again and follow one customer; the market at its end, and the events.

    Raises:
        BadInput: The market has no such customer.
    """
    market = run.market()
    journeys = Journeys([customer], run.scenario.customers)
    market.watcher = journeys.look
    return market.run(), journeys.table()
