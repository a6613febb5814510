"""The file of a game's design, checked: a mistake is named with its line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.experiments.game.game_design import (
    BUYS,
    FEWEST_TEAMS,
    FIGURES,
    REPORT,
    SURVEY,
    Episode,
    GameDesign,
    RoleDecision,
)
from sim.experiments.game.game_market import for_every_firm, scenario_of
from sim.model.firm.organisation.incentives import PAID
from sim.parameters import FIRM, MARKET, MECHANISMS, BadInput
from sim.parameters.checking import Place, flatten, nearest, number, unknown_key, whole
from sim.parameters.decisions import DECISION_ROWS, DEPARTMENTS, acts
from sim.parameters.parameter import ASSUMED, Parameter
from sim.parameters.sections import checked_section, checked_text
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml
from sim.policies.decision_groups import few_enough
from sim.simulation.warm_up import past_of

_KEYS = (
    "name", "description", "scenario", "policy", "opening", "months", "rounds", "agents", "settings", "with_teams",
    "departments", "episodes", "information", "mechanisms",
)  # fmt: skip
FEWEST_DECISIONS, MOST_DECISIONS = 3, 5
MOST_MONTHS, MOST_ROUNDS, MOST_AGENTS = 24, 12, 20_000
LIMITS_OF_INFORMATION: Mapping[str, tuple[float, float]] = {
    REPORT: (0.0, 1.0),
    SURVEY: (DECISION_ROWS["survey_size"].low, DECISION_ROWS["survey_size"].high),
    FIGURES: (-1.0, 0.0),
}
PATHS = frozenset((*(f"market.{row.name}" for row in MARKET), *(f"firms.*.{row.name}" for row in FIRM)))
WEIGHT = Parameter("pay", "share", None, 0.0, 1.0, ASSUMED, "Part of the pay that hangs on customer value")
_STEP = Parameter("step", "unit of the decision", 0.01, 1e-6, 100.0, ASSUMED, "Step of a slider")


def game_design(name_or_path: str = "game") -> GameDesign:
    """The design of that name in the box, or from a file.

    Raises:
        BadInput: No such file, or anything wrong inside; names file, line, what was found and what is allowed.
    """
    path = Path(name_or_path)
    if not name_or_path.endswith((".yaml", ".yml")):
        path = shipped_folder("experiments") / f"{name_or_path}.yaml"
    contents, lines = read_yaml(path)
    return checked_design(contents, Place(str(path), lines))


def checked_design(contents: Mapping[str, Any], place: Place) -> GameDesign:
    """The design that a file states.

    Raises:
        BadInput: Anything wrong; names place, what was found and what is allowed.
    """
    _known(contents, _KEYS, "", place)
    sizes = checked_section(contents, "with_teams", place)
    _known(sizes, ("grows", "shrinks"), "with_teams", place)
    design = GameDesign(
        name=checked_text(contents.get("name"), "name", place),
        description=checked_text(contents.get("description", ""), "description", place),
        scenario=checked_text(contents.get("scenario"), "scenario", place),
        policy=checked_text(contents.get("policy"), "policy", place),
        opening=whole(contents.get("opening", 6), 1, MOST_MONTHS, "opening", place),
        months=whole(contents.get("months", 6), 1, MOST_MONTHS, "months", place),
        rounds=whole(contents.get("rounds", 4), 1, MOST_ROUNDS, "rounds", place),
        agents=whole(contents.get("agents", 4000), 10, MOST_AGENTS, "agents", place),
        settings=flatten(checked_section(contents, "settings", place)),
        grows=_paths(sizes, "grows", "with_teams", place),
        shrinks=_paths(sizes, "shrinks", "with_teams", place),
        departments={name: _role(contents, name, place) for name in checked_section(contents, "departments", place)},
        episodes={name: _episode(contents, name, place) for name in checked_section(contents, "episodes", place)},
        information=_information(checked_section(contents, "information", place), place),
        mechanisms={name: _group(contents, name, place) for name in checked_section(contents, "mechanisms", place)},
    )
    _refuse_unsound(design, place)
    return design


def _known(section: Mapping[str, Any], keys: tuple[str, ...], path: str, place: Place) -> None:
    for key in section:
        if key not in keys:
            raise unknown_key(place, f"{path}.{key}" if path else str(key), str(key), keys)


def _paths(section: Mapping[str, Any], key: str, above: str, place: Place) -> tuple[str, ...]:
    paths = section.get(key) or []
    path = f"{above}.{key}"
    if not isinstance(paths, list):
        raise BadInput(f"{place.at(path)} is {paths!r}; a list of key paths is needed.")
    for entry in paths:
        if entry not in PATHS:
            raise BadInput(f"{place.at(path)} names {entry!r}, which is no number.{nearest(str(entry), PATHS)}")
    return tuple(paths)


def _role(contents: Mapping[str, Any], department: str, place: Place) -> tuple[RoleDecision, ...]:
    path = f"departments.{department}"
    rows = contents["departments"][department]
    if department not in DEPARTMENTS:
        raise unknown_key(place, path, department, DEPARTMENTS)
    if not isinstance(rows, Mapping) or not FEWEST_DECISIONS <= len(rows) <= MOST_DECISIONS:
        raise BadInput(
            f"{place.at(path)}: {FEWEST_DECISIONS} to {MOST_DECISIONS} decisions of a department are needed."
        )
    return tuple(_decision(str(name), row, f"{path}.{name}", place) for name, row in rows.items())


def _decision(name: str, row: Any, path: str, place: Place) -> RoleDecision:
    department = path.split(".")[1]
    own = [decision for decision, entry in DECISION_ROWS.items() if entry.department == department]
    if name not in own:
        raise unknown_key(place, path, name, own)
    if not isinstance(row, Mapping):
        raise BadInput(f"{place.at(path)} is {row!r}; a mapping with step and prices is needed.")
    _known(row, ("step", "prices", "values"), path, place)
    prices = _paths(row, "prices", path, place)
    if "values" in row:
        low, high = DECISION_ROWS[name].low, DECISION_ROWS[name].high
        return RoleDecision(name, 0.0, prices, _values(row["values"], (low, high), f"{path}.values", place))
    step = number(row.get("step", _STEP.default), _STEP, f"{path}.step", place)
    return RoleDecision(name, float(step or 0.0), prices)


def _values(values: Any, limits: tuple[float, float], path: str, place: Place) -> tuple[float, ...]:
    low, high = limits
    if not isinstance(values, list) or not values or not all(_within(value, low, high) for value in values):
        raise BadInput(f"{place.at(path)} is {values!r}; a list of numbers between {low:g} and {high:g} is needed.")
    return tuple(float(value) for value in values)


def _within(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _episode(contents: Mapping[str, Any], name: str, place: Place) -> Episode:
    path, rules = f"episodes.{name}", contents["episodes"][name]
    if not isinstance(rules, Mapping):
        raise BadInput(f"{place.at(path)} is {rules!r}; a mapping with settings, holds and buys is needed.")
    _known(rules, ("settings", "holds", "buys", "pay"), path, place)
    holds, buys = rules.get("holds") or [], rules.get("buys") or []
    for kind, given, allowed in (("holds", holds, list(DECISION_ROWS)), ("buys", buys, list(BUYS))):
        wrong = [entry for entry in given if entry not in allowed] if isinstance(given, list) else [given]
        if wrong:
            shown = ", ".join(allowed)
            raise BadInput(f"{place.at(f'{path}.{kind}')} has {wrong[0]!r}; a list of some of {shown} is needed.")
    pay = checked_section(rules, "pay", place)
    _known(pay, PAID, f"{path}.pay", place)
    weights = {key: number(value, WEIGHT, f"{path}.pay.{key}", place) for key, value in pay.items()}
    paid = {key: value for key, value in weights.items() if value is not None}
    return Episode(name, flatten(rules.get("settings") or {}), tuple(holds), tuple(buys), paid)


def _information(section: Mapping[str, Any], place: Place) -> dict[str, dict[str, Any]]:
    _known(section, BUYS, "information", place)
    return {kind: _numbers_of(kind, section.get(kind), place) for kind in BUYS}


def _numbers_of(kind: str, entry: Any, place: Place) -> dict[str, Any]:
    """Values that may be bought and the key paths of their prices."""
    path, key = f"information.{kind}", "values" if kind == SURVEY else "value"
    if not isinstance(entry, Mapping) or set(entry) != {key, "prices"}:
        raise BadInput(f"{place.at(path)} is {entry!r}; a mapping with {key} and prices is needed.")
    values = entry[key] if kind == SURVEY else [entry[key]]
    checked = _values(values, LIMITS_OF_INFORMATION[kind], f"{path}.{key}", place)
    return {"values": list(checked), "prices": list(_paths(entry, "prices", path, place))}


def _group(contents: Mapping[str, Any], name: str, place: Place) -> tuple[str, ...]:
    path, members = f"mechanisms.{name}", contents["mechanisms"][name]
    wrong = [entry for entry in members if entry not in MECHANISMS] if isinstance(members, list) else [members]
    if wrong:
        raise BadInput(
            f"{place.at(path)} has {wrong[0]!r}; a list of mechanisms is needed.{nearest(str(wrong[0]), MECHANISMS)}"
        )
    return tuple(members)


def _refuse_unsound(design: GameDesign, place: Place) -> None:
    """Stop a design without episodes or departments, of settings that cannot be, or with decisions that do nothing."""
    for key in ("departments", "episodes"):
        if not getattr(design, key):
            raise BadInput(f"{place.at(key)} is missing; at least one is needed.")
    try:
        box = design.box
        for episode in design.episodes.values():
            box.with_settings(for_every_firm(episode.settings, len(box.firms)))
    except BadInput as trouble:
        raise BadInput(f"{place.where}: {trouble}") from trouble
    if len({past_of(scenario_of(design, FEWEST_TEAMS, name)) for name in design.episodes}) > 1:
        raise BadInput(f"{place.at('episodes')} differ in what acts before month 1; both must start alike.")
    few_enough(dict(design.mechanisms))
    idle = [name for group in design.mechanisms.values() for name in group if not box.mechanisms[name]]
    if idle:
        raise BadInput(f"{place.at('mechanisms')} has {idle[0]}, which is off in this game and so splits nothing.")
    for department in design.departments:
        for name in design.decisions_of(department):
            if not acts(name, box.mechanisms):
                by = " or ".join(DECISION_ROWS[name].by)
                path = f"departments.{department}.{name}"
                raise BadInput(f"{place.at(path)} does nothing in {design.scenario}; switch on mechanisms.{by}.")
