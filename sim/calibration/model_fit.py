"""What every fit says, numbers with intervals, checks, a forecast and a picture's table; and what a kind of data is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sim.calibration.goodness import FitCheck
from sim.calibration.likelihood import EstimateInterval
from sim.calibration.reading.roles import Role
from sim.calibration.rival_forecast import OutOfTime
from sim.parameters import Scenario

MEASURED, CALIBRATED, ASSUMED_STATUS = "measured", "calibrated", "assumed"
FITS, DOES_NOT_FIT = "fits", "does not fit"


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
        fit: Fits all models of the kind to a file as it was read; it may drop rows.
        base: Scenario into which the numbers go if none is named.
        words: Words in the name of a file that speak for this kind.
        known: What the fit takes as known from the scenario into which its numbers go: further arguments of `fit`.
    """

    name: str
    text: str
    roles: tuple[Role, ...]
    fit: Callable[..., tuple[ModelFit, ...]]
    base: str
    words: tuple[str, ...]
    known: Callable[[Scenario], tuple[float, ...]] = lambda scenario: ()
