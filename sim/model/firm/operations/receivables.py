"""Finance: the ledger of what customers owe, whether sales can see it, and what credit costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.model.accounting import to_cents
from sim.model.counts import Counts
from sim.model.firm.organisation.walls import Walls
from sim.policies.base import Plan


@dataclass
class Ledger:
    """What customers owe a firm at the end of a month.

    Args:
        receivables: All of it. [cents]
        overdue: Accounts whose due month is over. [cents]
    """

    receivables: int = 0
    overdue: int = 0

    @property
    def overdue_share(self) -> float:
        """Part of the receivables that is overdue. [0-1]"""
        return self.overdue / self.receivables if self.receivables else 0.0


def hold_after(plan: Plan, walls: Walls, market: Mapping[str, float], mechanisms: Mapping[str, bool]) -> float:
    """Months overdue after which supply is held; 0, never, where a wall hides finance's ledger from sales. [months]"""
    hidden = mechanisms["walls_hide"] and walls.between("sales", "finance") >= market["organisation.walls_hide"]
    return 0.0 if hidden else plan.hold_after


def cost_of_credit(counts: Counts, weight: float, market: Mapping[str, float]) -> int:
    """Reminders and fees of collections. weight: people per agent [cents]"""
    return to_cents(counts.reminders * weight * market["credit.reminder_cost"]) + counts.collection_fees
