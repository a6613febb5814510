"""The log of a game: rounds that were closed, ways back, and what of both still counts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.experiments.game.design import FIGURES, REPORT, SURVEY, Episode, GameDesign
from sim.experiments.game.game_market import seat_of
from sim.model.firm.organisation.walls import PAIRS
from sim.parameters import BadInput
from sim.parameters.checking import as_whole
from sim.parameters.decisions import DECISION_ROWS, DEPARTMENTS

RoleChoice = Mapping[str, Any]  # what a role sends: decisions, buys, why
Close = Mapping[str, Any]  # an entry of the log: a round that was closed, with the choices of all teams
CLOSED, BACK = "close", "back"
LONGEST_REASON = 200  # letters of a written reason
CHOICE_KEYS = ("decisions", "buys", "why")
OPEN, SHUT = -1.0, 0.0  # how much higher a pair's wall is than the common one


def effective(log: Iterable[Mapping[str, Any]]) -> list[Close]:
    """The closes that count, in the order of the log: a way back takes back the closes from its round on.

    Raises:
        BadInput: An entry of another kind, or a round that is not the next.

    >>> first = {"do": "close", "episode": "walls", "round": 1, "choices": {}}
    >>> effective([first, {"do": "back", "episode": "walls", "round": 1}])
    []
    """
    closes: list[Close] = []
    for entry in log:
        kind, episode, number = entry.get("do"), entry.get("episode"), entry.get("round")
        if kind not in (CLOSED, BACK) or not isinstance(number, int):
            raise BadInput(
                f"log: an entry is {kind!r} of round {number!r}; allowed are {CLOSED} and {BACK}, of a round"
            )
        done = sum(close["episode"] == episode for close in closes)
        if kind == BACK:
            closes = [close for close in closes if close["episode"] != episode or close["round"] < number]
        elif number != done + 1:
            raise BadInput(f"log: round {number} of episode {episode} was closed; the next is round {done + 1}")
        else:
            closes.append(entry)
    return closes


def closes_of(log: Iterable[Mapping[str, Any]], episode: str) -> tuple[Close, ...]:
    """The closes of one episode that count, by round."""
    return tuple(close for close in effective(log) if close["episode"] == episode)


def choice_in(close: Close, team: str, department: str) -> RoleChoice:
    """What a role chose in a round; nothing where it was silent."""
    chosen: RoleChoice = close.get("choices", {}).get(team, {}).get(department, {})
    return chosen


def pair_of(department: str, about: str) -> str:
    """The pair of two departments, as the model names it.

    >>> pair_of("sales", "marketing"), pair_of("service", "sales")
    ('marketing_sales', 'sales_service')
    """
    straight = f"{department}_{about}"
    return straight if straight in PAIRS else f"{about}_{department}"


def checked_choice(design: GameDesign, episode: str, department: str, choice: Any, teams: int) -> dict[str, Any]:
    """What a role sends, if it may: its own decisions within their ranges, and what is for sale.

    Args:
        design: The game.
        episode: Name of the episode.
        department: Whose choice it is.
        choice: What was sent.
        teams: Number of teams.

    Raises:
        BadInput: Anything else; names what was found and what is allowed.
    """
    rules, own = design.episode(episode), design.decisions_of(department)
    if not isinstance(choice, Mapping) or not set(choice) <= set(CHOICE_KEYS):
        raise BadInput(f"choice is {choice!r:.80}; a mapping of some of {', '.join(CHOICE_KEYS)} is needed")
    decisions, buys, why = choice.get("decisions", {}), choice.get("buys", []), choice.get("why", "")
    if not isinstance(decisions, Mapping) or not isinstance(buys, Sequence) or not isinstance(why, str):
        raise BadInput("choice: decisions is a mapping, buys is a list, and why is a text")
    free = [name for name in own if name not in rules.holds]
    checked = {name: _decision(design, name, value, free, teams) for name, value in decisions.items()}
    bought = [_buy(design, rules, department, buy) for buy in buys]
    return {"decisions": checked, "buys": bought, "why": _plain_line(why)}


def _plain_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_REASON]


def _decision(design: GameDesign, name: str, value: Any, free: Sequence[str], teams: int) -> float:
    if name not in free:
        raise BadInput(f"decision {name!r} is not this role's to take now; it may take {', '.join(free)}")
    low, high = design.range_of(name, teams)
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    whole = DECISION_ROWS[name].unit == "count"
    if not usable or not low <= value <= high or whole and value != int(value):
        kind = "whole number" if whole else "number"
        raise BadInput(f"decision {name} is {value!r}; it must be a {kind} between {low:g} and {high:g}")
    return float(value)


def _buy(design: GameDesign, rules: Episode, department: str, buy: Any) -> dict[str, Any]:
    kind = buy.get("buy") if isinstance(buy, Mapping) else buy
    if kind not in rules.buys:
        raise BadInput(f"buy is {kind!r}; for sale in episode {rules.name} are {', '.join(rules.buys) or 'none'}")
    if kind == SURVEY:
        return {"buy": SURVEY, "people": _people(design, buy.get("people"))}
    others = [name for name in DEPARTMENTS if name != department]
    if buy.get("about") not in others:
        raise BadInput(f"about is {buy.get('about')!r}; it must be another department: {', '.join(others)}")
    state = {"open": bool(buy.get("open", True))} if kind == FIGURES else {}
    return {"buy": kind, "about": buy["about"], **state}


def _people(design: GameDesign, people: Any) -> int:
    numbers, asked = design.information[SURVEY], as_whole(people)
    if asked is None or not numbers["least"] <= asked <= numbers["most"]:
        raise BadInput(f"people is {people!r}; a whole number from {numbers['least']} to {numbers['most']} is needed")
    return asked


def settings_of(close: Close, teams: tuple[str, ...]) -> dict[str, float]:
    """What the choices of a round set from then on, by key path; where both sides name a pair, open wins.

    Raises:
        BadInput: A choice of a team that does not play.
    """
    settings: dict[str, float] = {}
    for team, roles in close.get("choices", {}).items():
        seat = seat_of(team, teams)
        for choice in roles.values():
            decisions = choice.get("decisions", {})
            settings |= {f"firms.{seat}.decisions.{name}": value for name, value in decisions.items()}
        settings |= {f"firms.{seat}.organisation.walls.{pair}": height for pair, height in _pairs(roles).items()}
    return dict(sorted(settings.items()))


def _pairs(roles: Mapping[str, RoleChoice]) -> dict[str, float]:
    named = [
        (pair_of(department, buy["about"]), OPEN if buy.get("open", True) else SHUT)
        for department, choice in roles.items()
        for buy in choice.get("buys", ())
        if buy["buy"] == FIGURES
    ]
    return dict(sorted(named, key=lambda entry: -entry[1]))


def reports_bought(close: Close, team: str) -> list[tuple[str, dict[str, Any]]]:
    """Reports and surveys that a team bought in a round, each with the department that did."""
    roles = close.get("choices", {}).get(team, {})
    return [
        (department, dict(buy))
        for department, choice in roles.items()
        for buy in choice.get("buys", ())
        if buy["buy"] in (REPORT, SURVEY)
    ]
