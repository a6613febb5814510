"""What each customer brought to each firm, by month: from it tenure, cohorts and value can be computed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.model.customers.sources import SOURCES_OF_WINS
from sim.model.person_numbers import numbers_of
from sim.model.phases import SERVICE_PHASE, START_PHASE
from sim.model.world import World

MONEY = ("billed", "contribution")
_NUMBERS = ("month", "unique_id", "seat", "is_customer", "tenure", "purchases", "satisfaction", "won_by", *MONEY)
CUSTOMER_MONTH_UNITS = {
    "month": "month", "tenure": "months", "purchases": "count", "satisfaction": "0-1", "is_customer": "0 or 1",
}  # fmt: skip


class CustomerMonths:
    """Records customers and buyers; give `look` to `Market.watcher`.

    A row stands for a person and a firm: those who are its customers at the end of the month, and those who paid it
    something, or cost it something, in the month. Money is per person, not per agent.
    """

    def __init__(self) -> None:
        self._before: dict[str, NDArray[Any]] = {}
        self._months: list[tuple[NDArray[Any], ...]] = []
        self._firms: list[str] = []
        self._present: NDArray[Any] = np.zeros(0)

    def look(self, phase: str, world: World) -> None:
        """Note what was paid until a month, and then what it brought."""
        if world.month < world.warm_up:
            return
        if phase == START_PHASE:
            self._before = {name: world.people.relations[name].copy() for name in MONEY}
            self._present = world.people.present.copy()
            self._firms = [firm.name for firm in world.firms]
        if phase == SERVICE_PHASE:
            self._months.append(self._month_of(world))

    def _month_of(self, world: World) -> tuple[NDArray[Any], ...]:
        people, month = world.people, world.month - world.warm_up + 1
        came = self._present == 0  # the place had another holder, whose money is not this person's
        money = [people.relations[name] - np.where(came[:, None], 0, self._before[name]) for name in MONEY]
        seats = np.arange(len(world.firms))
        customer = (people.supplier[:, None] == seats) & (people.present[:, None] == 1)
        rows, firms = np.nonzero(customer | ((money[0] != 0) | (money[1] != 0)) & (people.present[:, None] == 1))
        own = customer[rows, firms]
        return (
            np.full(len(rows), month), numbers_of(people)[rows], firms, own.astype(np.int8),
            np.where(own, people.tenure[rows], 0), people.bought[rows, firms], people.satisfaction[rows, firms],
            np.where(own, people.won_by[rows], 0), *(amount[rows, firms] / 100.0 / world.weight for amount in money),
        )  # fmt: skip

    def columns(self) -> dict[str, NDArray[Any]]:
        """All months by column, each of shape (rows,); `revenue` is net of discounts, `margin` what is left of it."""
        if not self._months:
            return {}
        columns = dict(zip(_NUMBERS, map(np.concatenate, zip(*self._months, strict=True)), strict=True))
        own, source = columns["is_customer"] == 1, np.array(SOURCES_OF_WINS, object)[columns.pop("won_by")]
        firm = np.array(self._firms, object)[columns.pop("seat")]
        revenue, margin = columns.pop("billed"), columns.pop("contribution")
        return columns | {"firm": firm, "won_by": np.where(own, source, ""), "revenue": revenue, "margin": margin}
