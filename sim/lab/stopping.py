"""When a sweep has replications enough: the half-width of a declared paired contrast is small, and stays small."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.lab.design import Contrast, Experiment, Stopping
from sim.lab.paired import paired_difference

ROUND = 5  # replications between two looks


def enough(experiment: Experiment, runs: pd.DataFrame) -> bool:
    """Whether the stopping rule of an experiment is met; a fixed number of replications is met when all are lived.

    Args:
        experiment: The experiment.
        runs: Its table of runs.

    Source:
        Hoad, Robinson and Davies (2010), applied to the paired contrast.
    """
    rule, lived = experiment.stopping, int(runs["replicate"].max()) + 1 if len(runs) else 0
    if rule is None or lived >= rule.maximum:
        return True
    contrast = next(one for one in experiment.contrasts if one.name == rule.contrast)
    return stays_small(paired_gaps(runs, contrast), rule)


def paired_gaps(runs: pd.DataFrame, contrast: Contrast) -> np.ndarray:
    """Difference of each replication, as a mean over all other levels, in the order of replications.

    Args:
        runs: Table of runs; replications in which one side is missing do not count.
        contrast: The contrast.
    """
    here = np.ones(len(runs), bool)
    for name, label in (contrast.where or _nowhere()).items():
        here &= (runs[name] == label).to_numpy()
    chosen = runs[here]
    sides = [
        chosen[chosen[contrast.factor] == label].groupby("replicate")[contrast.outcome].agg(_whole_mean)
        for label in (contrast.level, contrast.against)
    ]
    return (sides[0] - sides[1]).dropna().sort_index().to_numpy(float)


def stays_small(gaps: np.ndarray, rule: Stopping) -> bool:
    """Whether the half-width was reached at some number of replications and kept for the look-ahead.

    >>> rule = Stopping("contrast", half_width=1.0, minimum=20, maximum=200, look_ahead=5)
    >>> stays_small(np.zeros(25), rule), stays_small(np.zeros(24), rule)
    (True, False)
    """
    first = len(gaps) - rule.look_ahead
    if first < rule.minimum:
        return False
    widths = (_half_width(gaps[:count]) for count in range(first, len(gaps) + 1))
    return all(width <= rule.half_width for width in widths)


def _half_width(gaps: np.ndarray) -> float:
    found = paired_difference(gaps, np.zeros(len(gaps)))
    return (found.high - found.low) / 2.0


def _whole_mean(values: pd.Series) -> float:
    return float(values.mean(skipna=False))


def _nowhere() -> Mapping[str, Any]:
    return {}
