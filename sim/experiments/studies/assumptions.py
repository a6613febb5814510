"""Each assumed number of a world moved alone: how much the differences between policies move with it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.compare import with_policy
from sim.files.atomic_file import commit_json, commit_text
from sim.files.atomic_folder import ASSUMPTIONS_TABLE, STUDY_MARK
from sim.files.kept_lines import add_lines, begin_folder, lines_of
from sim.parameters import BadInput, Scenario
from sim.parameters.assumptions import UNMOVED, Assumption, assumptions_of, why_idle
from sim.parameters.checking import count_argument
from sim.simulation.warm_up import warmed_up
from sim.statistics.paired import paired_difference
from sim.statistics.reap import present_value

POLICIES = ("product_centric", "osfa", "customer_centric")
HEADLINE = (("customer_centric", "osfa"), ("customer_centric", "product_centric"))
WORLDS_FILE = "worlds.jsonl"
PresentValues = dict[str, float]  # net present value by policy [money]
ValuesByMove = dict[tuple[str, float, int], PresentValues]  # by key, end and replicate


@dataclass(frozen=True)
class AssumptionsPlan:
    """How large the worlds of the study are.

    Args:
        customers: Agents.
        months: Recorded months.
        replications: Paired worlds for each number and end.
    """

    customers: int = 500
    months: int = 36
    replications: int = 3

    def checked(self) -> "AssumptionsPlan":
        """The plan, if worlds can be made of it.

        Raises:
            BadInput: A count that is no whole number or too small.
        """
        count_argument(self.replications, "replications", 2)
        count_argument(self.months, "months", 1)
        count_argument(self.customers, "customers", 10)
        return self


class _Move(NamedTuple):
    """One world to live: which number, to which end; None for the world as it is."""

    assumption: Assumption | None
    end: float

    @property
    def key(self) -> str:
        return self.assumption.key if self.assumption else UNMOVED


def assumptions_study(
    world: Scenario, plan: AssumptionsPlan, folder: Path, progress: Callable[[int, int], None]
) -> pd.DataFrame:
    """Live a world with each assumed number at either end of ±30 %, and compare the differences between policies.

    The first replication of a number shows whether it acts; where no present value moves, the others are not simulated.
    Every world is kept in the folder when it is done, so that the same call goes on after a stop.

    Args:
        world: The world.
        plan: Its size.
        folder: Where the work is kept.
        progress: Called with moves done and moves in all, once for each replication.

    Returns:
        The table that `table_of` makes.

    Raises:
        BadInput: The folder holds another work.
    """
    sized = world.with_settings({"market.customers": plan.checked().customers, "months": plan.months})
    about = {"study": "assumptions", "scenario": world.name, "sha256": world.sha256, **asdict(plan)}
    begin_folder(folder, STUDY_MARK, about, "study of assumptions")
    worlds = _kept(folder)
    moves = list(_moves(sized))
    total = len(moves) * plan.replications
    for done, (replicate, move) in enumerate(((k, move) for k in range(plan.replications) for move in moves), start=1):
        if (move.key, move.end, replicate) not in worlds and not _idle(worlds, move):
            values = _values(sized, move, replicate)
            worlds[move.key, move.end, replicate] = values
            add_lines(
                folder / WORLDS_FILE, [{"key": move.key, "end": move.end, "replicate": replicate, "values": values}]
            )
        progress(done, total)
    table = table_of(worlds)
    commit_text(folder / ASSUMPTIONS_TABLE, table.to_csv(index=False, float_format="%.6g", lineterminator="\n"))
    commit_json(folder / STUDY_MARK, about | {"finished": True})
    return table


def _moves(world: Scenario) -> Iterator[_Move]:
    yield _Move(None, 0.0)
    for assumption in assumptions_of(world):
        if not why_idle(assumption, world):
            yield from (_Move(assumption, end) for end in assumption.ends())


def _kept(folder: Path) -> ValuesByMove:
    rows = lines_of(folder / WORLDS_FILE, ("key", "end", "replicate", "values"), "world of this study")
    return {(row["key"], row["end"], row["replicate"]): row["values"] for row in rows}


def _idle(worlds: ValuesByMove, move: _Move) -> bool:
    """Whether the first replication has shown that this move changes nothing."""
    first = worlds.get((move.key, move.end, 0))
    return move.assumption is not None and first is not None and first == worlds[UNMOVED, 0.0, 0]


def _values(world: Scenario, move: _Move, replicate: int) -> PresentValues:
    """Net present value of the focal firm under each policy; none where the world refuses the number."""
    try:
        moved = move.assumption.moved(world, move.end) if move.assumption else world
    except BadInput:
        return {}
    return {policy: _value(moved, policy, replicate) for policy in POLICIES}


def _value(world: Scenario, policy: str, replicate: int) -> float:
    market = warmed_up(with_policy(world, policy, "focal", {}), replicate=replicate)
    months = market.run().monthly()
    return present_value(months[months["firm"] == world.firms[0].name], world.market["discount_rate"])


def table_of(worlds: ValuesByMove) -> pd.DataFrame:
    """What each move does to each difference of the headline.

    Args:
        worlds: Present values by key, end and replicate; those of the world as it is under `UNMOVED`.

    Returns:
        Columns ``key, end, policy, against, replications, gap, gap_low, gap_high`` for the difference with the number
        at that end, ``change, change_low, change_high`` for what it moved against the world as it is in the same
        replications (95 % t intervals), and ``turns``, whether the mean difference has the other sign.
    """
    rows = []
    for key, end in dict.fromkeys((key, end) for key, end, _ in worlds):
        numbers = [k for a, b, k in worlds if (a, b) == (key, end) and worlds[a, b, k] and (UNMOVED, 0.0, k) in worlds]
        for pair in HEADLINE if numbers else ():
            rows.append({"key": key, "end": end} | _row(worlds, (key, end), numbers, pair))
    return pd.DataFrame(rows)


def _row(worlds: ValuesByMove, move: tuple[str, float], numbers: list[int], pair: tuple[str, str]) -> dict[str, Any]:
    policy, against = pair
    moved = np.array([worlds[*move, k][policy] - worlds[*move, k][against] for k in numbers])
    unmoved = np.array([worlds[UNMOVED, 0.0, k][policy] - worlds[UNMOVED, 0.0, k][against] for k in numbers])
    gap, change = paired_difference(moved, np.zeros(len(moved))), paired_difference(moved, unmoved)
    return {
        "policy": policy, "against": against, "replications": len(numbers),
        "gap": gap.mean, "gap_low": gap.low, "gap_high": gap.high,
        "change": change.mean, "change_low": change.low, "change_high": change.high,
        "turns": bool(gap.mean * unmoved.mean() < 0.0),
    }  # fmt: skip


def read_table(folder: Path) -> tuple[dict[str, Any], pd.DataFrame]:
    """What a finished study says of itself, and its table.

    Raises:
        BadInput: There is no finished study of assumptions.
    """
    try:
        about = json.loads((folder / STUDY_MARK).read_text(encoding="utf-8"))
        return about, pd.read_csv(folder / ASSUMPTIONS_TABLE)
    except (OSError, ValueError) as trouble:
        raise BadInput(
            f"{folder} holds no finished study of assumptions ({trouble}); "
            f"sim study assumptions telecom --out {folder} makes it"
        ) from trouble
