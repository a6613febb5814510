"""Policies in the same sampled worlds: in which one is better, equivalent or worse, and what that goes with."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.parameters import BadInput
from sim.statistics.columns import COLUMNS, describe_table
from sim.statistics.contrasts import contrast_columns, pair_runs, within
from sim.statistics.declaration import Contrast
from sim.statistics.drivers import rank_correlations
from sim.statistics.responses import demand, example_keys, usable
from sim.statistics.scenario_discovery import DENSITY, find_boxes
from sim.statistics.verdicts import BETTER, EQUIVALENT, WORSE

WAY_OUT = "name its factor in design.crossed, so that every sampled world has both levels"


class Differences(NamedTuple):
    """Paired differences of a contrast in sampled worlds.

    Args:
        worlds: What was sampled: one row a world, one column a factor.
        gaps: Difference, one minus other, shape (worlds, replicates); averaged over other crossed factors.
    """

    worlds: pd.DataFrame
    gaps: NDArray[np.float64]

    @property
    def means(self) -> NDArray[np.float64]:
        """Mean over the replicates, shape (worlds,)."""
        return np.asarray(self.gaps.mean(axis=1))

    @property
    def luck(self) -> float:
        """Standard error of a world's mean by the luck of its replicates, pooled over worlds; NaN for one replicate."""
        count = self.gaps.shape[1]
        return math.sqrt(float(self.gaps.var(axis=1, ddof=1).mean()) / count) if count > 1 else math.nan


def differences(
    runs: pd.DataFrame, contrast: Contrast, factors: Sequence[str], crossed: Sequence[str] = ()
) -> Differences:
    """The paired difference in every sampled world and replicate; nothing may be missing.

    Args:
        runs: One row per run.
        contrast: Which levels are compared, in which outcome.
        factors: Columns of all factors.
        crossed: Those that are not sampled; the factor of the contrast is one in any case.

    Raises:
        BadInput: A run of the contrast failed, is not there, or there is no sampled factor.
    """
    demand(runs, ["key", "replicate", "status", contrast.factor, contrast.outcome, *factors])
    apart = {contrast.factor, *contrast.where, *crossed}
    sampled = [name for name in factors if name not in apart]
    if not sampled:
        raise BadInput(f"{contrast.label}: no factor is left that was sampled")
    _refuse_broken(runs, contrast)
    by_level = pair_runs(runs, contrast, factors)
    _refuse_unpaired(by_level, contrast)
    gap = (by_level[contrast.one] - by_level[contrast.other]).groupby([*sampled, "replicate"], sort=True)
    table = gap.mean().where(gap.count() == gap.count().max()).unstack("replicate")
    if table.isna().to_numpy().any():
        absent = int(table.isna().to_numpy().sum())
        raise BadInput(f"{contrast.label}: {absent} pairs of worlds are missing; run the rest of the sweep first")
    worlds = table.index.to_frame(index=False)
    return Differences(worlds, table.to_numpy(float))


def _refuse_broken(runs: pd.DataFrame, contrast: Contrast) -> None:
    asked = within(runs, contrast)
    asked = asked[asked[contrast.factor].isin([contrast.one, contrast.other])]
    broken = asked[~usable(asked, contrast.outcome)]
    if len(broken):
        why = "leaving worlds out would choose them by what happened in them"
        raise BadInput(
            f"{contrast.label}: {len(broken)} runs have no finite {contrast.outcome}: {example_keys(broken)}; {why}: "
            "run them again"
        )


def _refuse_unpaired(by_level: pd.DataFrame, contrast: Contrast) -> None:
    lone = int(by_level.isna().any(axis=1).sum())
    if lone == len(by_level):
        raise BadInput(f"{contrast.label}: no world has both levels; {WAY_OUT}")
    if lone:
        raise BadInput(f"{contrast.label}: {lone} of {len(by_level)} pairs lack a run; run the rest of the sweep first")


def classes(means: NDArray[np.float64], contrast: Contrast) -> NDArray[np.str_]:
    """For every world whether the level asked about is better or worse by more than the smallest effect, or neither."""
    gain = means if contrast.direction == "higher" else -means
    return np.where(gain > contrast.smallest, BETTER, np.where(gain < -contrast.smallest, WORSE, EQUIVALENT))


def shares(
    runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], crossed: Sequence[str] = ()
) -> pd.DataFrame:
    """Share of sampled worlds in which each contrast is better, equivalent and worse, with Wilson's 95 % interval.

    Args:
        runs: One row per run.
        family: Contrasts.
        factors: Columns of all factors.
        crossed: Those that are not sampled.

    Raises:
        BadInput: As `differences`.

    Source:
        Wilson (1927), by scipy.
    """
    rows = [row for contrast in family for row in _shares(differences(runs, contrast, factors, crossed), contrast)]
    return describe_table("shares", rows)


def _shares(by_world: Differences, contrast: Contrast) -> list[dict[str, Any]]:
    from scipy import stats  # heavy, and a sweep that runs needs none of it

    means, worlds = by_world.means, len(by_world.worlds)
    kinds, rows = classes(means, contrast), []
    for kind in (BETTER, EQUIVALENT, WORSE):
        inside = kinds == kind
        count = int(inside.sum())
        reach = stats.binomtest(count, worlds).proportion_ci(method="wilson")
        rows.append(
            contrast_columns(contrast)
            | {
                "smallest": contrast.smallest, "finding": kind, "worlds": worlds, "count": count,
                "share": count / worlds, "low": float(reach.low), "high": float(reach.high),
                "mean": float(means[inside].mean()) if count else math.nan,
                "luck": by_world.luck, "replicates": by_world.gaps.shape[1],
            }
        )  # fmt: skip
    return rows


def drivers(
    runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], crossed: Sequence[str] = ()
) -> pd.DataFrame:
    """Rank correlation of each contrast's difference with every sampled factor; otherwise as `shares`."""
    parts = []
    for contrast in family:
        by_world = differences(runs, contrast, factors, crossed)
        table = rank_correlations(by_world.worlds, by_world.means)
        parts.append(table.assign(contrast=contrast.name, outcome=contrast.outcome, worlds=len(by_world.worlds)))
    columns = ["contrast", "outcome", "factor", "rank_correlation", "low", "high", "worlds"]
    return describe_table("drivers", pd.concat(parts, ignore_index=True)[columns] if parts else [])


def scenario_discovery(
    runs: pd.DataFrame,
    contrast: Contrast,
    factors: Sequence[str],
    crossed: Sequence[str] = (),
    above: float | None = None,
    below: float | None = None,
    density: float = DENSITY,
) -> pd.DataFrame:
    """Boxes of sampled factors in which the difference of a contrast lies beyond an amount.

    Args:
        runs: One row per run.
        contrast: The contrast.
        factors: Columns of all factors.
        crossed: Those that are not sampled.
        above: Differences above this are of interest. [unit of the outcome]
        below: Differences below this are. Without either: better by more than the smallest effect of interest.
        density: Share of worlds of interest that a box must hold at least. [share]

    Raises:
        BadInput: As `differences`, or as `sim.statistics.scenario_discovery.find_boxes`.
    """
    by_world = differences(runs, contrast, factors, crossed)
    if above is None and below is None:
        wanted = classes(by_world.means, contrast) == BETTER
    else:
        wanted = by_world.means > above if above is not None else by_world.means < (below or 0.0)
    return find_boxes(by_world.worlds, wanted, contrast.label, density)


def every_box(
    runs: pd.DataFrame, family: Sequence[Contrast], factors: Sequence[str], crossed: Sequence[str] = ()
) -> pd.DataFrame:
    """Boxes of worlds in which each contrast is better; one row that says why where there is none.

    Raises:
        BadInput: As `differences`, or the library of boxes is not installed.
    """
    parts = []
    for contrast in family:
        by_world = differences(runs, contrast, factors, crossed)
        wanted = classes(by_world.means, contrast) == BETTER
        note = _no_box(wanted)
        boxes = describe_table("boxes", []) if note else find_boxes(by_world.worlds, wanted, contrast.label)
        if not len(boxes):
            boxes = pd.DataFrame([{"box": 0, "factor": "", "names": ""}])
            note = note or f"no box of them has {DENSITY:.0%} such worlds".replace("%", " %")
        parts.append(
            boxes.assign(contrast=contrast.name, outcome=contrast.outcome, beyond=contrast.smallest, note=note)
        )
    whole = pd.concat(parts, ignore_index=True).reindex(columns=list(COLUMNS["contrast_boxes"]))
    return describe_table("contrast_boxes", whole)


def _no_box(wanted: NDArray[np.bool_]) -> str:
    """Reason why these worlds allow no box; empty if they do.

    >>> _no_box(np.array([False, False])), _no_box(np.array([True, True]))
    ('it is better in no world', 'it is better in 100 % of all worlds: no limits are needed')
    """
    if not wanted.any():
        return "it is better in no world"
    dense = float(wanted.mean())
    return f"it is better in {100 * dense:.0f} % of all worlds: no limits are needed" if dense >= DENSITY else ""
