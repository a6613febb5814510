"""The figures of a run that targets speak about, by year."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.experiments.elasticity import category_elasticity, own_elasticity
from sim.model.calendar import MONTHS_PER_YEAR
from sim.parameters import Scenario
from sim.simulation.headless import seed_of
from sim.simulation.warm_up import warmed_up

SHARES: Mapping[str, tuple[str, ...]] = {
    "goods": ("cost_goods", "cost_customisation"),
    "service": ("cost_service", "cost_support"),
    "marketing": ("cost_marketing", "cost_sales", "cost_intelligence"),
    "research": ("cost_research",),
    "profit": ("profit",),
}  # columns of which each share of net revenue is the sum; overhead is what is left
LAST_YEAR = 10


class YearPair(NamedTuple):
    """One figure in the first and the last year of a run."""

    first: float
    last: float

    @property
    def mean(self) -> float:
        """The mean of both.

        >>> YearPair(0.1, 0.3).mean
        0.2
        """
        return (self.first + self.last) / 2.0


def profit_and_loss(months: pd.DataFrame) -> dict[str, float]:
    """Shares of net revenue, which add up to one, and advertising beside them. months: rows of all firms"""
    net = float((months["revenue"] - months["discounts"]).sum())
    shares = {name: float(months[list(columns)].to_numpy().sum()) / net for name, columns in SHARES.items()}
    advertising = float(months["cost_marketing"].sum()) / net  # a part of marketing
    return shares | {"overhead": 1.0 - sum(shares.values()), "advertising": advertising}


def _complained_first(months: pd.DataFrame) -> float:
    return float(months["losses_complained"].sum() / max(1.0, float(months["losses_voluntary"].sum())))


def _praise(months: pd.DataFrame) -> float:
    return float(months["messages_positive"].sum() / max(1.0, float(months["messages_negative"].sum())))


OTHER_FIGURES: Mapping[str, Callable[[pd.DataFrame], float]] = {
    "annual_loss": lambda months: float(months[months["month"] == months["month"].max()]["attrition_annual"].mean()),
    "utilisation": lambda months: float(months["utilisation"].mean()),
    "crisis": lambda months: float(months["crisis"].mean()),
    "largest_share": lambda months: float(months["market_share"].max()),
    "nps": lambda months: float(months["nps"].mean()),
    "complained_first": _complained_first,
    "praise": _praise,
    "days_outstanding": lambda months: float(months["days_sales_outstanding"].mean()),
}


def of_year(table: pd.DataFrame, year: int) -> dict[str, float]:
    """All figures of one year, over all firms. table: monthly measures; year: from 1"""
    months = table[(table["month"] > (year - 1) * MONTHS_PER_YEAR) & (table["month"] <= year * MONTHS_PER_YEAR)]
    return profit_and_loss(months) | {name: call(months) for name, call in OTHER_FIGURES.items()}


def figures_of(scenario: Scenario, replications: int, seed: int | None = None) -> dict[str, YearPair]:
    """Figures of the first and last year, means over replications. scenario: of two years at least"""
    chosen, last = seed_of(scenario, seed), scenario.months // MONTHS_PER_YEAR
    tables = [warmed_up(scenario, chosen, number).run().monthly() for number in range(replications)]
    years = [[of_year(table, year) for table in tables] for year in (1, last)]
    means = [{name: float(np.mean([row[name] for row in rows])) for name in rows[0]} for rows in years]
    return {name: YearPair(means[0][name], means[1][name]) for name in means[0]}


def elasticities(scenario: Scenario, replications: int, seed: int | None = None) -> dict[str, float]:
    """Own elasticity in year 1 and its growth until year 10, and that of the category; means over firms."""
    seats: Sequence[int] = range(len(scenario.firms))
    now, then = (
        float(np.mean([own_elasticity(scenario, year, replications, seed, seat).mean for seat in seats]))
        for year in (1, LAST_YEAR)
    )
    category = category_elasticity(scenario, 1, replications, seed).mean
    return {"own_elasticity": now, "elasticity_growth": then / now, "category_elasticity": float(category)}
