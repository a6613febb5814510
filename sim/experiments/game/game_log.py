"""The log of a game: rounds that were closed, ways back, and what of both still counts."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.experiments.game.game_design import FIGURES, REPORT, SURVEY, Episode, GameDesign
from sim.experiments.game.game_market import base_value, scenario_of, seat_of
from sim.model.firm.organisation.walls import PAIRS
from sim.parameters import BadInput
from sim.parameters.checking import as_whole
from sim.parameters.decisions import DECISION_ROWS, DEPARTMENTS

RoleChoice = Mapping[str, Any]  # what a role sends: decisions, buys, why
Close = Mapping[str, Any]  # an entry of the log: a round that was closed, with the choices of all teams
CLOSED, BACK = "close", "back"
LONGEST_REASON = 200  # letters of a written reason
CHOICE_KEYS = ("decisions", "buys", "why")
REPORT_SETTING, SURVEY_SETTING = "leadership.exit_interviews", "decisions.survey_size"  # of a firm
PAIR_SETTING = "organisation.walls."


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
    purchases = [_buy(design, rules, department, buy) for buy in buys]
    return {"decisions": checked, "buys": purchases, "why": _plain_line(why)}


def _plain_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_REASON]


def _decision(design: GameDesign, name: str, value: Any, free: Sequence[str], teams: int) -> float:
    if name not in free:
        raise BadInput(f"decision {name!r} is not this role's to take now; it may take {', '.join(free)}")
    low, high = design.range_of(name, teams)
    values = design.row(DECISION_ROWS[name].department, name).values
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if values and (not usable or value not in values):
        raise BadInput(f"decision {name} is {value!r}; allowed are {', '.join(f'{allowed:g}' for allowed in values)}")
    if not usable or not low <= value <= high:
        raise BadInput(f"decision {name} is {value!r}; it must be a number between {low:g} and {high:g}")
    return float(value)


def _buy(design: GameDesign, rules: Episode, department: str, buy: Any) -> dict[str, Any]:
    kind = buy.get("buy") if isinstance(buy, Mapping) else buy
    if kind not in rules.buys:
        raise BadInput(f"buy is {kind!r}; for sale in episode {rules.name} are {', '.join(rules.buys) or 'none'}")
    if kind == REPORT:
        return {"buy": REPORT}
    if kind == SURVEY:
        return {"buy": SURVEY, "people": _people(design, buy.get("people"))}
    others = [name for name in DEPARTMENTS if name != department]
    if buy.get("about") not in others:
        raise BadInput(f"about is {buy.get('about')!r}; it must be another department: {', '.join(others)}")
    return {"buy": FIGURES, "about": buy["about"]}


def _people(design: GameDesign, people: Any) -> int:
    values, asked = design.information[SURVEY]["values"], as_whole(people)
    if asked is None or asked not in values:
        raise BadInput(f"people is {people!r}; allowed are {', '.join(f'{value:g}' for value in values)}")
    return asked


def decided(close: Close, teams: tuple[str, ...]) -> dict[str, float]:
    """What teams decided in a round and from then on, by key path.

    Raises:
        BadInput: A choice of a team that does not play.
    """
    return {
        f"firms.{seat_of(team, teams)}.decisions.{name}": value
        for team, roles in close.get("choices", {}).items()
        for choice in roles.values()
        for name, value in choice.get("decisions", {}).items()
    }


def bought(design: GameDesign, close: Close, teams: tuple[str, ...]) -> dict[str, float]:
    """What teams bought for a round, by the key path that the model charges; of two surveys the larger.

    Raises:
        BadInput: A choice of a team that does not play.
    """
    settings: dict[str, float] = {}
    for team, roles in close.get("choices", {}).items():
        for department, choice in roles.items():
            for buy in choice.get("buys", ()):
                key, value = _setting_of(design, department, buy)
                path = f"firms.{seat_of(team, teams)}.{key}"
                settings[path] = max(value, settings.get(path, value))
    return settings


def _setting_of(design: GameDesign, department: str, buy: Mapping[str, Any]) -> tuple[str, float]:
    """Key path in the section of the firm that a purchase sets, and its value."""
    if buy["buy"] == SURVEY:
        return SURVEY_SETTING, float(buy["people"])
    value = float(design.information[buy["buy"]]["values"][0])
    if buy["buy"] == REPORT:
        return REPORT_SETTING, value
    return f"{PAIR_SETTING}{pair_of(department, buy['about'])}", value


def settings_by_round(design: GameDesign, closes: Iterable[Close], teams: tuple[str, ...]) -> list[dict[str, float]]:
    """What each round sets by key path: decisions from then on, purchases for one round, after which they are undone.

    Args:
        design: The game.
        closes: The rounds of an episode.
        teams: Names of the teams by seat.
    """
    world = scenario_of(design, len(teams), next(iter(design.episodes)))
    rounds, before = [], dict[str, float]()
    for close in closes:
        purchases = bought(design, close, teams)
        undone = {path: base_value(world, path.split(".", 2)[2]) for path in before if path not in purchases}
        rounds.append(dict(sorted((undone | decided(close, teams) | purchases).items())))
        before = purchases
    return rounds


def kinds_bought(close: Close, team: str, department: str) -> list[dict[str, Any]]:
    """What a role bought in a round."""
    return [dict(buy) for buy in choice_in(close, team, department).get("buys", ())]
