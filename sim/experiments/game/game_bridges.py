"""Bridges between two sides of a game: by accounting terms, by whose decisions, and by mechanisms; sums are exact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.experiments.game.game_log import SURVEY_SETTING
from sim.experiments.game.sides import GameSide, equally_long
from sim.experiments.game.worlds import GameWorlds, ProgressCall, RoundSettings, Script
from sim.model.state import Floats
from sim.parameters.decisions import DECISION_ROWS
from sim.parameters.errors import BadInput
from sim.statistics.reap import reap_bridge
from sim.statistics.shapley import shapley_split

RULES, OTHERS, INFORMATION = "rules", "others", "information"
START, WITHOUT_THESE = "start", "without"
MOST_TERMS = 5  # groups of decisions; two to this power are the worlds that are run
SEPARATOR = "+"  # between groups that were joined


def bridge_by_accounts(worlds: GameWorlds, left: GameSide, right: GameSide) -> dict[str, Any]:
    """The gap of present values, right minus left, by the terms of `sim.statistics.reap`.

    Raises:
        BadInput: The sides are two teams, which start with other customers.
    """
    left, right = equally_long(worlds, left, right)
    if left.seat != right.seat:
        raise BadInput("a bridge by accounts starts from the same customers; give two sides of one team")
    first, second = (worlds.result(side.script) for side in (left, right))
    terms = reap_bridge(second.of_firm(right.seat), first.of_firm(left.seat), worlds.rate)
    return _bridge(left, right, worlds.worth(second, right.seat) - worlds.worth(first, left.seat), terms)


def _bridge(left: GameSide, right: GameSide, gap: float, terms: Mapping[str, float]) -> dict[str, Any]:
    """A bridge as plain data; that its terms sum to the gap is checked by tests."""
    return {
        "left": dict(left.name), "right": dict(right.name), "gap": gap, "terms": dict(terms),
        "sum": float(sum(terms.values())),
    }  # fmt: skip


def bridge_by_decisions(
    worlds: GameWorlds, left: GameSide, right: GameSide, progress: ProgressCall | None = None
) -> dict[str, Any]:
    """The gap by whose decisions it follows from: worlds in which some are as on the right and the rest as on the left.

    Args:
        worlds: The worlds of the game.
        left: One side.
        right: The other.
        progress: Called with worlds done and worlds in all.

    Returns:
        Terms are Shapley values of ``rules`` of the episode, the departments, ``information`` that was bought, and what
        ``others`` decided, as far as they differ; and, where two teams are compared, ``start``: what is left between
        their firms when one has decided as the other, which is their first customers and luck.
    """
    left, right = equally_long(worlds, left, right)
    groups = _groups(left, right)
    subsets = _subsets(list(groups))
    scripts = [_mixed(left, right, [path for name in taken for path in groups[name]]) for taken in subsets]
    results = worlds.results([(script, 0) for script in scripts], progress)
    values = np.array([[worlds.worth(result, left.seat)] for result in results])
    terms = dict(zip(groups, shapley_split(values).shapley[:, 0].tolist(), strict=True)) if groups else {}
    second = worlds.result(right.script)
    gap = worlds.worth(second, right.seat) - worlds.worth(worlds.result(left.script), left.seat)
    if left.seat != right.seat:
        terms[START] = worlds.worth(second, right.seat) - float(values[-1, 0])
    return _bridge(left, right, gap, terms) | {"worlds": len(scripts)}


def _subsets(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(name for place, name in enumerate(names) if row >> place & 1) for row in range(2 ** len(names))]


def _groups(left: GameSide, right: GameSide) -> dict[str, tuple[str, ...]]:
    """What differs between the sides, by group: key paths of settings, and `RULES` where the episodes differ."""
    groups: dict[str, list[str]] = {}
    if left.script.episode != right.script.episode:
        groups[RULES] = [RULES]
    ours, theirs = (_by_path(side, left.seat, side.seat) for side in (left, right))
    for path in sorted({*ours, *theirs}):
        if ours.get(path) != theirs.get(path):
            groups.setdefault(_group_of(path, left.seat), []).append(path)
    return _few({name: tuple(paths) for name, paths in groups.items()})


def _by_path(side: GameSide, seat: int, own: int) -> dict[str, tuple[tuple[int, float], ...]]:
    """What each key path is set to in which round, the firm of the side in the seat of the left side's."""
    by_path: dict[str, list[tuple[int, float]]] = {}
    for number, settings in enumerate(_moved(side.script.rounds, seat, own)):
        for path, value in settings:
            by_path.setdefault(path, []).append((number, value))
    return {path: tuple(values) for path, values in by_path.items()}


def _moved(rounds: Sequence[RoundSettings], seat: int, own: int) -> tuple[RoundSettings, ...]:
    """Rounds of a side with two firms in each other's seats."""
    names = {f"firms.{own}.": f"firms.{seat}.", f"firms.{seat}.": f"firms.{own}."}
    return tuple(tuple((_renamed(path, names), value) for path, value in settings) for settings in rounds)


def _renamed(path: str, names: Mapping[str, str]) -> str:
    for before, after in names.items():
        if path.startswith(before):
            return after + path.removeprefix(before)
    return path


def _group_of(path: str, seat: int) -> str:
    own = f"firms.{seat}.decisions."
    if path.startswith(own) and not path.endswith(SURVEY_SETTING):
        return DECISION_ROWS[path.removeprefix(own)].department
    return INFORMATION if path.startswith(f"firms.{seat}.") else OTHERS


def _few(groups: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The groups, those with the fewest settings joined until no more are left than a bridge can have."""
    while len(groups) > MOST_TERMS:
        first, second = sorted(groups, key=lambda name: (len(groups[name]), name))[:2]
        joined = groups.pop(first) + groups.pop(second)
        groups[f"{first}{SEPARATOR}{second}"] = joined
    return groups


def _mixed(left: GameSide, right: GameSide, taken: Sequence[str]) -> Script:
    """The left side's world with some key paths, and perhaps the rules, as on the right."""
    theirs = _moved(right.script.rounds, left.seat, right.seat)
    rounds = tuple(
        tuple(sorted([
            *((path, value) for path, value in ours if path not in taken),
            *((path, value) for path, value in other if path in taken),
        ]))
        for ours, other in zip(left.script.rounds, theirs, strict=True)
    )  # fmt: skip
    return Script(right.script.episode if RULES in taken else left.script.episode, rounds)


def bridge_by_mechanisms(
    worlds: GameWorlds, left: GameSide, right: GameSide, progress: ProgressCall | None = None
) -> dict[str, Any]:
    """The gap by mechanisms: worlds in which some of the design's groups work and the others are off on both sides.

    Returns:
        Terms are Shapley values of the groups; ``without`` is the gap with all of them off.
    """
    left, right = equally_long(worlds, left, right)
    groups = worlds.design.mechanisms
    off = [tuple(sorted(_off(groups, working))) for working in _subsets(list(groups))]
    tasks = [(replace(side.script, off=names), 0) for side in (left, right) for names in off]
    results = worlds.results(tasks, progress)
    first, second = results[: len(off)], results[len(off) :]
    values: Floats = np.array([
        [worlds.worth(b, right.seat) - worlds.worth(a, left.seat)] for a, b in zip(first, second, strict=True)
    ])  # fmt: skip
    terms = dict(zip(groups, shapley_split(values).shapley[:, 0].tolist(), strict=True))
    terms[WITHOUT_THESE] = float(values[0, 0])
    return _bridge(left, right, float(values[-1, 0]), terms) | {"worlds": len(tasks)}


def _off(groups: Mapping[str, Sequence[str]], working: Sequence[str]) -> list[str]:
    return [mechanism for name, members in groups.items() if name not in working for mechanism in members]
