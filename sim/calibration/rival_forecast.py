"""Forecast of what a fit has not seen, against that of a plain rival."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from sim.calibration.goodness import FALSE_ALARM, FitCheck
from sim.model.state import Floats


@dataclass(frozen=True)
class OutOfTime:
    """A forecast of what the fit has not seen, against a plain rival's.

    Args:
        what: What is forecast, and when.
        rival: Name of the rival.
        model_error: Distance of the model's forecast.
        rival_error: Distance of the rival's.
        unit: Unit of the distances.
        p: Chance that the model looks so much worse, or more, if it is no worse (one-sided).
    """

    what: str
    rival: str
    model_error: float
    rival_error: float
    unit: str
    p: float

    @property
    def sentence(self) -> str:
        """Who was nearer."""
        better = "nearer than" if self.model_error < self.rival_error else "no nearer than"
        return (
            f"{self.what}: the model is off by {self.model_error:.3g} {self.unit}, {better} {self.rival} "
            f"({self.rival_error:.3g})"
        )

    @property
    def check(self) -> FitCheck:
        """Whether the model forecasts no worse than the rival."""
        said = "worse than" if self.p < FALSE_ALARM else "no worse than"
        return FitCheck("forecast", self.p >= FALSE_ALARM, f"{said} {self.rival} (p {self.p:.2g})")


def chance_of_worse(model_losses: Floats, rival_losses: Floats, cases: Floats | None = None) -> float:
    """One-sided chance of losses so much larger than a rival's, if they are no larger on average.

    Args:
        model_losses: Loss of the model's forecast by case.
        rival_losses: Loss of the rival's.
        cases: How many cases each stands for; one each if left out.

    Source:
        Diebold and Mariano (1995), with Student's t.

    >>> chance_of_worse(np.array([1.0, 2.0, 1.5]), np.array([1.0, 2.0, 1.5]))
    1.0
    """
    weight = np.ones(len(model_losses)) if cases is None else cases
    people, more = float(weight.sum()), model_losses - rival_losses
    mean = float(weight @ more) / people
    if mean <= 0.0 or people < 2.0:
        return 1.0
    variance = float(weight @ (more - mean) ** 2) / (people - 1.0)
    return float(stats.t.sf(mean / np.sqrt(max(variance, 1e-300) / people), people - 1.0))


def mean_forecast(what: str, rival: str, unit: str, values: Floats, cuts: tuple[int, int]) -> OutOfTime:
    """A mean carried on, against the mean of the last period, for values in order of time.

    Two means differ by chance, and whichever happens to be nearer looks better for all later values. So the model is
    worse only where it is further off and the level of later values differs from that of earlier ones (Welch's t).

    Args:
        what: What is forecast.
        rival: Name of the rival.
        unit: Unit of the values.
        values: The values.
        cuts: First value of the last period that is known, and first one that is not.
    """
    before, recent, later = values[: cuts[1]], values[cuts[0] : cuts[1]], values[cuts[1] :]
    off, plain = (float(np.abs(part.mean() - later.mean())) for part in (before, recent))
    p = float(stats.ttest_ind(before, later, equal_var=False).pvalue) if off > plain else 1.0
    return OutOfTime(what, rival, off, plain, unit, p if np.isfinite(p) else 1.0)
