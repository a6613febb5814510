"""Measures over whole tables of a run, not over one month: inequality of customers, and cost of those who last."""

import numpy as np

from sim.model.state import Floats


def gini(values: Floats) -> float:
    """How unequal positive amounts are: 0 all the same, towards 1 all with one.

    Args:
        values: Amounts; negative ones count as nothing.

    Source:
        Gini (1912).

    >>> gini(np.array([2.0, 2.0, 2.0])), gini(np.array([0.0, 0.0, 0.0, 8.0]))
    (0.0, 0.75)
    """
    rising = np.sort(np.maximum(0.0, np.asarray(values, np.float64)))
    total, count = float(rising.sum()), len(rising)
    if total <= 0.0:
        return 0.0
    return float(2.0 * (np.arange(1, count + 1) * rising).sum() / (count * total) - (count + 1) / count)


def cost_per_lasting_customer(
    acquisition: Floats, tenure: Floats, weight: float, lasting: int = 24, window: int = 12
) -> float:
    """Acquisition cost per customer still supplied after a number of months; NaN if there is none.

    Args:
        acquisition: Spending on winning customers in each month of a run, such as `cost_marketing`. [EUR]
        tenure: Months with the firm of each of its customers at the end of the run. [months]
        weight: People per agent.
        lasting: Months after which customers are counted. [months]
        window: Months of spending that are set against the customers won in them. [months]

    >>> cost_per_lasting_customer(np.full(36, 10.0), np.array([25.0, 30.0, 12.0, 60.0]), 5.0)
    12.0
    """
    spent = np.asarray(acquisition, np.float64)[: len(acquisition) - lasting][-window:]
    there = np.asarray(tenure, np.float64)
    won = np.count_nonzero((there > lasting) & (there <= lasting + len(spent))) * weight
    return float(spent.sum()) / float(won) if won else float("nan")
