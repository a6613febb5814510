"""Satisfaction: a survey gives the mean satisfaction, the noise of an answer, and how leaving follows from it."""

import numpy as np
import pandas as pd
from scipy import special

from sim.calibration.goodness import FitCheck, compare_counts
from sim.calibration.likelihood import NORMAL_95, EstimateInterval, Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.roles import FLAG, NUMBER, TEXT, TIME, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, mean_forecast
from sim.model.state import Floats
from sim.parameters import MARKET
from sim.parameters.errors import BadInput

_LEAST_ANSWERS, _LEAST_LEAVERS = 30, 20  # as many must have stayed
_COPY = 0.999  # correlation from which on a second item is a copy of the first
_SCALES = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (1.0, 10.0), (0.0, 100.0))
_DEFAULTS = {row.name: float(row.default or 0.0) for row in MARKET}
_LOWEST, _HIGHEST = _DEFAULTS["survey.lowest"], _DEFAULTS["survey.highest"]
_MODEL = "a normal satisfaction, answered on a scale with ends"
_LEAVING = "leaving by satisfaction (complementary log-log, the model's own form)"
_ROLES = (
    Role("satisfaction", NUMBER, "overall satisfaction", (
        "satisfaction", "overall satisfaction", "sat", "csat", "cusa 1", "zufriedenheit", "gesamtzufriedenheit",
        "score", "rating", "bewertung",
    )),
    Role("recommend", NUMBER, "a second item, such as would recommend", (
        "recommend", "nps", "likelihood to recommend", "cusl 3", "weiterempfehlung", "empfehlung",
    ), required=False),
    Role("respondent", TEXT, "who answers", (
        "respondent", "respondent id", "customer id", "customer", "kunde", "kundennummer", "id", "befragter",
    ), required=False, identity=True),
    Role("left", FLAG, "whether the customer left later", (
        "left", "churn", "churned", "lapse", "gekundigt", "abgewandert",
    ), required=False),
    Role("date", TIME, "day of the answer", ("date", "survey date", "datum", "befragungsdatum"), required=False),
)  # fmt: skip


def scale_of(answers: Floats) -> tuple[float, float]:
    """The smallest usual scale that holds all answers.

    >>> scale_of(np.array([1.0, 5.0])), scale_of(np.array([0.0, 9.0])), scale_of(np.array([2.0, 10.0]))
    ((1.0, 5.0), (0.0, 10.0), (1.0, 10.0))
    """
    low, high = float(np.nanmin(answers)), float(np.nanmax(answers))
    inside = [scale for scale in _SCALES if scale[0] <= low and high <= scale[1]]
    return min(inside, key=lambda scale: (scale[1], -scale[0])) if inside else (low, high)


def _points(values: pd.Series, scale: tuple[float, float]) -> Floats:
    return np.asarray(10.0 * (values.to_numpy(float) - scale[0]) / (scale[1] - scale[0]))


def as_satisfaction(points: float) -> float:
    """Satisfaction that is answered by some points of 10, by the anchors of the model's survey. [0-1]"""
    return _LOWEST + (_HIGHEST - _LOWEST) * points / 10.0


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Answers, and leaving where it is known.

    Raises:
        BadInput: Too few answers, or no scale.
    """
    answers = reading.table["satisfaction"].to_numpy(float)
    if len(answers) < _LEAST_ANSWERS or np.ptp(answers) == 0:
        raise BadInput(
            f"{reading.path}: {len(answers)} answers with {len(np.unique(answers))} values; "
            f"at least {_LEAST_ANSWERS} that differ are needed"
        )
    scale = scale_of(answers)
    if scale not in _SCALES:
        raise BadInput(
            f"{reading.path}: answers run from {scale[0]:g} to {scale[1]:g}; "
            "a scale within 0 to 10 or 0 to 100 is needed"
        )
    reading.guesses["scale"] = f"{scale[0]:g} to {scale[1]:g}, the highest is best"
    fits = [_answers(reading, scale)]
    left = reading.table["left"] if "left" in reading.table else pd.Series(dtype=float)
    if min((left == 1.0).sum(), (left == 0.0).sum()) >= _LEAST_LEAVERS:
        fits.append(_leaving(reading, scale))
    return tuple(fits)


def _cells(scale: tuple[float, float]) -> tuple[Floats, Floats]:
    """Answers of a scale in points, and the ends between them."""
    steps = int(min(10, scale[1] - scale[0]))
    marks = np.linspace(0.0, 10.0, steps + 1)
    return marks, (marks[1:] + marks[:-1]) / 2.0


def _probabilities(logs: Floats, ends: Floats) -> Floats:
    cumulated = special.ndtr((ends - logs[0]) / np.exp(logs[1]))
    return np.diff(np.concatenate([[0.0], cumulated, [1.0]]))


def _answers(reading: TableReading, scale: tuple[float, float]) -> ModelFit:
    points = _points(reading.table["satisfaction"], scale)
    marks, ends = _cells(scale)
    seen = np.bincount(np.searchsorted(ends, points), minlength=len(marks)).astype(float)
    top = maximise(
        lambda at: float(seen @ np.log(np.maximum(1e-12, _probabilities(at, ends)))), [[float(points.mean()), 0.7]]
    )
    expected = seen.sum() * _probabilities(top.point, ends)
    table = pd.DataFrame(
        {"x": marks, "observed": seen, "model": expected, "rival": np.full(len(marks), seen.sum() / len(marks))}
    )
    return ModelFit(
        "answers", _MODEL, f"{len(points):,} answers", (*_level(top), *_noise(reading, scale)),
        (compare_counts("answers", seen, expected, 2),), _forecast(reading, points),
        FitPicture(table, "Answer (points of 10)", "answers", "all answers alike"),
        (f"points become satisfaction by the anchors of the survey: 0 is {_LOWEST:g}, 10 is {_HIGHEST:g}",),
    )  # fmt: skip


def _level(top: Maximum) -> tuple[FittedNumber, ...]:
    mean = top.plain(lambda at: as_satisfaction(float(at[0])))
    return (
        FittedNumber(
            "satisfaction",
            mean,
            "mean satisfaction, at which behaviour is as it is on average",
            "market.satisfaction.neutral",
        ),
        FittedNumber("start", mean, "mean satisfaction, with which the world starts", "market.satisfaction.start"),
        FittedNumber("spread", top.positive(coordinate(1)), "standard deviation of answers before rounding, points"),
    )


def _noise(reading: TableReading, scale: tuple[float, float]) -> tuple[FittedNumber, ...]:
    """What two items of one person do not share; nothing where they share all or nothing."""
    if "recommend" not in reading.table:
        return ()
    both = reading.table[["satisfaction", "recommend"]].dropna()
    if len(both) < _LEAST_ANSWERS or both.nunique().min() < 2:
        return ()
    first_item, other = (
        _points(both["satisfaction"], scale),
        _points(both["recommend"], scale_of(both["recommend"].to_numpy(float))),
    )
    r = float(np.corrcoef(first_item, other)[0, 1])
    if not 0.0 < r < _COPY:
        return ()
    noise = float(other.std(ddof=1) * np.sqrt(max(1e-9, 1.0 - r)))
    z, half = np.arctanh(r), NORMAL_95 / np.sqrt(max(1, len(both) - 3))
    low, high = (float(other.std(ddof=1) * np.sqrt(max(1e-9, 1.0 - np.tanh(end)))) for end in (z + half, z - half))
    interval = EstimateInterval(noise, (high - low) / (2.0 * NORMAL_95), low, high)
    return (
        FittedNumber(
            "noise",
            interval,
            "standard deviation of the recommendation item that a second item does not share, points",
            "market.survey.noise",
        ),
    )


def _forecast(reading: TableReading, points: Floats) -> OutOfTime | None:
    """Mean answer of the last third of the time."""
    if "date" not in reading.table:
        return None
    day = reading.table["date"]
    order = np.argsort(day.to_numpy(), kind="stable")
    thirds = [len(order) // 3, 2 * len(order) // 3]
    what = f"mean answer after {day.iloc[order[thirds[1]]].date()}"
    return mean_forecast(what, "the mean of the last period", "points", points[order], (thirds[0], thirds[1]))


def _leaving(reading: TableReading, scale: tuple[float, float]) -> ModelFit:
    known = reading.table[["satisfaction", "left"]].dropna()
    level = _LOWEST + (_HIGHEST - _LOWEST) * _points(known["satisfaction"], scale) / 10.0
    left = known["left"].to_numpy(float)

    def log_likelihood(at: Floats) -> float:
        force = np.exp(np.clip(at[0] - at[1] * (level - level.mean()), -30.0, 30.0))
        return float(left @ np.log(-np.expm1(-np.maximum(force, 1e-12))) - (1.0 - left) @ force)

    base = float(np.log(-np.log1p(-min(0.99, max(0.01, left.mean())))))
    top = maximise(log_likelihood, [[base, 1.0]])
    chance = -np.expm1(-np.exp(top.point[0] - top.point[1] * (level - level.mean())))
    group = pd.qcut(level, 5, labels=False, duplicates="drop")
    table = pd.DataFrame({"x": level, "observed": left, "model": chance, "rival": left.mean()}).groupby(group).mean()
    people = np.bincount(group).astype(float)
    seen, wanted = table["observed"].to_numpy() * people, table["model"].to_numpy() * people
    check = compare_counts(
        "leavers by satisfaction",
        np.append(seen, people.sum() - seen.sum()),
        np.append(wanted, people.sum() - wanted.sum()),
        2,
    )
    slope = top.plain(coordinate(1))
    sign = FitCheck(
        "sign", slope.high > 0.0, "the dissatisfied leave more" if slope.high > 0 else "the satisfied leave more"
    )
    return ModelFit(
        "leaving by satisfaction", _LEAVING, f"{len(left):,} answers, {left.sum():,.0f} left later",
        (FittedNumber("slope", slope, "how fast leaving rises with dissatisfaction", "market.choice.consider_slope"),),
        (check, sign), None, FitPicture(table, "Satisfaction (0-1)", "share who left", "one chance for all"),
        ("noise of the answers makes the slope look flatter than it is",),
    )  # fmt: skip


SATISFACTION_KIND = Kind(
    "satisfaction", "a survey: one row an answer", _ROLES, fit, "telecom",
    ("satisfaction", "survey", "nps", "csat", "zufriedenheit", "umfrage", "befragung", "mobi"),
)  # fmt: skip
