"""The folder of one run as tables for charts: firms take the place of policies, and nothing is compared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.charts.names import Names, of_word
from sim.charts.words import in_sentence
from sim.experiments.yearly import yearly
from sim.files.atomic_folder import RUN_MARK
from sim.parameters import BadInput

FIRM_OF_RUN = "firm"  # name under which forms find the rows of every firm
CURVE_STEPS = 50


@dataclass(frozen=True)
class RunTables:
    """Tables of one run in the columns of a comparison.

    Args:
        about: Scenario, seed, months, currency and ``policies``, which are the names of the firms.
        months: Monthly measures of all firms.
        customers: Customers at the end.
        discount_rate: Discount rate. [1/month]
    """

    about: Mapping[str, Any]
    months: pd.DataFrame
    customers: pd.DataFrame
    discount_rate: float

    @cached_property
    def runs(self) -> pd.DataFrame:
        """Columns policy (the firm), replicate, measure, year, value; year 0 is the whole run."""
        parts = [
            yearly(self.months[self.months["firm"] == firm], self.discount_rate).assign(policy=firm, replicate=0)
            for firm in self.about["policies"]
        ]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def monthly(self) -> pd.DataFrame:
        """Monthly measures, each firm as a world of its own."""
        return self.months.assign(world=self.months["firm"], replicate=0, firm=FIRM_OF_RUN)

    @cached_property
    def whale(self) -> pd.DataFrame:
        """Columns policy (the firm), replicate, rank_share, cumulated. [money]"""
        shares = np.linspace(0.0, 1.0, CURVE_STEPS + 1)
        parts = [
            pd.DataFrame({"policy": firm, "replicate": 0, "rank_share": shares, "cumulated": self._cumulated(firm)})
            for firm in self.about["policies"]
        ]
        return pd.concat(parts, ignore_index=True)

    def _cumulated(self, firm: str) -> np.ndarray:
        """Contribution of a firm's customers, best first, at even shares of their number."""
        own = np.sort(self.customers.loc[self.customers["supplier"] == firm, "contribution"].to_numpy(float))[::-1]
        edges = np.linspace(0, len(own), CURVE_STEPS + 1).round().astype(int)
        return np.concatenate(([0.0], np.cumsum(own)))[edges]


def run_tables(folder: Path, labels: Mapping[str, str]) -> RunTables:
    """The tables of a run folder.

    Args:
        folder: The folder.
        labels: Words of the reader.

    Raises:
        BadInput: A file is missing or broken, or the months are not those of the run.
    """
    try:
        mark = json.loads((folder / RUN_MARK).read_text(encoding="utf-8"))
        months = pd.read_parquet(folder / "monthly.parquet")
        customers = pd.read_parquet(folder / "customers.parquet", columns=["supplier", "contribution"])
        scenario = mark["scenario"]
        about = _about(mark, scenario, months)
        rate = float(scenario["market"]["discount_rate"])
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise BadInput(f"{folder}: this is no whole run folder ({str(trouble).splitlines()[0]})") from trouble
    if len(months) != about["months"] * len(about["policies"]):
        raise BadInput(
            f"{folder}: monthly.parquet has {len(months)} rows; {about['months']} months of "
            f"{len(about['policies'])} firms need {about['months'] * len(about['policies'])}; run sim run again"
        )
    return RunTables(about | {"labels": _labels(about, labels)}, months, customers, rate)


def _about(mark: Mapping[str, Any], scenario: Mapping[str, Any], months: pd.DataFrame) -> dict[str, Any]:
    last = months[months["month"] == months["month"].max()]
    return {
        "scenario": scenario["name"], "sha256": mark["scenario_sha256"], "seed": mark["seed"], "replications": 1,
        "months": int(scenario["months"]), "policies": [firm["name"] for firm in scenario["firms"]],
        "policy_of": dict(zip(last["firm"], last["policy"], strict=True)), "focal": FIRM_OF_RUN,
        "currency": scenario["market"].get("currency", "EUR"), "command": mark.get("command", []),
    }  # fmt: skip


def _labels(about: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Labels of firms: the name of each with its policy, unless the reader gave one."""
    names = Names(given)
    own = {firm: f"{of_word(firm)} ({in_sentence(names.of(policy))})" for firm, policy in about["policy_of"].items()}
    return own | dict(given)
