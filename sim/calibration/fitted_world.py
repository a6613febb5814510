"""The world that a purchase log describes: its fits, the scenario built from them, and what BG/NBD alone expects."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from sim.calibration import purchase_log, purchase_models
from sim.calibration.known_exit import exit_hazard
from sim.model.state import Floats
from sim.parameters import Scenario

WHOLE_LOG, LOG_BESIDE_EXIT = "whole log", "whole log beside the exit"  # the second row goes into the world


def fit_log(log: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Fits of the published sample and of the whole log, beside the published numbers.

    The last row is the fit beside the exits and deaths of a world: people leave there whatever the fit says, so that
    only the rest of the log's silence is dropout.

    Args:
        log: The purchase log.
        scenario: World of which `category_exit` and `death` are known.
    """
    sample = purchase_log.histories(purchase_log.read_log(purchase_log.SAMPLE))
    whole, hazard = purchase_log.histories(log), exit_hazard(scenario)
    rows: list[dict[str, Any]] = [
        {"data": "published fit of the sample", "customers": len(sample.repeats)} | purchase_models.PUBLISHED
    ]
    for name, histories, known in (
        ("1-in-10 sample", sample, 0.0),
        (WHOLE_LOG, whole, 0.0),
        (LOG_BESIDE_EXIT, whole, hazard),
    ):
        buying, spending = purchase_models.fit_purchases(histories, known), purchase_models.fit_spend(histories)
        spend = {"p": spending.p, "q": spending.q, "v": spending.v}
        derived = {"monthly_rate": buying.monthly_rate, "spend": spending.mean, "spend_sigma": spending.spread}
        rows.append({"data": name} | asdict(buying) | spend | derived)
    return pd.DataFrame(rows)


def fit_of_the_world(fits: pd.DataFrame) -> "pd.Series[Any]":
    """The row of the fits from which the world takes its numbers of buying."""
    return fits[fits["data"] == LOG_BESIDE_EXIT].iloc[0]


def world_from(fits: pd.DataFrame, scenario: Scenario, rate_factor: float) -> Scenario:
    """The scenario with every number of buying taken from the fit of the whole log, the rate times a factor."""
    fitted = fit_of_the_world(fits)
    paths = {
        "purchase_rate": "monthly_rate", "rate_shape": "r", "dropout_a": "a", "dropout_b": "b", "spend": "spend",
        "spend_sigma": "spend_sigma",
    }  # fmt: skip
    settings = {f"market.economics.{key}": float(fitted[name]) for key, name in paths.items()}
    settings["market.economics.purchase_rate"] *= rate_factor
    return scenario.with_settings(settings)


def bg_nbd_weekly(log: pd.DataFrame, weeks: int) -> Floats:
    """Weekly repeat purchases that the plain BG/NBD itself expects, as a yardstick for the simulation."""
    fit = purchase_models.fit_purchases(purchase_log.histories(log))
    entry = purchase_log.weeks_of_entry(log)
    return np.diff([purchase_models.expected_repeats(fit, week - entry).sum() for week in range(weeks + 1)])
