"""The equilibrium of a market: best replies of all firms in turn, from several starts, in a folder that can go on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiments.best_reply import DECIMALS, Decided, Game, replies_from
from sim.experiments.equilibrium_result import Equilibrium
from sim.experiments.parallel import side_by_side
from sim.experiments.search_plan import USUAL_PLAN, SearchPlan
from sim.experiments.search_space import spread_points
from sim.experiments.tune import TRAINING
from sim.files.atomic_folder import EQUILIBRIUM_MARK
from sim.files.kept_lines import add_lines, begin_folder, lines_of
from sim.model.phases import PhaseObserver
from sim.numeric.compiling import source_hash
from sim.parameters import BadInput, Scenario
from sim.parameters.conduct import ADAPTIVE
from sim.parameters.decisions import SEARCH_RANGES
from sim.policies import policy_of
from sim.simulation.headless import seed_of
from sim.simulation.warm_up import warmed_up
from sim.statistics.reap import present_value

KEPT_VALUES = "worlds.jsonl"  # value of every set of decisions that was tried, a line each


class ValuesOfChoices:
    """Present values of all firms by their decisions; each set of decisions is simulated once, also over restarts.

    Args:
        scenario: The market.
        plan: How the equilibrium is searched.
        seed: Seed of all draws.
        path: File to which values are added and from which they are read; None keeps them in memory.
    """

    def __init__(self, scenario: Scenario, plan: SearchPlan, seed: int, path: Path | None) -> None:
        self.scenario, self.plan, self.seed, self.path = scenario, plan, seed, path
        self.known: dict[Decided, list[float]] = {}
        self.simulated = 0
        for row in lines_of(path, ("decisions", "values"), "value of a search") if path is not None else ():
            self.known[tuple(map(tuple, row["decisions"]))] = row["values"]

    def __call__(self, choices: Sequence[Decided]) -> list[list[float]]:
        """Mean present value of each firm over the replications, for each set of decisions. [money]"""
        new = [choice for choice in dict.fromkeys(choices) if choice not in self.known]
        if new:
            self._simulate(new)
        return [self.known[choice] for choice in choices]

    def _simulate(self, new: Sequence[Decided]) -> None:
        worlds = [self._world(choice) for choice in new]
        numbers = range(TRAINING, TRAINING + self.plan.replications)
        work = [(place, number) for place in range(len(new)) for number in numbers]

        def value(piece: tuple[int, int], halt: PhaseObserver) -> list[float]:
            return present_values(worlds[piece[0]], self.seed, piece[1], halt)

        values = np.array(side_by_side(value, work)).reshape(len(new), len(numbers), -1).mean(axis=1).tolist()
        self.known.update(zip(new, values, strict=True))
        self.simulated += len(new)
        if self.path is not None:
            add_lines(self.path, [{"decisions": d, "values": v} for d, v in zip(new, values, strict=True)])

    def _world(self, choice: Decided) -> Scenario:
        settings = {
            f"firms.{seat}.decisions.{name}": value
            for seat, row in enumerate(choice)
            for name, value in zip(self.plan.decisions, row, strict=True)
        }
        return self.scenario.with_settings(settings)


def present_values(scenario: Scenario, seed: int, replicate: int, halt: PhaseObserver) -> list[float]:
    """Present value of each firm's profits in one world, by seat. [money]"""
    market = warmed_up(scenario, seed, replicate)
    market.watcher = halt
    table, rate = market.run().monthly(), scenario.market["discount_rate"]
    return [present_value(table[table["firm"] == firm.name], rate) for firm in scenario.firms]


def starting_points(scenario: Scenario, plan: SearchPlan) -> list[Decided]:
    """Where each search begins: first as the scenario does, then at points over the ranges, the same for every firm."""
    ranges = {name: SEARCH_RANGES[name] for name in plan.decisions}
    own = []
    for firm in scenario.firms:
        start = policy_of(firm).start.changed(firm.decisions)
        own.append(tuple(_within(name, getattr(start, name)) for name in ranges))
    spread = [
        tuple(round(point[name], DECIMALS) for name in ranges) for point in spread_points(plan.starts - 1, ranges)
    ]
    return [tuple(own), *((point,) * len(own) for point in spread)]


def _within(name: str, value: float) -> float:
    low, high = SEARCH_RANGES[name]
    return round(max(low, min(high, value)), DECIMALS)


def find_equilibrium(
    scenario: Scenario,
    plan: SearchPlan = USUAL_PLAN,
    seed: int | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Equilibrium:
    """Best replies of all firms in turn, from each start, until nobody gains more than the tolerance.

    Decisions that are searched are those of `decisions` in the scenario, so no conduct moves them; rivals hold theirs.

    Args:
        scenario: The market, and the months over which firms value what they do.
        plan: How to search.
        seed: Seed; the scenario's own if left out.
        folder: Where to keep what was simulated; a search that was stopped goes on from there.
        progress: Called with rounds done and the most that there can be.

    Raises:
        BadInput: A plan that is not allowed, adaptive firms, or a folder of another search.
        RunFailed: A world failed.
    """
    plan = plan.checked()
    if scenario.conduct == ADAPTIVE:
        raise BadInput(
            "market.conduct is 'adaptive'; such firms leave the decisions that are searched. Set market.conduct to "
            "fixed or reactive"
        )
    about = _about(scenario, plan, seed_of(scenario, seed))
    if folder is not None:
        begin_folder(folder, EQUILIBRIUM_MARK, about, "search")
    values = ValuesOfChoices(scenario, plan, about["seed"], folder / KEPT_VALUES if folder else None)
    game = Game([SEARCH_RANGES[name] for name in plan.decisions], values, plan.tolerance, plan.rounds)
    replies, done = [], 0
    for start in starting_points(scenario, plan):

        def watch(number: int, before: int = done) -> None:
            if progress:
                progress(before + number, plan.starts * plan.rounds)

        replies.append(replies_from(start, game, watch))
        done += plan.rounds
    return Equilibrium(scenario, plan, replies, about)


def _about(scenario: Scenario, plan: SearchPlan, seed: int) -> dict[str, Any]:
    """What makes a search the same."""
    return {
        "scenario": scenario.name, "sha256": scenario.sha256, "months": scenario.months, "seed": seed,
        "currency": scenario.currency, "conduct": scenario.conduct, **plan._asdict(), "code": source_hash(),
    }  # fmt: skip
