"""Figures of a run's last two years from which patterns are made: sums, means and ratios over firms and months."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.model.calendar import MONTHS_PER_YEAR
from sim.model.state import Floats

LEAST_PRICE_GAP = 0.01  # of the logarithm: where all firms ask the same, prices say nothing of what a price does
NAN = float("nan")


@dataclass(frozen=True)
class FirmMonths:
    """Measures of one run by month and firm.

    Args:
        measures: Arrays of shape (months, firms) by name of the measure.
    """

    measures: Mapping[str, Floats]

    def year(self, name: str, ago: int = 0) -> Floats:
        """A measure in the last twelve months, or in those a number of years before, shape (12, firms)."""
        values = self.measures[name]
        end = len(values) - ago * MONTHS_PER_YEAR
        return values[end - MONTHS_PER_YEAR : end]

    def sum(self, name: str) -> float:
        """Sum of a measure over the last year and all firms."""
        return float(self.year(name).sum())

    def last(self, name: str) -> float:
        """Sum of a measure over all firms in the last month."""
        return float(self.measures[name][-1].sum())


Compute = Callable[[FirmMonths], float]


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0.0 else NAN


def sums(above: str, below: str) -> Compute:
    """Sum of a measure over the last year against that of another."""
    return lambda run: _ratio(run.sum(above), run.sum(below))


def annual_loss(run: FirmMonths) -> float:
    """Share of the customers of a year ago who have not stayed."""
    return 1.0 - _ratio(run.last("customers_kept"), run.last("customers_before"))


def newcomers_lost(run: FirmMonths) -> float:
    """Share of the customers won in the last year who are gone at its end."""
    stayed = _ratio(run.last("customers") - run.last("customers_kept"), run.sum("gross_adds"))
    return float(np.clip(1.0 - stayed, 0.0, 1.0))


def messages(run: FirmMonths) -> float:
    """Messages about firms per customer and month."""
    return _ratio(run.sum("messages_positive") + run.sum("messages_negative"), run.sum("customers"))


def negative_share(run: FirmMonths) -> float:
    """Share of negative messages."""
    return _ratio(run.sum("messages_negative"), run.sum("messages_positive") + run.sum("messages_negative"))


def by_customers(measure: str, ago: int = 0) -> Compute:
    """Mean of a measure over a year and all firms, weighted by customers."""

    def compute(run: FirmMonths) -> float:
        weights = run.year("customers", ago)
        return _ratio(float((run.year(measure, ago) * weights).sum()), float(weights.sum()))

    return compute


def nps_change(run: FirmMonths) -> float:
    """Change of the net promoter score against the year before. [points]"""
    return by_customers("nps")(run) - by_customers("nps", 1)(run)


def nps_unrest(run: FirmMonths) -> float:
    """Standard deviation of its monthly changes at a firm, mean over firms. [points]"""
    return float(np.diff(run.year("nps"), axis=0).std(axis=0).mean())


def _rates(run: FirmMonths, measure: str) -> tuple[Floats, NDArray[np.bool_]]:
    """A measure per customer by firm over the last year, and which firms have one above 0."""
    customers, counts = run.year("customers").sum(axis=0), run.year(measure).sum(axis=0)
    there = (customers > 0.0) & (counts > 0.0)
    return counts[there] / customers[there], there


def price_slope(run: FirmMonths) -> float:
    """Slope over firms of log customers won per customer on the log price; NaN where prices are alike."""
    rates, there = _rates(run, "gross_adds")
    prices = run.year("price").mean(axis=0)[there]
    if len(rates) < 2 or prices.min() <= 0.0 or np.ptp(np.log(prices)) < LEAST_PRICE_GAP:
        return NAN
    return float(np.polyfit(np.log(prices), np.log(rates), 1)[0])


def gap_in_losses(run: FirmMonths) -> float:
    """Logarithm of the highest over the lowest loss rate by choice; NaN with fewer than two firms that lost."""
    rates, _ = _rates(run, "losses_voluntary")
    return float(np.log(rates.max() / rates.min())) if len(rates) > 1 else NAN
