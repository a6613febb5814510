"""Paired worlds: the same people and shocks under each policy, their differences, bridges and whale curves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.comparison_result import Comparison
from sim.experiments.customer_tables import CustomerObserver
from sim.experiments.decision_table import decision_table
from sim.experiments.parallel import side_by_side
from sim.experiments.yearly import yearly
from sim.files.notebook import shown_progress
from sim.model.phases import PhaseObserver
from sim.parameters import BadInput, Scenario
from sim.parameters.checking import count_argument
from sim.simulation.agents import Customer
from sim.simulation.headless import seed_of
from sim.simulation.market import Market
from sim.simulation.warm_up import warmed_up
from sim.statistics.paired import paired_difference
from sim.statistics.reap import present_value, reap_bridge
from sim.statistics.sequential import FEWEST_REPLICATIONS, LOOK_AHEAD, Rule, SamplingState, stopping

ADOPTERS = ("focal", "all")
WHALE_STEPS = 50
FIRST_REPLICATIONS = FEWEST_REPLICATIONS + LOOK_AHEAD  # replications before the first look
BATCH = 4  # replications between two looks
MOST_ASKED = 100_000
MOST_REPLICATIONS = 200


@dataclass(frozen=True)
class _Lived:
    policy: str
    replicate: int
    monthly: pd.DataFrame
    whale: np.ndarray
    survival: pd.DataFrame
    allocation: pd.DataFrame


def compare(
    scenario: Scenario,
    policies: Sequence[str] = ("product_centric", "osfa", "customer_centric"),
    replications: int = 10,
    adopt: str = "focal",
    seed: int | None = None,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int | None = None,
    until: float | None = None,
    customer_class: type[Customer] = Customer,
) -> Comparison:
    """Run every policy in the same worlds and compare the focal firm, the scenario's first.

    Args:
        scenario: The market.
        policies: Policies to compare; the first pair is read as later against earlier.
        replications: Paired worlds per policy.
        adopt: ``focal`` or ``all``: who follows the policy.
        seed: Seed; the scenario's own if left out.
        settings: Settings by policy, such as tuned decisions.
        progress: Called with runs done and runs in all; in a notebook a line of text if left out.
        workers: Worlds lived at a time; as many as the machine has processors if left out.
        until: Instead of a number of replications: add batches until the half-width of every 95 % interval of net
            present value is at most this and has stayed so for a look-ahead, as `sim.statistics.sequential` has
            it, or `MOST_REPLICATIONS` is reached. [money]
        customer_class: Class of the customers in all worlds.

    Raises:
        BadInput: Unknown policy, too few policies or replications, or a half-width that is no positive amount.
    """
    replications = count_argument(replications, "replications")
    _refuse_unsound(policies, replications, adopt, until)
    worlds = {policy: with_policy(scenario, policy, adopt, (settings or {}).get(policy, {})) for policy in policies}
    seed_used = seed_of(scenario, seed)

    def live(task: tuple[str, int], halt: PhaseObserver) -> _Lived:
        scenario, number = worlds[task[0]], task[1]
        if customer_class is Customer:
            market = warmed_up(scenario, seed_used, number)
        else:
            market = Market(scenario, seed=seed_used, replicate=number, customer_class=customer_class)
        return _run_of(market, task, halt)

    runs: list[_Lived] = []
    standing, last = None, 0
    while not standing or not standing.reached and last < MOST_REPLICATIONS:
        first, last = (
            last,
            replications if until is None else min(last + BATCH if last else FIRST_REPLICATIONS, MOST_REPLICATIONS),
        )
        work = [(policy, number) for number in range(first, last) for policy in policies]
        runs += side_by_side(live, work, workers, progress or shown_progress("worlds"))
        if until is None:
            break
        standing = stopping(_value_gaps(scenario, runs, policies), Rule(until))
    comparison = replace(_summary(scenario, runs, list(policies), seed_used, adopt), decisions=decision_table(worlds))
    return replace(comparison, about=dict(comparison.about) | _stopping_record(standing)) if standing else comparison


def _run_of(market: Market, task: tuple[str, int], halt: PhaseObserver) -> _Lived:
    notes = CustomerObserver(market.scenario.months, halt)
    market.watcher = notes.look
    monthly, end = market.run().monthly(), market.world
    return _Lived(*task, monthly, _whale(market), notes.survival(end.weight), notes.allocation(end))


def _stopping_record(standing: SamplingState) -> dict[str, Any]:
    """Why no more worlds were added, for `about`."""
    return {
        "until_halfwidth": standing.rule.target, "halfwidth": standing.halfwidth, "reached": standing.reached,
        "fewest": standing.rule.fewest, "look_ahead": standing.rule.look_ahead, "held_from": standing.held_from,
    }  # fmt: skip


def _value_gaps(scenario: Scenario, runs: list[_Lived], policies: Sequence[str]) -> np.ndarray:
    """Differences of net present value, one row per replication and one column per pair of policies. [money]"""
    focal, rate = scenario.firms[0].name, scenario.market["discount_rate"]
    values = np.array([present_value(run.monthly[run.monthly["firm"] == focal], rate) for run in runs])
    by_policy = values.reshape(-1, len(policies))
    return np.column_stack([by_policy[:, b] - by_policy[:, a] for a, b in combinations(range(len(policies)), 2)])


def _refuse_unsound(policies: Sequence[str], replications: int, adopt: str, until: float | None) -> None:
    if len(policies) < 2 or len(set(policies)) < len(policies):
        raise BadInput("a comparison needs at least two different policies")
    if replications < 2:
        raise BadInput(f"a comparison needs at least 2 replications; {replications} was asked for")
    if replications > MOST_ASKED:
        raise BadInput(
            f"{replications} replications were asked for; at most {MOST_ASKED} are simulated in one comparison"
        )
    if adopt not in ADOPTERS:
        raise BadInput(f"adopt is {adopt!r}; allowed are {' and '.join(ADOPTERS)}")
    if until is not None and not 0.0 < until < float("inf"):
        raise BadInput(f"the half-width to reach is {until:g}; an amount of money above 0 is needed")


def with_policy(scenario: Scenario, policy: str, adopt: str, settings: Mapping[str, Any]) -> Scenario:
    """The scenario with one policy, and perhaps its own settings, given to the focal firm or to all."""
    seats = range(len(scenario.firms)) if adopt == "all" else range(1)
    changes: dict[str, Any] = {f"firms.{seat}.policy": policy for seat in seats}
    for seat in seats:
        changes |= {f"firms.{seat}.{key}": value for key, value in settings.items()}
    return scenario.with_settings(changes)


def _whale(market: Market) -> np.ndarray:
    """Cumulated contribution of the focal firm's customers, best first, at even shares of their number. [money]"""
    people = market.world.people
    own = np.sort(people.contribution[people.supplier == 0, 0])[::-1] / 100.0
    edges = np.linspace(0, len(own), WHALE_STEPS + 1).round().astype(int)
    return np.asarray(np.concatenate(([0.0], np.cumsum(own)))[edges])


def _summary(scenario: Scenario, results: list[_Lived], policies: list[str], seed: int, adopt: str) -> Comparison:
    focal, rate = scenario.firms[0].name, scenario.market["discount_rate"]
    tables = {(result.policy, result.replicate): result.monthly[result.monthly["firm"] == focal] for result in results}
    runs = pd.concat(
        [yearly(table, rate).assign(policy=policy, replicate=number) for (policy, number), table in tables.items()]
    )[["policy", "replicate", "measure", "year", "value"]]
    pairs = [(a, b) for k, b in enumerate(policies) for a in policies[k + 1 :]]
    about = {
        "scenario": scenario.name, "sha256": scenario.sha256, "seed": seed, "adopt": adopt, "policies": policies,
        "replications": len(results) // len(policies), "months": scenario.months, "focal": focal,
        "currency": scenario.currency,
    }  # fmt: skip
    monthly = pd.concat([result.monthly.assign(world=result.policy, replicate=result.replicate) for result in results])
    return Comparison(
        runs, _gaps(runs, pairs), _bridges(tables, pairs, rate), _whales(results), monthly, about,
        allocation=_of_each_run(results, "allocation"), survival=_of_each_run(results, "survival"),
    )  # fmt: skip


def _of_each_run(results: list[_Lived], name: str) -> pd.DataFrame:
    """A table of every run below each other, with policy and replicate before its own columns."""
    table = pd.concat([getattr(run, name).assign(policy=run.policy, replicate=run.replicate) for run in results])
    return table[["policy", "replicate", *(key for key in table if key not in ("policy", "replicate"))]]


def _gaps(runs: pd.DataFrame, pairs: list[tuple[str, str]]) -> pd.DataFrame:
    by_policy = runs.pivot(index=["measure", "year", "replicate"], columns="policy", values="value")
    rows = []
    for (measure, year), part in by_policy.groupby(level=["measure", "year"]):
        for policy, against in pairs:
            difference = paired_difference(part[policy], part[against])
            rows.append({"policy": policy, "against": against, "measure": measure, "year": year} | asdict(difference))
    return pd.DataFrame(rows)


def _bridges(tables: Mapping[tuple[str, int], pd.DataFrame], pairs: list[tuple[str, str]], rate: float) -> pd.DataFrame:
    numbers = sorted({number for _, number in tables})
    rows = []
    for policy, against in pairs:
        bridges = pd.DataFrame([reap_bridge(tables[policy, k], tables[against, k], rate) for k in numbers])
        for term in bridges:
            gap = paired_difference(bridges[term], np.zeros(len(bridges)))
            rows.append(
                {"policy": policy, "against": against, "term": term, "mean": gap.mean, "low": gap.low, "high": gap.high}
            )
    return pd.DataFrame(rows)


def _whales(runs: list[_Lived]) -> pd.DataFrame:
    shares = np.linspace(0.0, 1.0, WHALE_STEPS + 1)
    return pd.concat(
        pd.DataFrame({"policy": run.policy, "replicate": run.replicate, "rank_share": shares, "cumulated": run.whale})
        for run in runs
    )
