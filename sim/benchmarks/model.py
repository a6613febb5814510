"""Speed and memory of one world: CPU time of interleaved rounds in one process, compared as ratios."""

import time
from collections.abc import Iterator

from sim.benchmarks.plain_mesa import PlainMarket
from sim.benchmarks.result import Result, at_least, at_most, measured
from sim.benchmarks.rounds import ratios, time_interleaved, timed, world_of
from sim.benchmarks.sizes import Sizes
from sim.benchmarks.timed_engine import share_outside
from sim.model.world import new_world
from sim.parameters import Scenario


def measure_engines(sizes: Sizes) -> Iterator[Result]:
    """Compiled against agents, and against a plain Mesa loop."""
    for size in (sizes.small, sizes.middle):
        times = time_interleaved(
            {
                "compiled": timed(world_of(size).step, max(1, 40_000 // size)),
                "agents": timed(world_of(size, engine="agents").step, 1),
                "mesa": timed(PlainMarket(size, 1).step, 2),
            },
            sizes.rounds,
        )
        yield measured(f"agents_over_compiled_{size}", ratios(times, "agents", "compiled"), "ratio", at_least(30.0),
                       "Mesa agents that follow the same rules, bit for bit")  # fmt: skip
        yield measured(f"plain_mesa_over_compiled_{size}", ratios(times, "mesa", "compiled"), "ratio", None,
                       "a plain Mesa loop with a dozen draws, not the same model")  # fmt: skip


def measure_scaling(sizes: Sizes) -> Iterator[Result]:
    """Cost of a customer-month in a large and a small world."""
    base, large = sizes.base, sizes.large
    times = time_interleaved(
        {"base": timed(world_of(base).step, 20), "large": timed(world_of(large).step, 1)}, sizes.rounds
    )
    for size, which in ((base, "base"), (large, "large")):
        values = [seconds / size * 1e9 for seconds in times[which]]
        yield measured(f"cost_{size}", values, "ns/customer-month", None, "telecom, 3 firms, one thread; CPU time")
    values = [ratio * base / large for ratio in ratios(times, "large", "base")]
    yield measured(f"cost_{large}_over_{base}", values, "ratio", at_most(1.2), "per customer-month, worlds in turns")


def measure_threads(sizes: Sizes) -> Iterator[Result]:
    """Two threads against one, by the clock on the wall: only an idle machine shows the speed-up."""
    one, two = world_of(sizes.threaded), world_of(sizes.threaded, threads=2)
    works = {"one": timed(one.step, 2, time.perf_counter), "two": timed(two.step, 2, time.perf_counter)}
    times = time_interleaved(works, sizes.rounds)
    yield measured("two_threads_speed_up", ratios(times, "one", "two"), "ratio", None,
                   f"wall time, {sizes.threaded} customers; depends on what else runs")  # fmt: skip
    same = one.world.people.person.tobytes() == two.world.people.person.tobytes()
    yield measured("two_threads_same_bits", [float(same)], "0 or 1", at_least(1.0), "every column of every customer")


def measure_columns(sizes: Sizes) -> Iterator[Result]:
    """Bytes of the columns of `sim run`, network included."""
    scenario = Scenario.load("telecom").with_settings({"market.customers": sizes.base})
    world = new_world(scenario, scenario.seed, 0, bills_kept=False)
    arrays = (world.people.person, world.people.relations, *world.network)
    size = sum(array.nbytes for array in arrays) / sizes.base
    yield measured("bytes_per_customer", [size], "bytes", at_most(320.0), "sim run, 3 firms, network of mean degree 10")


def measure_outside(sizes: Sizes) -> Iterator[Result]:
    """Share of a run that is not the customers' months: birth, firms, books, measures, checks, table."""
    customers, months = sizes.run_customers, sizes.run_months
    shares = [share_outside(customers, months) for _ in range(sizes.rounds + 1)]
    yield measured("share_outside_compiled_loop", shares[1:], "share", at_most(0.25),
                   f"{customers} customers, {months} months, birth and table included")  # fmt: skip
