"""What a draft would have cost a firm in the month before: from what was run, and of a role's own accounts alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.experiments.game.game_design import FIGURES, REPORT, SURVEY
from sim.experiments.game.game_log import Close
from sim.experiments.game.worlds import GameWorlds
from sim.simulation.market import Market

ACCOUNTS: Mapping[str, str] = {  # where the price of a decision, or of what is bought, is booked by the role's own firm
    "marketing": "cost_marketing", "targeting": "cost_marketing", "intelligence": "cost_intelligence",
    "sales_force": "cost_sales", "most_calls": "cost_sales", "depth": "cost_customisation",
    "utilisation": "cost_service", "senior": "cost_service", "walls": "cost_coordination",
    "hold_after": "cost_credit", "reminders": "cost_credit",
    REPORT: "cost_intelligence", SURVEY: "cost_intelligence", FIGURES: "cost_coordination",
}  # fmt: skip


def quote(
    worlds: GameWorlds, episode: str, closes: Sequence[Close], team: str, roles: Mapping[str, Any]
) -> dict[str, float]:
    """What a draft would have changed in the last month that was run, by account; nothing of months to come.

    Decisions whose price is in no account of the role's own, such as a share of a revenue that a wall may hide, are
    left out; what was bought for the last round is not counted on either side.

    Args:
        worlds: The worlds of the game.
        episode: Name of the episode.
        closes: Its rounds so far.
        team: The team.
        roles: Choices by department.

    Returns:
        Change of each account that changes. [money]
    """
    priced = {department: _priced(choice) for department, choice in roles.items()}
    names = {ACCOUNTS[name] for choice in priced.values() for name in _names(choice)}
    if not names:
        return {}
    start, seat = worlds.month_ago(worlds.script(episode, closes)), worlds.teams.index(team)
    before, after = (
        _month_of(start, dict(worlds.script(episode, [*closes, {"choices": choices}]).rounds[-1])).iloc[seat]
        for choices in ({}, {team: priced})
    )
    changes = {name: float(after[name] - before[name]) for name in sorted(names)}
    return {name: change for name, change in changes.items() if change}


def _priced(choice: Mapping[str, Any]) -> dict[str, Any]:
    """A choice without the decisions that have no account of their own."""
    decisions = {name: value for name, value in choice.get("decisions", {}).items() if name in ACCOUNTS}
    return {"decisions": decisions, "buys": choice.get("buys", [])}


def _names(choice: Mapping[str, Any]) -> list[str]:
    return [*choice["decisions"], *(buy["buy"] for buy in choice["buys"])]


def _month_of(start: Market, settings: dict[str, float]) -> pd.DataFrame:
    """Measures of all firms in the next month of a market, with other settings."""
    market = start.fork(settings)
    market.step()
    return market.monthly().tail(len(market.world.firms))
