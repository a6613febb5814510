"""Double entry in whole cents: what customers pay is what firms receive, and every month closes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import copysign

COST_ACCOUNTS = (
    "cost_goods", "cost_customisation", "cost_service", "cost_sales", "cost_marketing", "cost_coordination",
    "cost_intelligence", "cost_research", "cost_transformation", "cost_overhead", "cost_credit",
    "cost_improvement", "cost_support", "bad_debt", "interest", "cost_refinancing",
)  # fmt: skip
FINANCIAL_ACCOUNTS = ("interest", "cost_refinancing")  # below operating profit
PROFIT_ACCOUNTS = ("revenue", "discounts", *COST_ACCOUNTS)
_NOTHING = (0,) * len(PROFIT_ACCOUNTS)


def to_cents(amount: float) -> int:
    """Whole cents of an amount. [EUR -> cents]

    >>> to_cents(1.005), to_cents(-0.014)
    (101, -1)
    """
    return round(amount * 100.0 + copysign(1e-9, amount))


def all_to_cents(amounts: Mapping[str, float]) -> dict[str, int]:
    """Whole cents of several amounts by account. [EUR -> cents]

    >>> all_to_cents({"cost_research": 1.005, "cost_support": -0.014})
    {'cost_research': 101, 'cost_support': -1}
    """
    return {account: round(amount * 100.0 + (1e-9 if amount >= 0.0 else -1e-9)) for account, amount in amounts.items()}


@dataclass
class Journal:
    """The postings of one firm in one month, each from one account to another. [cents]"""

    balances: dict[str, int] = field(default_factory=dict)

    def post(self, *moves: tuple[str, str, int]) -> None:
        """Move amounts, each from one account to another."""
        balances = self.balances
        for source, target, amount in moves:
            balances[source] = balances.get(source, 0) - amount
            balances[target] = balances.get(target, 0) + amount

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
    bad_debt = costs.get("bad_debt", 0)
    cash = revenue - discounts if received is None else received
    own = {
        "cash": cash - (sum(costs.values()) - bad_debt),
        "revenue": -revenue,
        "receivables": revenue - discounts - cash - bad_debt,
        "discounts": discounts,
        "bad_debt": bad_debt,
    }
    return Journal({**costs, **own})


def profit_of(journal: Journal) -> int:
    """Profit of a month: revenue minus discounts and all costs, interest and the cost of new equity too. [cents]"""
    return -sum(map(journal.balances.get, PROFIT_ACCOUNTS, _NOTHING))


def operating_profit_of(journal: Journal) -> int:
    """Profit of a month before interest and the cost of new equity. [cents]"""
    interest, refinancing = map(journal.balance, FINANCIAL_ACCOUNTS)
    return profit_of(journal) + interest + refinancing
