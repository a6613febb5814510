"""Comparisons of tuned policies of which a search ended at a bound: they decide nothing, and say so."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sim.experiments.comparison_result import Comparison
from sim.statistics.verdicts import search_bound

AtBound = Mapping[str, Sequence[str]]


def with_search_bounds(comparison: Comparison, at_bound: AtBound) -> Comparison:
    """The comparison with "not decided: search bound" as the verdict of every pair of which a policy is at a bound.

    Args:
        comparison: Of tuned policies.
        at_bound: Decisions that ended at an end of their range, by policy.
    """
    ended = {policy: list(names) for policy, names in at_bound.items() if names}
    if not ended:
        return comparison
    gaps = comparison.gaps.copy()
    pairs = zip(gaps["policy"], gaps["against"], gaps["verdict"], strict=True)
    gaps["verdict"] = [search_bound(ended, (policy, against)) or verdict for policy, against, verdict in pairs]
    return replace(comparison, gaps=gaps, about=dict(comparison.about) | {"at_bound": ended})
