"""What information was worth that a team bought: the same worlds without it, and without what was decided with it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.experiments.game.design import FIGURES
from sim.experiments.game.game_log import Close
from sim.experiments.game.information_sold import price_of
from sim.experiments.game.paired_sides import summary_of
from sim.experiments.game.score import worth_of_reports
from sim.experiments.game.sides import GameSide
from sim.experiments.game.worlds import GameWorlds, ProgressCall, Script, script_of
from sim.model.state import Floats


def values_of_information(
    worlds: GameWorlds, side: GameSide, count: int, progress: ProgressCall | None = None
) -> list[dict[str, Any]]:
    """Every purchase of a team with its price, and with what it was worth over paired worlds.

    Args:
        worlds: The worlds of the game.
        side: The team as it played.
        count: Paired worlds; the first is the one that was played.
        progress: Called with worlds done and worlds in all.

    Returns:
        By purchase: ``price`` of a report or survey [money]; ``alone``, the gain of net present value against the
        same decisions without the purchase; ``with_decisions``, against a department that neither bought nor decided
        anything in that round. A report changes nothing by itself, so that alone it is its price with a minus.
    """
    team = worlds.teams[side.seat]
    bought = [
        (number, department, dict(buy))
        for number, close in enumerate(side.closes, start=1)
        for department, choice in close.get("choices", {}).get(team, {}).items()
        for buy in choice.get("buys", ())
    ]
    variants = [
        tuple(_without(worlds, side, entry, keep) for keep in (True, False)) for entry in bought
    ]  # scripts without the purchase, the decisions kept or not
    scripts = list(dict.fromkeys([side.script, *(script for pair in variants for script in pair)])) if bought else []
    results = worlds.results([(script, number) for script in scripts for number in range(count)], progress)
    worth = np.array([worlds.worth(result, side.seat) for result in results]).reshape(len(scripts), count)
    by_script = dict(zip(scripts, worth, strict=True))
    return [
        _row(worlds, side, entry, [by_script[side.script] - by_script[script] for script in pair])
        for entry, pair in zip(bought, variants, strict=True)
    ]


Purchase = tuple[int, str, dict[str, Any]]  # round, department, and what was bought


def _row(worlds: GameWorlds, side: GameSide, purchase: Purchase, gains: list[Floats]) -> dict[str, Any]:
    number, department, buy = purchase
    state = worlds.state(side.script.first(number - 1))
    price = 0.0 if buy["buy"] == FIGURES else price_of(worlds.design, state, side.seat, buy)
    paid = worth_of_reports(worlds, [price if place == number - 1 else 0.0 for place in range(number)])
    priced = {} if buy["buy"] == FIGURES else {"price": price}
    return {"round": number, "department": department, "buy": buy, **priced} | {
        "alone": summary_of(gains[0] - paid), "with_decisions": summary_of(gains[1] - paid)
    }  # fmt: skip


def _without(worlds: GameWorlds, side: GameSide, purchase: Purchase, keep: bool) -> Script:
    """The script without a purchase. keep: whether the department keeps what it decided in that round"""
    closes = [
        _changed(close, worlds.teams[side.seat], purchase, keep) if number == purchase[0] else close
        for number, close in enumerate(side.closes, start=1)
    ]
    return script_of(side.script.episode, closes, worlds.teams)


def _changed(close: Close, team: str, purchase: Purchase, keep: bool) -> Close:
    _, department, bought = purchase
    roles: Mapping[str, Any] = close["choices"][team]
    choice = roles[department]
    left = {"buys": [buy for buy in choice.get("buys", ()) if dict(buy) != bought]}
    own = {**choice, **left} if keep else {**left, "why": choice.get("why", "")}
    return {**close, "choices": {**close["choices"], team: {**roles, department: own}}}
