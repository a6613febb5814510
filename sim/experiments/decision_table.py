"""The table that stands beside every headline: what defines each policy, and what is left to a common value."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.parameters import Scenario
from sim.parameters.decisions import DECISION_ROWS
from sim.policies import policy_of
from sim.policies.defining import defining_of

DEFINING, NUISANCE = "defining", "nuisance"
NEUTRAL_REASON = "neutral value of the market, the same for every policy"
SET_REASON = "set by the scenario or by tuning"
TABLE_COLUMNS = ("policy", "decision", "kind", "value", "unit", "low", "high", "reason", "source")


def decision_table(worlds: Mapping[str, Scenario]) -> pd.DataFrame:
    """Every decision of the focal firm as it starts, by policy.

    Args:
        worlds: By policy, the world whose first firm follows it.

    Returns:
        Columns ``policy, decision, kind, value, unit, low, high, reason, source``; kind is ``defining`` or
        ``nuisance``.
    """
    rows = [row for policy, world in worlds.items() for row in _rows_of(policy, world)]
    return pd.DataFrame(rows, columns=list(TABLE_COLUMNS))


def _rows_of(name: str, world: Scenario) -> list[dict[str, Any]]:
    firm = world.firms[0]
    policy = policy_of(firm)
    declared, fixed = defining_of(policy), firm.decisions
    rows = []
    for decision, row in DECISION_ROWS.items():
        if decision in declared:
            kind, reason, source = DEFINING, declared[decision].reason, declared[decision].source
        else:
            key = f"market.neutral.{decision}"
            kind, reason, source = NUISANCE, NEUTRAL_REASON, world.sources.get(key, row.source)
        value = fixed.get(decision, getattr(policy.start, decision))
        if decision in fixed:
            reason, source = SET_REASON, world.sources.get(f"firms.0.decisions.{decision}", "none")
        parts = (name, decision, kind, value, row.unit, row.low, row.high, reason, source)
        rows.append(dict(zip(TABLE_COLUMNS, parts, strict=True)))
    return rows


def defining_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The defining decisions: policy, decision, value, unit, reason and source."""
    rows = table[table["kind"] == DEFINING]
    return rows[["policy", "decision", "value", "unit", "reason", "source"]].reset_index(drop=True)


def nuisance_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The other decisions, one row each: a column of values a policy; NaN where the decision defines the policy."""
    rows = table[table["kind"] == NUISANCE]
    wide = rows.pivot(index="decision", columns="policy", values="value")
    decisions, policies = rows["decision"].drop_duplicates(), table["policy"].drop_duplicates()
    units = [DECISION_ROWS[decision].unit for decision in decisions]
    wide = wide.reindex(index=decisions, columns=policies).reset_index()
    wide.insert(1, "unit", units)
    return wide.rename_axis(columns=None)


def values_of_policies(table: pd.DataFrame) -> pd.DataFrame:
    """Every decision as a row and every policy as a column."""
    policies = table["policy"].drop_duplicates()
    wide = table.pivot(index="decision", columns="policy", values="value")
    return wide.reindex(index=table["decision"].drop_duplicates(), columns=policies)
