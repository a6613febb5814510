"""The REAP bridge: a value gap split over retention, efficiency, acquisition and penetration, adding up exactly."""

from itertools import permutations

import numpy as np
import pandas as pd

BRIDGE_TERMS = ("retention", "acquisition", "efficiency", "penetration")
FIXED = ("cost_overhead", "cost_research", "interest", "cost_refinancing")
_TO_SERVE = (
    "cost_customisation", "cost_service", "cost_sales", "cost_coordination", "cost_intelligence", "cost_credit",
    "bad_debt", "cost_improvement", "cost_support",
)  # fmt: skip


class Flows:
    """What the accounting identity needs of one world: the firm's monthly table as rates.

    Args:
        table: Monthly measures of one firm, one row a month in order.
        discount_rate: Discount rate. [1/month]
    """

    def __init__(self, table: pd.DataFrame, discount_rate: float) -> None:
        customers = table["customers"].to_numpy(float)
        adds, losses = table["gross_adds"].to_numpy(float), (table["losses"] + table["lapsed"]).to_numpy(float)
        opening = np.concatenate(([customers[0] + losses[0] - adds[0]], customers[:-1]))
        margin = (table["revenue"] - table["discounts"] - table["cost_goods"]).to_numpy(float)
        cost = table[list(_TO_SERVE)].sum(axis=1).to_numpy(float)
        self.start = opening[0]
        self.retention = np.divide(losses, opening, out=np.zeros_like(losses), where=opening > 0)
        self.acquisition = np.stack((adds, table["cost_marketing"].to_numpy(float)))
        has_customers = customers > 0
        self.penetration = np.divide(margin, customers, out=np.zeros_like(margin), where=has_customers)
        self.efficiency = np.divide(cost, customers, out=np.zeros_like(cost), where=has_customers)
        unserved = np.where(has_customers, 0.0, cost - margin)
        self.discount = (1.0 + discount_rate) ** -np.arange(1.0, len(table) + 1.0)
        self.fixed = float(((table[list(FIXED)].sum(axis=1).to_numpy(float) + unserved) * self.discount).sum())
        self.transformation = float((table["cost_transformation"].to_numpy(float) * self.discount).sum())


def value_of(retention: Flows, acquisition: Flows, efficiency: Flows, penetration: Flows) -> float:
    """Present value of the recursion n' = n (1 - h) + a with each part taken from the world given. [EUR]"""
    customers, total = retention.start, 0.0
    for month, weight in enumerate(retention.discount):
        adds, spend = acquisition.acquisition[:, month]
        customers = customers * (1.0 - retention.retention[month]) + adds
        total += weight * (customers * (penetration.penetration[month] - efficiency.efficiency[month]) - spend)
    return float(total)


def reap_bridge(table: pd.DataFrame, against: pd.DataFrame, discount_rate: float) -> dict[str, float]:
    """Split of the value gap between two worlds; the terms add up to the gap of present values.

    Args:
        table: Monthly measures of the firm in one world.
        against: The same in the other world; both start from the same customers.
        discount_rate: Discount rate. [1/month]

    Returns:
        EUR by term: the four of `BRIDGE_TERMS`, ``transformation`` and ``fixed``.

    Source:
        Shapley (1953) over the accounting identity; all 24 orders.
    """
    new, old = Flows(table, discount_rate), Flows(against, discount_rate)
    worth: dict[frozenset[str], float] = {}

    def value(changed: frozenset[str]) -> float:
        if changed not in worth:
            worth[changed] = value_of(*(new if term in changed else old for term in BRIDGE_TERMS))
        return worth[changed]

    bridge = dict.fromkeys(BRIDGE_TERMS, 0.0)
    orders = list(permutations(BRIDGE_TERMS))
    for order in orders:
        for place, term in enumerate(order):
            before = frozenset(order[:place])
            bridge[term] += (value(before | {term}) - value(before)) / len(orders)
    bridge["transformation"] = old.transformation - new.transformation
    bridge["fixed"] = old.fixed - new.fixed
    return bridge


def present_value(table: pd.DataFrame, discount_rate: float) -> float:
    """Present value of a firm's monthly profits. [EUR]"""
    profit = table["profit"].to_numpy(float)
    return float((profit * (1.0 + discount_rate) ** -np.arange(1.0, len(profit) + 1.0)).sum())
