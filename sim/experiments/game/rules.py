"""The rules of a game as plain data: roles, decisions with their ranges and prices, episodes, and what is for sale."""

from collections.abc import Mapping
from typing import Any

from sim.experiments.game.game_design import FEWEST_TEAMS, MOST_TEAMS, Episode, GameDesign, RoleDecision
from sim.experiments.game.game_market import scenario_of
from sim.experiments.game.pay import VOLUMES
from sim.model.firm.organisation.information import FACTS_KEPT_BY
from sim.model.firm.organisation.walls import hiding_height
from sim.parameters import FIRM, MARKET, Scenario
from sim.parameters.decisions import DECISION_ROWS
from sim.policies import policy_of

ROWS_BY_PATH = {f"market.{row.name}": row for row in MARKET} | {f"firms.*.{row.name}": row for row in FIRM}


def rules_of(design: GameDesign, teams: int = FEWEST_TEAMS) -> dict[str, Any]:
    """The rules for so many teams, in keys and numbers.

    Raises:
        BadInput: Too few or too many teams.
    """
    worlds = {name: scenario_of(design, teams, name) for name in design.episodes}
    first = next(iter(worlds.values()))
    return {
        "name": design.name, "scenario": design.scenario, "currency": first.currency, "months": design.months,
        "rounds": design.rounds, "opening": design.opening, "teams": [FEWEST_TEAMS, MOST_TEAMS],
        "switched": design.switched,
        "design": design.sha256, "departments": {name: _role(design, name, first) for name in design.departments},
        "episodes": {name: _episode(design, design.episodes[name], world) for name, world in worlds.items()},
        "buys": {kind: _buy(numbers, first) for kind, numbers in design.information.items()},
    }  # fmt: skip


def _role(design: GameDesign, department: str, world: Scenario) -> dict[str, Any]:
    rows = design.departments[department]
    return {
        "volume": VOLUMES[department],
        "sees": list(FACTS_KEPT_BY[department]),
        "decisions": {row.name: _decision(design, row, world) for row in rows},
    }


def _decision(design: GameDesign, row: RoleDecision, world: Scenario) -> dict[str, Any]:
    table, (low, high) = DECISION_ROWS[row.name], design.range_of(row.name, len(world.firms))
    return {
        "unit": table.unit, "low": low, "high": high, "step": row.step, "kind": table.kind,
        "values": list(row.values), "prices": [price_of(path, world) for path in row.prices],
    }  # fmt: skip


def price_of(path: str, world: Scenario) -> dict[str, Any]:
    """A number of the table as it is in a world. path: key path; ``firms.*`` is every firm"""
    section, _, key = path.partition(".")
    value = world.market[key] if section == "market" else world.firms[0].settings[key.removeprefix("*.")]
    return {"path": path, "value": value, "unit": ROWS_BY_PATH[path].unit}


def _episode(design: GameDesign, episode: Episode, world: Scenario) -> dict[str, Any]:
    start = policy_of(world.firms[0]).start.changed(world.firms[0].decisions)
    return {
        "settings": dict(episode.settings), "holds": list(episode.holds), "buys": list(episode.buys),
        "pay": dict(episode.pay), "hides_from": hiding_height(world.market, world.mechanisms),
        "start": {row.name: getattr(start, row.name) for rows in design.departments.values() for row in rows},
    }  # fmt: skip


def _buy(numbers: Mapping[str, Any], world: Scenario) -> dict[str, Any]:
    return {"values": list(numbers["values"]), "prices": [price_of(path, world) for path in numbers["prices"]]}
