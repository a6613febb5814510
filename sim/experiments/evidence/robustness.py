"""Contrasts of value after some years, under each conduct, with and without the customers who remain."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pandas as pd

from sim.experiments.comparison_result import Comparison
from sim.experiments.search_bound import AtBound
from sim.experiments.yearly import OF_A_RUN
from sim.model.calendar import MONTHS_PER_YEAR
from sim.statistics.paired import paired_difference
from sim.statistics.verdicts import CLEAR, is_precise, search_bound

PROFIT, EQUITY = "npv", "npv_with_equity"  # without and with the value of the customers who remain


def contrasts(comparison: Comparison, years: Sequence[int], discount_rate: float, at_bound: AtBound) -> pd.DataFrame:
    """Paired differences of value after some years.

    Args:
        comparison: The same policies in the same worlds, at least as long as the longest horizon.
        years: Horizons; those beyond the run are left out.
        discount_rate: Discount rate. [1/month]
        at_bound: Decisions that tuning left at an end of their range, by policy.

    Returns:
        Columns ``years, measure, policy, against, mean, low, high, replications, verdict, precise``; ``precise`` says
        whether the interval is narrow enough to speak of the size.
    """
    return pd.DataFrame(_rows(comparison, years, discount_rate, at_bound))


def _rows(
    comparison: Comparison, years: Sequence[int], discount_rate: float, at_bound: AtBound
) -> Iterator[dict[str, object]]:
    focal, policies = comparison.about["focal"], list(comparison.about["policies"])
    own = comparison.monthly[comparison.monthly["firm"] == focal]
    for horizon in years:
        if horizon * MONTHS_PER_YEAR > int(comparison.about["months"]):
            continue
        worlds = own[own["month"] <= horizon * MONTHS_PER_YEAR].groupby(["world", "replicate"])
        for measure in (PROFIT, EQUITY):
            values = pd.Series({key: OF_A_RUN[measure](table, discount_rate) for key, table in worlds})
            for against, policy in combinations(policies, 2):
                gap = paired_difference(values[policy].sort_index(), values[against].sort_index())
                yield {
                    "years": horizon, "measure": measure, "policy": policy, "against": against, "mean": gap.mean,
                    "low": gap.low, "high": gap.high, "replications": gap.replications,
                    "verdict": search_bound(at_bound, (policy, against)) or gap.verdict,
                    "precise": is_precise(gap.mean, gap.low, gap.high),
                }  # fmt: skip


def conclusions(table: pd.DataFrame) -> pd.DataFrame:
    """What survives of each pair over all readings: every conduct, horizon and valuation.

    Args:
        table: Contrasts of all conducts, with a column ``conduct``.

    Returns:
        Columns ``policy, against, readings, higher, lower, precise, survives``; ``survives`` is the verdict that all
        readings share, or nothing.
    """
    rows = []
    for (policy, against), part in table.groupby(["policy", "against"], sort=False):
        counts = part["verdict"].value_counts()
        shared = [verdict for verdict in CLEAR if counts.get(verdict, 0) == len(part)]
        rows.append(
            {
                "policy": policy, "against": against, "readings": len(part), "higher": int(counts.get("higher", 0)),
                "lower": int(counts.get("lower", 0)), "precise": int(part["precise"].sum()),
                "survives": shared[0] if shared else "",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def failing(part: pd.DataFrame, verdict: str) -> dict[str, list[str]]:
    """Values of conduct, years and measure under which no reading of one pair has the verdict.

    Args:
        part: Contrasts of one pair.
        verdict: The verdict looked for.
    """
    values_by_name: Mapping[str, pd.Series] = {name: part[name].astype(str) for name in ("conduct", "years", "measure")}
    holds = part["verdict"] == verdict
    return {
        name: [value for value in dict.fromkeys(values) if not holds[values == value].any()]
        for name, values in values_by_name.items()
    }
