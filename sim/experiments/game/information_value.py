"""What information was worth that a team bought: the same worlds without it, and without what was decided with it."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.experiments.game.game_log import Close, choice_in
from sim.experiments.game.paired_sides import summary_of
from sim.experiments.game.sides import GameSide
from sim.experiments.game.worlds import GameWorlds, ProgressCall, Script
from sim.model.state import Floats


def values_of_information(
    worlds: GameWorlds, side: GameSide, count: int, progress: ProgressCall | None = None
) -> list[dict[str, Any]]:
    """What every purchase of a team was worth over paired worlds, its price and all that it did included.

    Args:
        worlds: The worlds of the game.
        side: The team as it played.
        count: Paired worlds; the first is the one that was played.
        progress: Called with worlds done and worlds in all.

    Returns:
        By purchase: ``alone``, the gain of net present value against the same decisions without the purchase;
        ``with_decisions``, against a department that did not buy, and in the next round, for which it knew what it
        had bought, decided nothing. [money]
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
        _row(entry, [by_script[side.script] - by_script[script] for script in pair])
        for entry, pair in zip(bought, variants, strict=True)
    ]


Purchase = tuple[int, str, dict[str, Any]]  # round, department, and what was bought


def _row(purchase: Purchase, gains: list[Floats]) -> dict[str, Any]:
    number, department, buy = purchase
    row = {"round": number, "department": department, "buy": buy}
    return row | {"alone": summary_of(gains[0]), "with_decisions": summary_of(gains[1])}


def _without(worlds: GameWorlds, side: GameSide, purchase: Purchase, keep: bool) -> Script:
    """The script without a purchase. keep: whether the department keeps what it decided with it"""
    number, department, bought = purchase
    team = worlds.teams[side.seat]
    closes = list(side.closes)
    own = choice_in(closes[number - 1], team, department)
    left = {**own, "buys": [buy for buy in own.get("buys", ()) if dict(buy) != bought]}
    closes[number - 1] = _with_choice(closes[number - 1], team, department, left)
    if not keep and number < len(closes):
        later = {**choice_in(closes[number], team, department), "decisions": {}}
        closes[number] = _with_choice(closes[number], team, department, later)
    return worlds.script(side.script.episode, closes)


def _with_choice(close: Close, team: str, department: str, choice: Mapping[str, Any]) -> Close:
    """A round in which a role chose otherwise."""
    choices: Mapping[str, Any] = close.get("choices", {})
    return {**close, "choices": {**choices, team: {**choices.get(team, {}), department: choice}}}
