"""Double entry in whole cents: what customers pay is what firms receive, and every month closes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

COST_ACCOUNTS = (
    "cost_goods", "cost_customisation", "cost_service", "cost_sales", "cost_marketing", "cost_coordination",
    "cost_intelligence", "cost_research", "cost_transformation", "cost_overhead", "cost_credit",
    "cost_improvement", "cost_support", "bad_debt",
)  # fmt: skip
PROFIT_ACCOUNTS = ("revenue", "discounts", *COST_ACCOUNTS)


def to_cents(amount: float) -> int:
    """Whole cents of an amount. [EUR -> cents]

    >>> to_cents(1.005), to_cents(-0.014)
    (101, -1)
    """
    scaled = round(abs(amount) * 100.0 + 1e-9)
    return scaled if amount >= 0 else -scaled


@dataclass
class Journal:
    """The postings of one firm in one month, each from one account to another. [cents]"""

    balances: dict[str, int] = field(default_factory=dict)

    def post(self, source: str, target: str, amount: int) -> None:
        """Move an amount between two accounts."""
        self.balances[source] = self.balances.get(source, 0) - amount
        self.balances[target] = self.balances.get(target, 0) + amount

    def pay(self, source: str, amounts: Mapping[str, int]) -> None:
        """Move an amount from one account to each of several others."""
        for target, amount in amounts.items():
            self.balances[target] = self.balances.get(target, 0) + amount
        self.balances[source] = self.balances.get(source, 0) - sum(amounts.values())

    def balance(self, account: str) -> int:
        """Balance of an account; debits are positive."""
        return self.balances.get(account, 0)

    def closes(self) -> bool:
        """True when all balances sum to nothing."""
        return sum(self.balances.values()) == 0


def month_of(revenue: int, discounts: int, costs: Mapping[str, int], received: int | None = None) -> Journal:
    """The month of one firm: customers are billed and pay, discounts are given, debts written off, costs paid in cash.

    Args:
        revenue: Sales at list price. [cents]
        discounts: Discounts given. [cents]
        costs: Amounts by account, of those in `COST_ACCOUNTS`. [cents]
        received: What customers paid; None where they pay at once. [cents]
    """
    journal = Journal()
    paid = dict(costs)
    lost = paid.pop("bad_debt", 0)
    journal.post("revenue", "receivables", revenue)
    journal.post("receivables", "discounts", discounts)
    journal.post("receivables", "cash", revenue - discounts if received is None else received)
    journal.post("receivables", "bad_debt", lost)
    journal.pay("cash", paid)
    return journal


def profit_of(journal: Journal) -> int:
    """Profit of a month: revenue minus discounts and all costs. [cents]"""
    return -sum(journal.balances.get(account, 0) for account in PROFIT_ACCOUNTS)
