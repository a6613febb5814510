"""Limit worlds: everybody alike, nothing learned, no noise; a row switches on the part of which theory speaks."""

from collections.abc import Mapping
from typing import Any

from sim.parameters import MECHANISMS, Scenario

PEOPLE_PER_AGENT = 10.0
STILL: dict[str, dict[str, float]] = {
    "needs": {"spread": 0.0, "spread_between": 0.0, "weight_spread": 0.0, "distortion": 0.0},
    "economics": {"price_sigma": 0.0, "spend_sigma": 0.0, "rate_shape": 100.0},
    "satisfaction": {"noise": 0.0, "learning_use": 0.0, "learning_purchase": 0.0, "learning_incident": 0.0},
    "choice": {"taste": 0.0, "consider": 0.0, "entry": 0.0, "switching_cost": 0.0, "consider_slope": 0.0},
    "temper": {"spread": 0.0},
}
# Whoever looks around leaves: nothing inside the market is worth anything, having no supplier is worth most.
LEAVES = {"outside": 10.0, "experience_weight": 0.0, "fit_weight": 0.0}
STAYS_ALL_THE_SAME = 1.0 / (1.0 + 2.718281828459045**10.0)  # part of those who look around and yet stay, by the logit


def firm(name: str, share: float, awareness: float = 1.0, **decisions: float) -> dict[str, Any]:
    """A firm without newcomer discount. share: of the pool at the start; awareness: at the start; decisions: fixed"""
    offers = {"start_share": share, "awareness": awareness}
    return {"name": name, "policy": "osfa", "offers": offers, "decisions": {"newcomer_discount": 0.0} | decisions}


def limit_world(shape: Mapping[str, Any], market: Mapping[str, Any]) -> Scenario:
    """A still world in which only what is named is on.

    Args:
        shape: ``customers`` [count], ``months`` [count], ``relationship`` (contract if left out), ``firms`` (one with
            everybody if left out) and ``on``, names of mechanisms.
        market: Sections and numbers of the market over those of `STILL`.
    """
    sections: dict[str, Any] = {name: dict(numbers) for name, numbers in STILL.items()}
    for name, numbers in market.items():
        sections[name] = sections.get(name, {}) | numbers if isinstance(numbers, Mapping) else numbers
    sections |= {
        "customers": shape["customers"],
        "relationship": shape.get("relationship", "contract"),
        "size": PEOPLE_PER_AGENT * shape["customers"],
        "warm_up": 0,
    }
    mechanisms = dict.fromkeys(MECHANISMS, False) | dict.fromkeys(shape.get("on", ()), True)
    firms = shape.get("firms") or [firm("only", 1.0)]
    contents = {"name": "limit", "months": shape["months"], "market": sections}
    return Scenario.from_mapping(contents | {"firms": firms, "mechanisms": mechanisms})
