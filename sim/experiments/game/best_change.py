"""A team's best single change: one decision set otherwise from one round on, searched by living the worlds."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from sim.experiments.game.paired_sides import CURVES, summary_of
from sim.experiments.game.role_view import plan_decided
from sim.experiments.game.sides import GameSide
from sim.experiments.game.timeline import first_month
from sim.experiments.game.worlds import GameWorlds, ProgressCall, RoundSettings, Script, WorldResult, plain_list
from sim.model.randomness import resampling

WORTHS = ("npv", "npv_with_equity")  # by which changes are judged: a short game rewards what spends the future
VALUES_OF_A_DECISION = 5  # evenly over its range, both ends among them


class SingleChange(NamedTuple):
    """One decision set otherwise from a round on.

    Args:
        number: The round, from 1.
        department: Whose decision it is.
        decision: The decision.
        before: What it was in that round.
        after: What it is set to, whatever later rounds had set it to.
    """

    number: int
    department: str
    decision: str
    before: float
    after: float


def changes_of(worlds: GameWorlds, side: GameSide) -> list[SingleChange]:
    """Every single change that is searched: each free decision of each round, at values spread over its range."""
    design = worlds.design
    holds = design.episodes[side.script.episode].holds
    changes = []
    for number in range(1, len(side.closes) + 1):
        plan = plan_decided(worlds.state(side.script.first(number)).firm(side.seat))
        for department in design.departments:
            for name in design.decisions_of(department):
                if name not in holds:
                    before = float(getattr(plan, name))
                    values = values_of(worlds, department, name)
                    changes += [SingleChange(number, department, name, before, to) for to in values if to != before]
    return changes


def values_of(worlds: GameWorlds, department: str, decision: str) -> list[float]:
    """Values that are tried of a decision: its list, or spread over its range on steps of its slider."""
    design = worlds.design
    row = design.row(department, decision)
    if row.values:
        return list(row.values)
    low, high = design.range_of(decision, len(worlds.teams))
    spread = np.linspace(low, high, VALUES_OF_A_DECISION)
    return sorted({float(min(high, low + row.step * round((value - low) / row.step))) for value in spread})


def changed_script(script: Script, seat: int, change: SingleChange) -> Script:
    """The script with one decision set otherwise from a round on."""
    path = f"firms.{seat}.decisions.{change.decision}"
    return replace(script, rounds=tuple(
        _overridden(settings, path, change.after if place == change.number - 1 else None)
        if place >= change.number - 1
        else settings
        for place, settings in enumerate(script.rounds)
    ))  # fmt: skip


def _overridden(settings: RoundSettings, path: str, value: float | None) -> RoundSettings:
    kept = {key: old for key, old in settings if key != path}
    return tuple(sorted((kept | ({} if value is None else {path: value})).items()))


def best_change(
    worlds: GameWorlds, side: GameSide, most: int, count: int, progress: ProgressCall | None = None
) -> dict[str, Any]:
    """The single changes that bring most in the world that was played, and what they bring in paired worlds.

    Args:
        worlds: The worlds of the game.
        side: The team as it played.
        most: Changes tried at most; where there are more, some are taken by chance.
        count: Paired worlds for the best of them; the first is the one that was played.
        progress: Called with worlds done and worlds in all.

    Returns:
        ``tried`` and ``possible`` changes; and, where there are some, ``best`` by each of `WORTHS`: ``change`` with its
        month, ``gain`` in the world that was played [money], the same over ``paired`` worlds, and the ``curves`` as
        played and as changed.
    """
    possible = changes_of(worlds, side)
    chosen = resampling(worlds.seed, "single changes").permutation(len(possible))[:most]
    changes = [possible[place] for place in sorted(chosen)]
    counts = {"tried": len(changes), "possible": len(possible)}
    if not changes:
        return counts
    scripts = [changed_script(side.script, side.seat, change) for change in changes]
    total = len(scripts) + 2 * count * len(WORTHS)
    results = worlds.results([(script, 0) for script in scripts], _from(progress, 0, total))
    played = _worths(worlds, side, worlds.result(side.script))
    gains = {name: [_worths(worlds, side, result)[name] - played[name] for result in results] for name in WORTHS}
    best = {name: changes[int(np.argmax(values))] for name, values in gains.items()}
    proofs = {}
    for place, (name, change) in enumerate(best.items()):
        report = _from(progress, len(scripts) + 2 * count * place, total)
        proofs[name] = _proof(worlds, side, (change, name), count, report)
    return counts | {"best": proofs}


def _from(progress: ProgressCall | None, before: int, total: int) -> ProgressCall | None:
    """Progress of a part of the work as progress of the whole."""
    return progress and (lambda done, of: progress(before + done, total))


def _worths(worlds: GameWorlds, side: GameSide, result: WorldResult) -> dict[str, float]:
    """Present value of a firm's profits, and the same with its customer equity at the end. [money]"""
    table, npv = result.of_firm(side.seat), worlds.worth(result, side.seat)
    equity = float(table["customer_equity"].iloc[-1]) * (1.0 + worlds.rate) ** -len(table)
    return {"npv": npv, "npv_with_equity": npv + equity}


def _proof(
    worlds: GameWorlds, side: GameSide, best: tuple[SingleChange, str], count: int, progress: ProgressCall | None
) -> dict[str, Any]:
    """A change in paired worlds, and its curves beside those played. best: the change, and the worth of `WORTHS`"""
    change, by = best
    scripts = (side.script, changed_script(side.script, side.seat, change))
    tasks = [(script, number) for number in range(count) for script in scripts]
    results = worlds.results(tasks, progress)
    worth = np.array([_worths(worlds, side, result)[by] for result in results]).reshape(count, 2)
    gains = worth[:, 1] - worth[:, 0]
    named = {name: value for name, value in change._asdict().items() if name != "number"}
    return {
        "change": {"round": change.number, "month": first_month(worlds, change.number)} | named,
        "gain": float(gains[0]),
        "paired": summary_of(gains),
        "curves": {"played": _curves(results[0], side.seat), "changed": _curves(results[1], side.seat)},
    }


def _curves(result: WorldResult, seat: int) -> dict[str, list[float | None]]:
    table = result.of_firm(seat)
    return {name: plain_list(table[name].tolist()) for name in CURVES}
