"""A scenario lived to its end in one call."""

from sim.parameters.scenario import Scenario
from sim.simulation.market import Market


def run(
    scenario: Scenario | str,
    seed: int | None = None,
    replicate: int = 0,
    engine: str | None = None,
    threads: int = 1,
) -> Market:
    """Live a scenario, or the one of that name, to its end.

    Args:
        scenario: What the world is made of, or a name in the box or a path.
        seed: Seed of all draws; the scenario's own if left out.
        replicate: Number of the replication.
        engine: ``compiled`` or ``agents``; as for a new market if left out.
        threads: Threads of the compiled engine.

    Raises:
        BadInput: Unknown scenario, engine or policy.
        RunFailed: A number was no number or out of its range.
    """
    world = Scenario.load(scenario) if isinstance(scenario, str) else scenario
    return Market(world, seed=seed, replicate=replicate, engine=engine, threads=threads).run()
