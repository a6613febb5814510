"""The world that a purchase log describes: its fits, the scenario built from them, and what the fit alone expects."""

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from sim.calibration import purchase_log, purchase_models
from sim.model.state import Floats
from sim.parameters import Scenario


def fit_log(log: pd.DataFrame) -> pd.DataFrame:
    """Fits of the published sample and of the whole log, beside the published numbers."""
    sample = purchase_log.histories(purchase_log.read_log(purchase_log.SAMPLE))
    whole = purchase_log.histories(log)
    rows: list[dict[str, Any]] = [
        {"data": "published fit of the sample", "customers": len(sample.repeats)} | purchase_models.PUBLISHED
    ]
    for name, histories in (("1-in-10 sample", sample), ("whole log", whole)):
        buying, spending = purchase_models.fit_purchases(histories), purchase_models.fit_spend(histories)
        spend = {"p": spending.p, "q": spending.q, "v": spending.v}
        derived = {"monthly_rate": buying.monthly_rate, "spend": spending.mean, "spend_sigma": spending.spread}
        rows.append({"data": name} | asdict(buying) | spend | derived)
    return pd.DataFrame(rows)


def world_from(fits: pd.DataFrame, scenario: Scenario, rate_factor: float) -> Scenario:
    """The scenario with every number of buying taken from the fit of the whole log, the rate times a factor."""
    whole = fits[fits["data"] == "whole log"].iloc[0]
    paths = {
        "purchase_rate": "monthly_rate", "rate_shape": "r", "dropout_a": "a", "dropout_b": "b", "spend": "spend",
        "spend_sigma": "spend_sigma",
    }  # fmt: skip
    settings = {f"market.economics.{key}": float(whole[name]) for key, name in paths.items()}
    settings["market.economics.purchase_rate"] *= rate_factor
    return scenario.with_settings(settings)


def bg_nbd_weekly(log: pd.DataFrame, weeks: int) -> Floats:
    """Weekly repeat purchases that the fitted BG/NBD itself expects, as a yardstick for the simulation."""
    fit = purchase_models.fit_purchases(purchase_log.histories(log))
    entry = purchase_log.weeks_of_entry(log)
    return np.diff([purchase_models.expected_repeats(fit, week - entry).sum() for week in range(weeks + 1)])
