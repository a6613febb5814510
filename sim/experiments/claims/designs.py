"""The experiments of a claim: its arms in base worlds, sampled worlds, its counterexample and under its control."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from sim.experiments.claims.claim import Claim, arms_in
from sim.experiments.claims.measures import ClaimMeasure
from sim.experiments.claims.shipped import BANK, claims_folder
from sim.experiments.sweep.design import Experiment
from sim.experiments.sweep.design.points import Point
from sim.parameters import BadInput, Scenario

ARM, WORLD, VALUE = "arm", "world", "value"
CONTROL_PAIRS, QUICK_CONTROL_PAIRS = 2, 1  # one pair is enough to see a difference that must be exactly zero
COUNTER_PAIRS, QUICK_COUNTER_PAIRS = 8, 3
NO_LIMIT = 3600.0  # seconds after which a run counts as hung


@dataclass(frozen=True)
class LedgerSize:
    """How much is run for each claim.

    Args:
        worlds: Base worlds at most; 0 for all that the claim names.
        pairs: Replications at most in a base world; 0 for as many as the claim names.
        sampled: Sampled worlds.
        trials: Trials of every arm in tuning; 0 for none.
        training: Worlds of a trial.
        grid: Whether curves are made.
        seed: Seed of all worlds.
    """

    worlds: int = 0
    pairs: int = 0
    sampled: int = 60
    trials: int = 8
    training: int = 1
    grid: bool = True
    seed: int = 1

    @property
    def is_quick(self) -> bool:
        """Whether this is less than what claims are judged by."""
        return bool(self.worlds or self.pairs or not self.trials)


FULL_LEDGER = LedgerSize()
QUICK_LEDGER = LedgerSize(worlds=1, pairs=3, sampled=4, trials=0, grid=False)

ArmTuning = Mapping[str, Mapping[str, float]]  # settings by arm


def base_worlds(claim: Claim, size: LedgerSize) -> tuple[str, ...]:
    """The base worlds that are run."""
    return claim.worlds[: size.worlds] if size.worlds else claim.worlds


def pairs_of(claim: Claim, size: LedgerSize) -> int:
    """Replications in a base world."""
    return min(claim.pairs, size.pairs) if size.pairs else claim.pairs


def base_experiment(claim: Claim, world: str, size: LedgerSize, tuning: ArmTuning) -> Experiment:
    """All arms of a claim in a base world, each with the decisions that it has tuned."""
    return _experiment(claim, world, {}, pairs_of(claim, size), size, tuning)


def control_experiment(claim: Claim, size: LedgerSize) -> Experiment:
    """All arms where nothing can tell them apart."""
    pairs = QUICK_CONTROL_PAIRS if size.is_quick else CONTROL_PAIRS
    return _experiment(claim, claim.worlds[0], claim.control, pairs, size, {})


def counterexample(claim: Claim, size: LedgerSize) -> Experiment:
    """All arms in the world in which the claim comes out the other way.

    Raises:
        BadInput: The claim has none.
    """
    if claim.other_way is None:
        raise BadInput(f"claim {claim.id} is definitional, so it has no world in which it comes out the other way")
    most = QUICK_COUNTER_PAIRS if size.is_quick else COUNTER_PAIRS
    pairs = min(size.pairs or most, most)
    return _experiment(claim, claim.other_way.world, claim.other_way.settings, pairs, size, {})


def _experiment(
    claim: Claim, world: str, settings: Mapping[str, Any], pairs: int, size: LedgerSize, tuning: ArmTuning
) -> Experiment:
    arms = claim.arm_settings(Scenario.load(world))
    tuned = {name: {**chosen, **tuning.get(name, {}), **settings} for name, chosen in arms.items()}
    return Experiment.from_mapping(
        _frame(claim, world, size) | {"replications": pairs, "factors": {ARM: {"bundles": tuned}}}, f"claim {claim.id}"
    )


def _frame(claim: Claim, world: str, size: LedgerSize) -> dict[str, Any]:
    """What all experiments of a claim have in common."""
    return {
        "name": claim.id,
        "description": claim.statement,
        "scenario": world,
        "settings": {"market.customers": claim.customers, "months": claim.months} | dict(claim.settings),
        "seed": size.seed,
        "outcomes": _outcomes((*claim.measures, *claim.report)),
        "monthly": [],
        "limit": NO_LIMIT,
    }


def _outcomes(measures: Sequence[ClaimMeasure]) -> dict[str, Any]:
    return {name: dict(outcome) for measure in measures for name, outcome in measure.outcomes().items()}


def grid_experiment(claim: Claim, size: LedgerSize) -> Experiment | None:
    """The arms over the values of the curve that is told beside; None without one."""
    if claim.grid is None or not size.grid:
        return None
    grid, world = claim.grid, claim.worlds[0]
    arms = claim.arm_settings(Scenario.load(world))
    in_arms = any(grid.path in chosen for chosen in arms.values())
    if in_arms:
        first = arms[grid.measure.subject]
        levels: dict[str, Any] = {f"{value:g}": {**first, grid.path: value} for value in grid.values}
        factors: dict[str, Any] = {ARM: {"bundles": levels}}
    else:
        factors = {ARM: {"bundles": arms}, VALUE: {"path": grid.path, "values": list(grid.values)}}
    frame = _frame(claim, world, size) | {"outcomes": _outcomes([grid.measure])}
    return Experiment.from_mapping(frame | {"replications": pairs_of(claim, size), "factors": factors}, claim.id)


@dataclass(frozen=True)
class SampledWorlds:
    """The sampled worlds of one claim.

    Args:
        experiment: Every arm in every world.
        numbers: What was drawn, by name of the world and factor; without the factors that the claim sets itself.
        refused: Worlds of the bank that the arms do not go with.
    """

    experiment: Experiment
    numbers: Mapping[str, Mapping[str, Any]]
    refused: int


def sampled_worlds(claim: Claim, size: LedgerSize, bank: Experiment) -> SampledWorlds:
    """The arms of a claim in the first worlds of the bank, with what carries the claim on in all of them.

    Raises:
        BadInput: The arms go with fewer than two worlds of the bank.
    """
    base = bank.scenario
    worlds, numbers, refused = dict[str, Any](), dict[str, Mapping[str, Any]](), 0
    own = claim.paths | {f"mechanisms.{name}" for name in claim.mechanisms}
    left_out = {factor.name for factor in bank.factors if own & set(factor.sets)} | set(claim.without)
    for number, labels, settings in _drawn(claim, size.sampled, bank, left_out):
        try:
            arms_in(claim, base, settings)
        except BadInput:
            refused += 1
            continue
        worlds[f"world {number}"], numbers[f"world {number}"] = settings, labels
    if len(worlds) < 2:
        raise BadInput(f"claim {claim.id}: its arms go with {len(worlds)} worlds of the bank; at least 2 are needed")
    arms = claim.arm_settings(base)
    frame = _frame(claim, base.name, size) | {"outcomes": _outcomes(claim.measures)}
    frame["settings"] = dict(bank.settings) | frame["settings"]
    factors = {WORLD: {"bundles": worlds}, ARM: {"bundles": arms}}
    made = Experiment.from_mapping(frame | {"replications": 1, "factors": factors}, f"claim {claim.id}, sampled worlds")
    return SampledWorlds(made, numbers, refused)


def _drawn(
    claim: Claim, count: int, bank: Experiment, left_out: Set[str]
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Number, labels and settings of the first worlds of the bank, with the factors that the claim adds."""
    factors = {factor.name: set(factor.sets) for factor in bank.factors if factor.name not in left_out}
    paths = set().union(*factors.values())
    own = _own_factors(claim, count, bank)
    for point in bank.points[:count]:
        labels = {name: label for name, label in point.labels.items() if name in factors}
        settings = {path: value for path, value in point.settings.items() if path in paths}
        more = own[point.number] if own else None
        yield point.number, labels | dict(more.labels if more else {}), settings | dict(more.settings if more else {})


def _own_factors(claim: Claim, count: int, bank: Experiment) -> Sequence[Point]:
    if not claim.ranges:
        return ()
    design = {"kind": "latin_hypercube", "points": count, "seed": bank.plan.seed}
    frame = {
        "name": claim.id, "scenario": bank.scenario.name, "factors": dict(claim.ranges), "design": design,
        "outcomes": {"profit": {"measure": "profit"}},  # an experiment needs one; only the points are used
    }  # fmt: skip
    return Experiment.from_mapping(frame, f"claim {claim.id}, reach.ranges").points


def load_bank() -> Experiment:
    """The bank of sampled worlds that all claims share.

    Raises:
        BadInput: Its file is not there or wrong.
    """
    return Experiment.load(claims_folder() / f"{BANK}.yaml")
