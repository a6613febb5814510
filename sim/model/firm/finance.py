"""Finance of a firm: interest, what lenders bear, budgets under a covenant, new equity, and exit."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from sim.model.accounting import to_cents
from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.firm.leadership.forecast import QUARTER
from sim.parameters.decisions import Plan

TRADING = -1  # month of exit of a firm that has not left the market
DISCRETIONARY = ("research", "marketing", "intelligence", "outcome_support")  # budgets that lenders see cut first


class Trade(NamedTuple):
    """A month of trading, before interest: operating profit [EUR] and net revenue [EUR]."""

    profit: float
    revenue: float


class Financing(NamedTuple):
    """What finance moves in a month, beside trade. All in whole cents.

    Args:
        interest: Interest paid on debt, less what cash earns. [cents]
        issue_cost: Cost of new equity. [cents]
        equity_raised: New equity paid in. [cents]
        payout: What owners take out. [cents]
        written_off: Debt that lenders lose when a firm has left the market. [cents]
    """

    interest: int = 0
    issue_cost: int = 0
    equity_raised: int = 0
    payout: int = 0
    written_off: int = 0

    def moves(self) -> tuple[tuple[str, str, int], ...]:
        """The postings, each from one account to another."""
        return (
            ("cash", "interest", self.interest),
            ("cash", "cost_refinancing", self.issue_cost),
            ("equity", "cash", self.equity_raised),
            ("cash", "equity", self.payout),
            ("lenders", "cash", self.written_off),
        )


NO_FINANCING = Financing()


@dataclass
class Finance:
    """State of a firm's finance.

    Args:
        months: The last twelve months of trading.
        cuts: How many times budgets have been cut.
        in_breach: Months for which reviews have found debt above the limit. [months]
        exited: Month of the world from which the firm has left the market, or `TRADING`.
        last: What finance moved this month.
    """

    months: deque[Trade] = field(default_factory=lambda: deque(maxlen=MONTHS_PER_YEAR))
    cuts: int = 0
    in_breach: float = 0.0
    exited: int = TRADING
    last: Financing = NO_FINANCING

    @property
    def has_exited(self) -> bool:
        """Whether the firm has left the market, or leaves it at the start of the next month."""
        return self.exited != TRADING

    def has_left(self, month: int) -> bool:
        """Whether the firm is no longer in the market in a month of the world."""
        return self.has_exited and month >= self.exited

    def record(self) -> dict[str, Any]:
        """The state as numbers and lists, for a state file."""
        return asdict(self) | {"months": list(self.months), "last": list(self.last)}

    @staticmethod
    def recorded(record: Mapping[str, Any]) -> "Finance":
        """The state that `record` wrote down."""
        months = deque((Trade(*month) for month in record["months"]), maxlen=MONTHS_PER_YEAR)
        return Finance(**{**record, "months": months, "last": Financing(*record["last"])})


def interest_on(cash: int, market: Mapping[str, float]) -> int:
    """Interest of a month: paid on debt, or, below zero, earned on cash. cash: at the start of the month [cents]

    >>> market = {"finance.debt_rate": 0.12, "finance.cash_rate": 0.06}
    >>> interest_on(-10_000, market), interest_on(10_000, market), interest_on(0, market)
    (100, -50, 0)
    """
    rate = market["finance.debt_rate"] if cash < 0 else market["finance.cash_rate"]
    return -round(cash * rate / MONTHS_PER_YEAR)


def debt_of(cash: int) -> float:
    """Debt, which is cash below zero. cash: [cents] -> [EUR]

    >>> debt_of(-150), debt_of(100)
    (1.5, 0.0)
    """
    return -cash / 100.0 if cash < 0 else 0.0


def year_of(finance: Finance) -> Trade:
    """A year of trading at the pace of up to twelve months. [EUR/year]

    >>> year_of(Finance(months=deque([Trade(1.0, 10.0), Trade(3.0, 10.0)])))
    Trade(profit=24.0, revenue=120.0)
    """
    if not finance.months:
        return Trade(0.0, 0.0)
    part = MONTHS_PER_YEAR / len(finance.months)
    profits, revenues = zip(*finance.months, strict=True)
    return Trade(math.fsum(profits) * part, math.fsum(revenues) * part)


def debt_limit(finance: Finance, market: Mapping[str, float]) -> float:
    """Debt that lenders bear: a multiple of a year's operating profit, at the least a part of a year's revenue. [EUR]

    Source:
        Covenants on debt to cash flow: Dichev and Skinner (2002).

    >>> market = {"finance.covenant": 3.0, "finance.working_capital": 0.1}
    >>> debt_limit(Finance(months=deque([Trade(1.0, 10.0)])), market)
    36.0
    >>> debt_limit(Finance(months=deque([Trade(-1.0, 10.0)])), market)
    12.0
    """
    year = year_of(finance)
    return max(market["finance.covenant"] * year.profit, market["finance.working_capital"] * year.revenue)


def plan_under_covenant(plan: Plan, finance: Finance, market: Mapping[str, float]) -> Plan:
    """The plan with discretionary budgets cut as many times as reviews have found too much debt.

    >>> plan = plan_under_covenant(Plan(research=0.08), Finance(cuts=1), {"finance.cut": 0.25})
    >>> plan.research, plan.price
    (0.06, 1.0)
    """
    if not finance.cuts:
        return plan
    left = (1.0 - market["finance.cut"]) ** finance.cuts
    return plan.changed({name: getattr(plan, name) * left for name in DISCRETIONARY})


def new_equity(debt: float, finance: Finance, market: Mapping[str, float]) -> float | None:
    """Equity that brings debt back to the limit, its own cost included; None where nobody pays it in. debt: [EUR]

    New owners pay as long as the firm is worth its debt. Where `finance.exit` is 0 the old owners pay in any case.

    >>> market = dict(zip(["covenant", "working_capital", "multiple", "issue_cost", "exit"], [3.0, 0.0, 8.0, 0.1, 1.0]))
    >>> market = {f"finance.{name}": value for name, value in market.items()}
    >>> sound = Finance(months=deque([Trade(1.0, 10.0)]))
    >>> new_equity(45.0, sound, market), new_equity(97.0, sound, market)
    (10.0, None)
    """
    if debt > market["finance.multiple"] * year_of(finance).profit and market["finance.exit"] >= 1.0:
        return None
    return max(0.0, debt - debt_limit(finance, market)) / (1.0 - market["finance.issue_cost"])


def review(finance: Finance, cash: int, month: int, market: Mapping[str, float]) -> float:
    """Lenders look at the debt once a quarter: budgets are cut or restored; in the end the firm is refinanced or exits.

    Args:
        finance: Changed in place.
        cash: Cash after this month's trade and interest. [cents]
        month: Month of the world. [months]
        market: Numbers of the market.

    Returns:
        New equity paid in. [EUR]
    """
    debt = debt_of(cash)
    if debt <= debt_limit(finance, market):
        finance.cuts, finance.in_breach = max(0, finance.cuts - 1), 0.0
        return 0.0
    finance.cuts, finance.in_breach = finance.cuts + 1, finance.in_breach + QUARTER
    if finance.in_breach <= market["finance.patience"]:
        return 0.0
    equity = new_equity(debt, finance, market)
    finance.in_breach = 0.0
    if equity is None:
        finance.exited = month + 1
    return equity or 0.0


class Till(NamedTuple):
    """Cash of a month. opening: at its start; traded: brought by trade; kept: what owners leave in. [cents]"""

    opening: int
    traded: int
    kept: int


def settle(finance: Finance, till: Till, since: int, month: int, market: Mapping[str, float]) -> Financing:
    """Interest, the quarterly review of debt, new equity, and what owners take out.

    Args:
        finance: Changed in place.
        till: Cash of the month.
        since: Months since the policies began, this one included. [months]
        month: Month of the world. [months]
        market: Numbers of the market.
    """
    interest = interest_on(till.opening, market)
    cash = till.opening + till.traded - interest
    equity = review(finance, cash, month, market) if since % QUARTER == 0 else 0.0
    raised, issue_cost = to_cents(equity), to_cents(equity * market["finance.issue_cost"])
    payout = max(0, round((cash + raised - issue_cost - till.kept) * market["finance.payout"]))
    return Financing(interest, issue_cost, raised, payout)


def wound_up(cash: int) -> Financing:
    """The last of a firm that has left the market: owners take what is left, lenders lose the rest. cash: [cents]

    >>> wound_up(-300).written_off, wound_up(200).payout
    (300, 200)
    """
    return Financing(payout=max(0, cash), written_off=max(0, -cash))
