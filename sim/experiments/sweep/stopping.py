"""When a sweep has replications enough: the half-width of a declared paired contrast is small, and stays small."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.experiments.sweep.design import Contrast, Experiment, StoppingRule
from sim.statistics.contrasts import average, pair_runs
from sim.statistics.sequential import Rule, stopping

ROUND = 5  # replications between two looks


def enough(experiment: Experiment, runs: pd.DataFrame) -> bool:
    """Whether the stopping rule of an experiment, or its fixed number of replications, is met.

    Args:
        experiment: The experiment.
        runs: Its table of runs.

    Source:
        Hoad, Robinson and Davies (2010), applied to the paired contrast.
    """
    rule, replicates = experiment.stopping, int(runs["replicate"].max()) + 1 if len(runs) else 0
    if rule is None or replicates >= rule.maximum:
        return True
    contrast = next(candidate for candidate in experiment.contrasts if candidate.name == rule.contrast)
    return stays_small(paired_gaps(runs, contrast, [factor.name for factor in experiment.factors]), rule)


def paired_gaps(runs: pd.DataFrame, contrast: Contrast, factors: Sequence[str]) -> np.ndarray:
    """Difference of each replication, as a mean over all other levels, in the order of replications.

    Args:
        runs: Table of runs; replications in which one side is missing do not count.
        contrast: The contrast.
        factors: Columns of all factors.
    """
    return average(pair_runs(runs, contrast, factors)).gaps


def stays_small(gaps: np.ndarray, rule: StoppingRule) -> bool:
    """Whether the half-width was reached at some number of replications and kept for the look-ahead.

    >>> rule = StoppingRule("contrast", half_width=1.0, minimum=20, maximum=200, look_ahead=5)
    >>> stays_small(np.zeros(25), rule), stays_small(np.zeros(24), rule)
    (True, False)
    """
    return bool(len(gaps)) and stopping(gaps, Rule(rule.half_width, rule.minimum, rule.look_ahead)).reached
