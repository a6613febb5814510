"""Replay of a stored run, to fork it or to follow one of its customers."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.files.atomic_folder import RUN_MARK
from sim.journeys.recorder import Journeys
from sim.model.phases import PhaseObserver, nobody_looks
from sim.numeric.compiling import source_hash
from sim.parameters import BadInput, Scenario
from sim.simulation.market import Market
from sim.version import __version__


@dataclass(frozen=True)
class ForkOrigin:
    """Where a forked run comes from.

    Args:
        run: The run before the change.
        month: Recorded months lived before it. [months]
        settings: Key paths and values that were changed.
    """

    run: "StoredRun"
    month: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class StoredRun:
    """What a run folder says of its run.

    Args:
        folder: The folder.
        scenario: What the world was made of; of a fork, after the change.
        seed: Seed of all draws.
        replicate: Number of the replication.
        same_code: Whether the present code is the one that ran.
        past: Of a fork: where it comes from.
    """

    folder: Path
    scenario: Scenario
    seed: int
    replicate: int
    same_code: bool
    past: ForkOrigin | None = None

    @staticmethod
    def load(folder: Path) -> "StoredRun":
        """Read a run folder.

        Raises:
            BadInput: The folder holds no run.
        """
        about: Any = {}
        try:
            about = json.loads((folder / RUN_MARK).read_text(encoding="utf-8"))
            return _read_folder(folder, about)
        except BadInput as trouble:  # a key that this version does not know, or a file that is gone
            again = shlex.join(map(str, about.get("command", ())))
            raise BadInput(
                f"{folder}: this run of sim {about.get('versions', {}).get('sim', '')} cannot be read by {__version__} "
                f"({trouble}); run it again: {again}"
            ) from trouble
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise BadInput(f"{folder}: this is not a run folder, as sim run --out writes it ({trouble})") from trouble

    def record(self) -> dict[str, Any]:
        """Contents of `run.json` that are needed to replay this run."""
        result: dict[str, Any] = {
            "scenario": self.scenario.as_mapping(),
            "seed": self.seed,
            "replicate": self.replicate,
        }
        return result | ({"fork": origin(self.past)} if self.past else {})

    def replay(self, month: int, look: PhaseObserver = nobody_looks) -> Market:
        """The world after a number of recorded months; a fork is replayed from its origin, a watched run from the
        start.

        Args:
            month: Recorded months. [months]
            look: Who watches.
        """
        if self.past is not None:
            market = self.past.run.replay(self.past.month, look).fork(self.past.settings)
        else:
            market = self._begun(month, watched=look is not nobody_looks)
        market.watcher = look
        while market.month < month:
            market.advance()
        return market

    def _begun(self, month: int, watched: bool) -> Market:
        """The world before its first month, or as it was saved if that is not later than the month asked for."""
        state = self.folder / "state.npz"
        if self.same_code and not watched and state.is_file():
            saved = Market.load(state)
            ours = (self.scenario.sha256, self.seed, self.replicate)
            if saved.month <= month and (saved.scenario.sha256, saved.seed_used, saved.replicate) == ours:
                return saved
        return Market(self.scenario, seed=self.seed, replicate=self.replicate)

    def stored_months(self) -> pd.DataFrame:
        """The measures as they were stored.

        Raises:
            BadInput: There are none.
        """
        path = self.folder / "monthly.parquet"
        try:
            return pd.read_parquet(path)
        except (OSError, ValueError) as trouble:
            raise BadInput(f"{path}: the monthly measures of the run cannot be read ({trouble})") from trouble


def _read_folder(folder: Path, about: Mapping[str, Any]) -> StoredRun:
    scenario = Scenario.from_mapping(about["scenario"], where=str(folder / RUN_MARK))
    past, fork = None, about.get("fork")
    if fork is not None:
        past = ForkOrigin(_read_folder(Path(fork["of"]), fork["origin"]), int(fork["month"]), dict(fork["settings"]))
    same = about.get("code") == source_hash()
    return StoredRun(folder, scenario, int(about["seed"]), int(about["replicate"]), same, past)


def origin(past: ForkOrigin) -> dict[str, Any]:
    """Origin of a fork for `run.json`, complete, so that the folder of the origin may be deleted."""
    settings = dict(past.settings)
    return {"of": str(past.run.folder), "month": past.month, "settings": settings, "origin": past.run.record()}


@dataclass(frozen=True)
class Forked:
    """A fork beside its original.

    Args:
        original: The run as it was.
        forked: The run with something changed.
        past: Where the fork comes from.
        repeated: Whether the original came out again bit for bit as stored.
    """

    original: Market
    forked: Market
    past: ForkOrigin
    repeated: bool


def fork(run: StoredRun, month: int, settings: Mapping[str, Any]) -> Forked:
    """Replay a stored run to a month, change settings, and run both tails under the same shocks.

    Args:
        run: The stored run.
        month: Recorded months before the change; 0 changes the first.
        settings: Key paths and values.

    Raises:
        BadInput: The month is not within the run, or the change needs another past.
    """
    first = run.past.month if run.past else 0
    if not first <= month < run.scenario.months:
        why = f"; this run was itself forked after month {first}, so fork {run.past.run.folder}" if run.past else ""
        allowed = f"months {first} to {run.scenario.months - 1} can be followed"
        raise BadInput(f"--month {month} is not within the run; {allowed}{why if month < first else ''}")
    stored = run.stored_months()
    original = run.replay(month)
    forked = original.fork(settings)
    original.run()
    forked.run()
    return Forked(original, forked, ForkOrigin(run, month, settings), original.monthly().equals(stored))


def differences(branches: Forked, measures: Sequence[str]) -> pd.DataFrame:
    """Yearly sums of the fork minus those of the original, by firm, over the months of both."""
    tables = [market.monthly() for market in (branches.forked, branches.original)]
    last = min(int(table["month"].max()) for table in tables)
    sums = [
        table[table["month"] <= last]
        .assign(year=(table["month"] - 1) // 12 + 1)
        .groupby(["firm", "year"], sort=False)[list(measures)]
        .sum()
        for table in tables
    ]
    return (sums[0] - sums[1]).reset_index()


def life_of(run: StoredRun, customer: int) -> tuple[Market, Journeys]:
    """Live a stored run again and follow one place; the market at its end, and who held the place and what happened.

    Raises:
        BadInput: The market has no such customer.
    """
    journeys = Journeys([customer], run.scenario.customers)
    return run.replay(run.scenario.months, journeys.look), journeys
