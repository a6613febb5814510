"""Sentences on which conclusions survive every conduct, horizon and valuation."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.charts.words import in_sentence, join_names
from sim.experiments.evidence.robustness import EQUITY, PROFIT, failing
from sim.reports.words import display_name, money
from sim.statistics.verdicts import CLEAR, HIGHER, SEARCH_BOUND

VALUATIONS = {PROFIT: "profits alone", EQUITY: "profits and customers who remain"}


def survival(contrasts: pd.DataFrame, policy: str, against: str, verdict: str) -> str:
    """Whether the verdict on one pair holds in every reading, and where it does not.

    Args:
        contrasts: Table of contrasts of all conducts.
        policy: The policy.
        against: The rival.
        verdict: What the comparison reads.
    """
    part = contrasts[(contrasts["policy"] == policy) & (contrasts["against"] == against)]
    pair = f"{display_name(policy)} against {in_sentence(display_name(against))}"
    if verdict.startswith(SEARCH_BOUND):
        return f"{pair}: no reading is decided, since tuning ended at a bound."
    if verdict not in CLEAR:
        clear = int(part["verdict"].isin(CLEAR).sum())
        return f"{pair}: which earns more cannot be told; {clear} of {len(part)} readings are clear."
    holding = int((part["verdict"] == verdict).sum())
    more = "more" if verdict == HIGHER else "less"
    if holding == len(part):
        return f"{pair}: earns {more} in all {holding} readings ({_readings(part)})."
    where = _where(failing(part, verdict))
    return f"{pair}: earns {more} in {holding} of {len(part)} readings ({_readings(part)}){where}."


def _readings(part: pd.DataFrame) -> str:
    conducts = join_names([str(conduct) for conduct in part["conduct"].unique()])
    years = join_names([str(year) for year in sorted(part["years"].unique())])
    return f"conduct {conducts}; after {years} years; without and with the value of customers who remain"


def _where(failed: Mapping[str, list[str]]) -> str:
    parts = [f"under {conduct} conduct" for conduct in failed["conduct"]]
    parts += [f"after {years} years" for years in failed["years"]]
    parts += [f"by {VALUATIONS[measure]}" for measure in failed["measure"]]
    return f", and in none {join_names(parts, 'or')}" if parts else ""


def contrasts_table(contrasts: pd.DataFrame, currency: str) -> pd.DataFrame:
    """One row a reading and one column a pair; a star marks a clear sign, two an interval that gives the size too."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for gap in contrasts.to_dict("records"):
        reading = (gap["conduct"], gap["years"], gap["measure"])
        about = {"conduct": reading[0], "years": reading[1], "counts": VALUATIONS[reading[2]]}
        row = rows.setdefault(reading, about)
        star = (" **" if gap["precise"] else " *") if gap["verdict"] in CLEAR else ""
        interval = f"[{money(gap['low'], '').strip()}, {money(gap['high'], '').strip()}]"
        pair = f"{display_name(gap['policy'])} − {in_sentence(display_name(gap['against']))}"
        row[pair] = f"{money(gap['mean'], currency)} {interval}{star}"
    return pd.DataFrame(list(rows.values()))
