"""The market of a game: identical firms, one for each team, in a world of the box."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sim.experiments.game.game_design import EVERY_FIRM, FEWEST_TEAMS, MOST_TEAMS, GameDesign
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument
from sim.policies import policy_of
from sim.policies.defining import defining_of

START_SHARE = f"{EVERY_FIRM}offers.start_share"
FIRM_NAME = "team_{}"  # by seat, from 1 on: the luck of a firm follows from its name, and so not from that of the team


def firm_names(teams: int) -> tuple[str, ...]:
    """Names of the firms by seat.

    >>> firm_names(2)
    ('team_1', 'team_2')
    """
    return tuple(FIRM_NAME.format(seat + 1) for seat in range(teams))


def for_every_firm(settings: Mapping[str, Any], firms: int) -> dict[str, Any]:
    """Settings with ``firms.*`` written out.

    >>> for_every_firm({"firms.*.decisions.walls": 1.0, "months": 6}, 2)
    {'firms.0.decisions.walls': 1.0, 'firms.1.decisions.walls': 1.0, 'months': 6}
    """
    written: dict[str, Any] = {}
    for path, value in settings.items():
        if path.startswith(EVERY_FIRM):
            written |= {f"firms.{seat}.{path.removeprefix(EVERY_FIRM)}": value for seat in range(firms)}
        else:
            written[path] = value
    return written


@lru_cache(maxsize=32)
def _scenario(design: GameDesign, teams: int, episode: str) -> Scenario:
    sized = {path: design.changed(path, teams) for path in (*design.grows, *design.shrinks)}
    share = {"offers": {"start_share": design.changed(START_SHARE, teams)}}
    firms = [{"name": name, "policy": design.policy, **share} for name in firm_names(teams)]
    world = Scenario.from_mapping(design.box.as_mapping() | {"name": design.name, "firms": firms})
    sized_world = world.with_settings(for_every_firm({"market.customers": design.agents} | sized, teams))
    rules = _neutral(sized_world) | dict(design.episodes[episode].settings)
    return sized_world.with_settings(for_every_firm(rules, teams))


def _neutral(world: Scenario) -> dict[str, float]:
    """What defines the policy of the firms, set to the neutral plan of the market."""
    firm = world.firms[0]
    return {f"{EVERY_FIRM}decisions.{name}": getattr(firm.neutral, name) for name in defining_of(policy_of(firm))}


def base_value(world: Scenario, path: str) -> float:
    """A number of a firm before anybody has decided anything. path: key path within the firm's section"""
    firm = world.firms[0]
    value = firm.settings[path]
    if value is None:
        value = getattr(policy_of(firm).start, path.removeprefix("decisions."))
    return float(value)


def scenario_of(design: GameDesign, teams: int, episode: str) -> Scenario:
    """The world of an episode before anybody has decided anything.

    Args:
        design: The game.
        teams: Number of teams.
        episode: Name of the episode.

    Raises:
        BadInput: Too few or too many teams, no such episode, or settings that no scenario can have.
    """
    count_argument(teams, "teams", FEWEST_TEAMS, MOST_TEAMS)
    design.episode(episode)
    return _scenario(design, teams, episode)


def seat_of(team: str, teams: tuple[str, ...]) -> int:
    """Seat of a team's firm.

    Raises:
        BadInput: There is no such team; says which there are.
    """
    if team not in teams:
        raise BadInput(f"team is {team!r}; this game has {', '.join(teams)}")
    return teams.index(team)
