"""First difference of two paired worlds: month, phase and column."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from sim.journeys.stored_run import StoredRun
from sim.model.firm.firm import Firm
from sim.model.state import PERSON, RELATION
from sim.model.world import World
from sim.parameters import BadInput
from sim.policies.base import DECISIONS
from sim.simulation.market import Market
from sim.statistics.columns import describe_table

FIRMS, CUSTOMERS = "firms", "customers"
COMPARED_FIELDS = tuple(
    column.name for column in fields(Firm) if column.type in (float, int, "float", "int") and column.name != "key"
)


@dataclass(frozen=True)
class _Moment:
    """A world after one phase."""

    month: int
    phase: str
    names: tuple[str, ...]
    firms: np.ndarray
    person: np.ndarray
    relations: np.ndarray


def divergence(market: Market, other: Market) -> pd.DataFrame:
    """Live two worlds month by month until decisions and customers differ, or both have ended.

    Args:
        market: A market that was not stepped further than the other.
        other: Its rival, of the same seed and replicate.

    Returns:
        At most one row for firms and one for customers; no rows for worlds that are equal to the bit. Both markets
        are left where the search ended.

    Raises:
        BadInput: The two do not share seed, replicate, month, customers or number of firms.
    """
    _refuse_unpaired(market, other)
    result: dict[str, dict[str, Any]] = {}
    while len(result) < 2 and market.running and other.running:
        for here, there in zip(_record_month(market), _record_month(other), strict=True):
            for row in _compare(here, there):
                result.setdefault(row["part"], row)
    return describe_table("divergence", list(result.values()))


def stored_divergence(stored_run: StoredRun, other: StoredRun) -> pd.DataFrame:
    """Live two stored runs again until they differ; forks from the month of the fork on.

    Raises:
        BadInput: As `divergence`.
    """
    begin = max(
        run.past.month if run.past else -int(run.scenario.market["warm_up"])  # before the first month of the warm-up
        for run in (stored_run, other)
    )
    return divergence(stored_run.replay(begin), other.replay(begin))


def _refuse_unpaired(market: Market, other: Market) -> None:
    for name, first, second in (
        ("seed", market.seed_used, other.seed_used),
        ("replicate", market.replicate, other.replicate),
        ("month", market.month, other.month),
        ("number of customers", market.scenario.customers, other.scenario.customers),
        ("number of firms", len(market.scenario.firms), len(other.scenario.firms)),
    ):
        if first != second:
            raise BadInput(f"the worlds are not paired: {name} is {first} in one and {second} in the other")


def _record_month(market: Market) -> list[_Moment]:
    """One month of a market, as it was after each phase."""
    moments: list[_Moment] = []

    def look(phase: str, world: World) -> None:
        before(phase, world)
        moments.append(_moment(phase, world))

    before, market.watcher = market.watcher, look
    try:
        market.advance()
    finally:
        market.watcher = before
    return moments


def _moment(phase: str, world: World) -> _Moment:
    firms = np.array([[*(getattr(firm.plan, name) for name in DECISIONS), *_state(firm)] for firm in world.firms])
    people = world.people
    names = tuple(firm.name for firm in world.firms)
    rows = people.person.records(), people.relations.records()
    return _Moment(world.month - world.warm_up + 1, phase, names, firms, *rows)


def _state(firm: Firm) -> Iterator[float]:
    return (float(getattr(firm, name)) for name in COMPARED_FIELDS)


def _compare(here: _Moment, there: _Moment) -> Iterator[dict[str, Any]]:
    names = [*(f"plan.{name}" for name in DECISIONS), *COMPARED_FIELDS]
    firms = {name: (here.firms[:, k], there.firms[:, k]) for k, name in enumerate(names)}
    columns = {name: (here.person[name], there.person[name]) for name in PERSON.names or ()}
    columns |= {name: (here.relations[name], there.relations[name]) for name in RELATION.names or ()}
    for part, values in ((FIRMS, firms), (CUSTOMERS, columns)):
        differing = {name: rows for name, pair in values.items() if (rows := _rows(*pair)).any()}
        if differing:
            column = next(iter(differing))
            yield {
                "part": part, "month": here.month, "phase": here.phase, "column": column,
                "columns": ", ".join(differing), "rows": int(np.logical_or.reduce(list(differing.values())).sum()),
            } | _first(part, *values[column], here.names)  # fmt: skip


def _first(part: str, first: np.ndarray, second: np.ndarray, names: tuple[str, ...]) -> dict[str, Any]:
    """Who is the first that differs in a column, and the value of either world."""
    place = tuple(int(k) for k in np.argwhere(first != second)[0])
    firm = names[place[0]] if part == FIRMS else names[place[1]] if first.shape[1:] == (len(names),) else ""
    customer = "" if part == FIRMS else str(place[0])
    return {"customer": customer, "firm": firm, "value": float(first[place]), "other": float(second[place])}


def _rows(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Which rows differ in any place."""
    apart = first != second
    return np.asarray(apart.reshape(len(apart), -1).any(axis=1))
