"""Assumptions moved one at a time, with the tuned decisions kept: where a conclusion fails."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.compare import compare
from sim.experiments.evidence.plan import EvidencePlan
from sim.parameters import Scenario
from sim.statistics.verdicts import search_bound


def shaken_verdicts(moved: pd.DataFrame, at_bound: Mapping[str, list[str]]) -> list[str]:
    """Verdicts of the shaken comparisons; a pair of which a policy was tuned to a bound decides nothing in any."""
    pairs = zip(moved["policy"], moved["against"], moved["verdict"], strict=True)
    return [search_bound(at_bound, (policy, against)) or verdict for policy, against, verdict in pairs]


def shake(
    world: Scenario,
    plan: EvidencePlan,
    settings: Mapping[str, Mapping[str, Any]],
    seed: int,
    progress: Callable[[int, int], None],
) -> pd.DataFrame:
    """Paired gaps of net present value of the tuned policies, with one assumption at a time at either end.

    Returns:
        Columns ``assumption, value, policy, against, mean, low, high, verdict``; the first rows hold the unmoved world.
    """
    counts = plan.counts
    moves: list[tuple[str, float]] = [("none", np.nan)]
    moves += [(key, end) for key, ends in plan.shaken.items() for end in ends]
    rows = []
    for done, (key, value) in enumerate(moves, start=1):
        moved = world if key == "none" else world.with_settings({key: value})
        comparison = compare(moved, plan.policies, counts["shaken_worlds"], seed=seed, settings=settings)
        for gap in comparison.gaps[comparison.gaps["measure"] == "npv"].to_dict("records"):
            columns = {name: gap[name] for name in ("policy", "against", "mean", "low", "high", "verdict")}
            rows.append({"assumption": key, "value": value} | columns)
        progress(done, len(moves))
    return pd.DataFrame(rows)
