"""One world run month by month without Mesa: what a market is made of, and what commands use that need no agents."""

from typing import Any

import numpy as np

from sim.model.firm.decide import UnsoundPlan
from sim.model.month import run_month
from sim.model.phases import Engine, PhaseObserver, nobody_looks
from sim.model.world import World, new_world
from sim.parameters.checking import as_whole, count_argument
from sim.parameters.errors import BadInput
from sim.parameters.scenario import USUAL_CUSTOMERS, Scenario
from sim.simulation.guard import RunFailed, check
from sim.simulation.tables import customer_columns, measured_columns

MOST_SEEDS = 2**63


class Simulation:
    """A world and the engine that runs it; the numbers are those of `Market`, to the bit.

    Args:
        scenario: What the world is made of.
        engine: Runs the customers' part of the month.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication; changes every draw.
        bills_kept: Whether what each customer was billed is kept, which takes eight bytes for each firm.

    Raises:
        BadInput: Unknown policy, a seed that is no whole number, or customers of a class of their own.
    """

    def __init__(
        self,
        scenario: Scenario,
        engine: Engine,
        seed: int | None = None,
        replicate: int = 0,
        bills_kept: bool = True,
    ) -> None:
        if scenario.customer_class != USUAL_CUSTOMERS:
            raise BadInput(f"market.customer_class is {scenario.customer_class!r}; such customers need a Market")
        self.scenario = scenario
        self.seed_used = seed_of(scenario, seed, None)
        self.replicate = replicate
        self.world = new_world(scenario, self.seed_used, replicate, bills_kept)
        self.engine = engine
        self.watcher: PhaseObserver = nobody_looks

    @property
    def month(self) -> int:
        """Recorded months so far; negative or 0 during the warm-up."""
        return self.world.month - self.world.warm_up

    def advance(self) -> None:
        """Run one month.

        Raises:
            RunFailed: A number was no number or out of its range, or a policy decided what is not allowed.
        """
        run_checked_month(self.world, self.engine, self.watcher)

    def measures(self) -> dict[str, np.ndarray]:
        """The measures by name, each of shape (months * firms,), as `measured_columns` has them."""
        return measured_columns(self.world)

    def customers_columns(self) -> dict[str, Any]:
        """One row per place in the pool, by column: the customer there and their state."""
        return customer_columns(self.world.people, [firm.name for firm in self.world.firms])


def run_checked_month(world: World, engine: Engine, look: PhaseObserver = nobody_looks) -> None:
    """Run one month of a world, and stop where a number is none or out of its range.

    Raises:
        RunFailed: Names month, and customer or policy.
    """
    before = world.month - world.warm_up
    try:
        run_month(world, engine, look)
    except UnsoundPlan as trouble:
        raise RunFailed(f"month {before + 1}: {trouble}") from trouble
    except (ValueError, ArithmeticError):  # perhaps a number that is none, met in plain Python
        check(world, before + 1)
        raise
    if world.counts[0]["unsound"]:
        check(world, world.month - world.warm_up)


def seed_of(scenario: Scenario, seed: Any, rng: Any = None) -> int:
    """The seed asked for by either name, or the scenario's own.

    Raises:
        BadInput: Both are given and differ, or what is given is no whole number.
    """
    seeds = [value for value in (seed, rng) if value is not None]
    choice = {as_whole(value) for value in seeds} or {scenario.seed}
    if None in choice:
        raise BadInput(f"seed is {seeds[0]!r}; a whole number is needed, since draws follow from a seed and an address")
    if len(choice) > 1:
        raise BadInput(f"seed is {seed} and rng is {rng}; they are two names of one thing: give one")
    return count_argument(choice.pop(), "seed", 0, MOST_SEEDS - 1)
