"""What every fit says: numbers with intervals, checks, a forecast against a plain rival, and a picture's table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from sim.calibration.likelihood import EstimateInterval
from sim.calibration.reading.roles import Role
from sim.calibration.reading.table_reading import TableReading
from sim.model.state import Floats

MEASURED, CALIBRATED, ASSUMED_STATUS = "measured", "calibrated", "assumed"
FITS, DOES_NOT_FIT = "fits", "does not fit"
FALSE_ALARM = 0.01  # chance to refuse a model that is true, by check
PICTURE_COLUMNS = ("x", "observed", "model", "rival")


@dataclass(frozen=True)
class FittedNumber:
    """A number with its interval.

    Args:
        name: Short name.
        interval: Estimate, standard error and 95 % interval.
        meaning: What it is and how it follows from the fit.
        key: Key path of the scenario to which it goes; nothing if it goes to none.
    """

    name: str
    interval: EstimateInterval
    meaning: str
    key: str = ""


@dataclass(frozen=True)
class FitCheck:
    """One reason why a model fits or does not.

    Args:
        name: What is looked at.
        passed: Whether the data are as the model says.
        reason: Figures, in one sentence.
    """

    name: str
    passed: bool
    reason: str


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


@dataclass(frozen=True)
class FitPicture:
    """What the picture of a fit shows.

    Args:
        table: Columns x, observed, model, rival.
        across: Name of the horizontal axis.
        upward: Name and unit of the vertical axis.
        rival: Name of the rival's line.
    """

    table: pd.DataFrame
    across: str
    upward: str
    rival: str


@dataclass(frozen=True)
class ModelFit:
    """One model fitted to one file.

    Args:
        name: Short name of what is modelled.
        model: Name of the model, with its source.
        units: What was fitted, such as ``1,200 customers``.
        numbers: Fitted numbers.
        looks: Why it fits, or not, beside the forecast.
        forecast: Out of time, or None where the file has no time.
        picture: Observed, model and rival.
        remarks: What a reader must know.
        switches: Settings of a scenario that are no numbers and that the numbers need, by key path.
        status: Measured where a number is read off, calibrated where a model is fitted.
    """

    name: str
    model: str
    units: str
    numbers: tuple[FittedNumber, ...]
    looks: tuple[FitCheck, ...]
    forecast: OutOfTime | None
    picture: FitPicture
    remarks: tuple[str, ...] = ()
    switches: Mapping[str, str | bool] = field(default_factory=dict)
    status: str = CALIBRATED

    @property
    def checks(self) -> tuple[FitCheck, ...]:
        """Why it fits, or not."""
        return self.looks if self.forecast is None else (*self.looks, self.forecast.check)

    @property
    def fits(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def verdict(self) -> str:
        """`fits` or `does not fit`."""
        return FITS if self.fits else DOES_NOT_FIT

    @property
    def why(self) -> str:
        """The checks that failed, or all that passed."""
        shown = [check for check in self.checks if not check.passed] or list(self.checks)
        return "; ".join(f"{check.name}: {check.reason}" for check in shown)

    @property
    def written(self) -> tuple[FittedNumber, ...]:
        """Numbers that go into a scenario: those of a model that fits, as far as the data tell them."""
        return tuple(n for n in self.numbers if n.key and n.interval.identified) if self.fits else ()

    def as_mapping(self) -> dict[str, Any]:
        """The fit as plain values, for JSON."""
        return {
            "name": self.name,
            "model": self.model,
            "units": self.units,
            "verdict": self.verdict,
            "why": self.why,
            "checks": [vars(check) for check in self.checks],
            "numbers": [_number(number, self) for number in self.numbers],
            "forecast": None if self.forecast is None else vars(self.forecast) | {"sentence": self.forecast.sentence},
            "picture": self.picture.table.to_dict("list"),
            "remarks": list(self.remarks),
        }


def _number(number: FittedNumber, fit: ModelFit) -> dict[str, Any]:
    return {
        "name": number.name, "key": number.key, "meaning": number.meaning, "written": number in fit.written,
        **vars(number.interval),
    }  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of data that can be calibrated.

    Args:
        name: What is typed after ``sim calibrate``.
        text: What such a file holds, in one line.
        roles: Columns that are read.
        fit: Fits all models of the kind; it may drop rows.
        base: Scenario into which the numbers go if none is named.
        words: Words in the name of a file that speak for this kind.
    """

    name: str
    text: str
    roles: tuple[Role, ...]
    fit: Callable[[TableReading], tuple[ModelFit, ...]]
    base: str
    words: tuple[str, ...]
