"""The CDNOW purchase log: located in its package, read and reshaped."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np
import pandas as pd

from sim.model.state import Floats
from sim.parameters.errors import BadInput

CARRIER = "lifetimes"  # the package whose files hold the log; it is never imported
WHOLE, SAMPLE = "CDNOW_master.txt", "CDNOW_sample.txt"
WEEK = 7.0  # days
CALIBRATION_END = "1997-09-30"  # 39 weeks; the published fit uses this window


@dataclass(frozen=True)
class Histories:
    """What a purchase log says of each customer within a window.

    Args:
        repeats: Days with a repeat purchase. [count]
        recency: Time of the last purchase since the first. [weeks]
        age: Time from the first purchase to the end of the window. [weeks]
        spend: Mean value of a repeat purchase day; 0 where there is none. [money of the log]
    """

    repeats: Floats
    recency: Floats
    age: Floats
    spend: Floats


def log_file(name: str) -> Path:
    """Path of a file of the log.

    Raises:
        BadInput: The package that carries it is not installed, or has no such file.
    """
    try:
        listed = files(CARRIER) or []
    except PackageNotFoundError:
        raise BadInput(
            f"the purchase log is carried by the Python package {CARRIER}, which is not installed; "
            'install it with: pip install "customer-centricity[evidence]"'
        ) from None
    for file in listed:
        if file.name == name:
            return Path(str(file.locate()))
    raise BadInput(f"the installed package {CARRIER} has no file {name}; version 0.11.3 carries it")


def read_log(name: str = WHOLE) -> pd.DataFrame:
    """One row per customer and day with a purchase: ``customer, date, cds, spend``.

    Raises:
        BadInput: The file is missing or damaged.
    """
    path = log_file(name)
    columns = ["customer", "date", "cds", "spend"] if name == WHOLE else ["master", "customer", "date", "cds", "spend"]
    try:
        raw = pd.read_csv(path, sep=r"\s+", names=columns, skiprows=1 if name == WHOLE else 0, dtype={"date": str})
        raw["date"] = pd.to_datetime(raw["date"], format="%Y%m%d")
    except (ValueError, OSError) as trouble:
        raise BadInput(f"{path}: this is not the purchase log ({trouble})") from trouble
    days = raw.groupby(["customer", "date"], as_index=False)[["cds", "spend"]].sum()
    return days.sort_values(["customer", "date"], ignore_index=True)


def histories(log: pd.DataFrame, end: str = CALIBRATION_END) -> Histories:
    """Repeat purchases, recency and age of every customer until a day.

    Args:
        log: Result of `read_log`.
        end: Last day of the window.
    """
    stop = pd.Timestamp(end)
    before = log[log["date"] <= stop]
    grouped = before.groupby("customer")["date"]
    first, last = grouped.min(), grouped.max()
    again = before[before["date"] > before["customer"].map(first)]
    spend = again[again["spend"] > 0].groupby("customer")["spend"].mean().reindex(first.index).fillna(0.0)
    return Histories(
        repeats=np.asarray(grouped.count() - 1, np.float64),
        recency=(last - first).dt.days.to_numpy(float) / WEEK,
        age=(stop - first).dt.days.to_numpy(float) / WEEK,
        spend=spend.to_numpy(float),
    )


def weekly_repeats(log: pd.DataFrame) -> Floats:
    """Repeat purchase days of the cohort in each week since the first day of the log."""
    first = log.groupby("customer")["date"].transform("min")
    again = log.loc[log["date"] > first, "date"]
    week = ((again - log["date"].min()).dt.days // int(WEEK)).to_numpy()
    weeks = int((log["date"].max() - log["date"].min()).days // WEEK)
    return np.bincount(week, minlength=weeks + 1)[:weeks].astype(float)


def weeks_of_entry(log: pd.DataFrame) -> Floats:
    """Week in which each customer bought first, counted from the first day of the log. [weeks]"""
    first = log.groupby("customer")["date"].min()
    return ((first - first.min()).dt.days / WEEK).to_numpy(float)
