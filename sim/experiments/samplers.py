"""Samplers of optuna, which may spend the trials that are left to a policy instead of the direct search."""

from collections.abc import Callable, Mapping
from typing import Any

from sim.statistics.extras import import_extra

Decisions = dict[str, float]
SAMPLERS = {"tpe": "TPESampler", "cmaes": "CmaEsSampler"}
DIRECT = "direct"  # the search that needs no library
SEARCHES = (DIRECT, *SAMPLERS)


def sample(
    sampler: str,
    ranges: Mapping[str, tuple[float, float]],
    earlier: list[tuple[Decisions, float]],
    attempt: Callable[[Decisions], float],
    trials: int,
    seed: int,
) -> None:
    """Let a sampler choose points, one after the other, by what is known and by what its own points were worth.

    Args:
        sampler: A name of `SAMPLERS`.
        ranges: Lowest and highest value of each decision.
        earlier: Points tried before, and their worth.
        attempt: Lives a point and tells its worth.
        trials: How many points to choose.
        seed: Seed of the sampler: the same seed chooses the same points.

    Raises:
        BadInput: A library is not installed.

    Source:
        Akiba, Sano, Yanase, Ohta and Koyama (2019).
    """
    optuna = import_extra("optuna", "tune")
    if sampler == "cmaes":
        import_extra("cmaes", "tune")  # which optuna imports only when it first samples
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    space = {name: optuna.distributions.FloatDistribution(*ends) for name, ends in ranges.items()}
    sampler_used: Any = getattr(optuna.samplers, SAMPLERS[sampler])(seed=seed)
    study = optuna.create_study(direction="maximize", sampler=sampler_used)
    for point, worth in earlier:
        study.add_trial(optuna.trial.create_trial(params=point, distributions=space, value=worth))
    for _ in range(trials):
        trial = study.ask(space)
        study.tell(trial, attempt({name: float(value) for name, value in trial.params.items()}))
