"""What a team decided and bought, when and why, beside the curves of its firm."""

from typing import Any

from sim.experiments.game.game_log import Close, choice_in
from sim.experiments.game.role_view import plan_decided
from sim.experiments.game.sides import GameSide
from sim.experiments.game.worlds import GameWorlds, plain_list

CURVES_OF_A_TEAM = (
    "profit", "customers", "customer_equity", "satisfaction_mean", "gross_adds", "losses", "handoffs", "wait_mean",
    "messages_negative",
)  # fmt: skip


def timeline_of(worlds: GameWorlds, side: GameSide) -> dict[str, Any]:
    """What a team decided and bought, with the reasons it wrote, and its firm month by month.

    Returns:
        ``decisions`` and ``buys`` with round, first month, department and ``why``; ``curves`` by measure.
    """
    team = worlds.teams[side.seat]
    decisions, buys = [], []
    for number, close in enumerate(side.closes, start=1):
        place = {"round": number, "month": first_month(worlds, number)}
        decisions += [place | row for row in _changes(worlds, side, close, number)]
        buys += [place | row for row in _bought(close, team)]
    table = worlds.result(side.script).of_firm(side.seat)
    return {
        "side": dict(side.name), "decisions": decisions, "buys": buys,
        "months": [int(month) for month in table["month"]],
        "curves": {name: plain_list(table[name].tolist()) for name in CURVES_OF_A_TEAM},
    }  # fmt: skip


def first_month(worlds: GameWorlds, number: int) -> int:
    """First month of a round. number: of the round, from 1 [months]"""
    return worlds.design.opening + (number - 1) * worlds.design.months + 1


def _changes(worlds: GameWorlds, side: GameSide, close: Close, number: int) -> list[dict[str, Any]]:
    before = plan_decided(worlds.state(side.script.first(number - 1)).firm(side.seat))
    changes = []
    for department in worlds.design.departments:
        choice = choice_in(close, worlds.teams[side.seat], department)
        for name, value in choice.get("decisions", {}).items():
            if value != getattr(before, name):
                change = {"decision": name, "before": getattr(before, name), "after": value}
                changes.append({"department": department} | change | {"why": choice.get("why", "")})
    return changes


def _bought(close: Close, team: str) -> list[dict[str, Any]]:
    roles = close.get("choices", {}).get(team, {})
    return [
        {"department": department, "buy": dict(buy), "why": choice.get("why", "")}
        for department, choice in roles.items()
        for buy in choice.get("buys", ())
    ]
