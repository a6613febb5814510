"""What a command costs before anything is simulated, the first compile, and worlds run to their end in a process."""

import tempfile
from collections.abc import Iterator
from typing import NamedTuple

from sim.benchmarks.model import measure_columns
from sim.benchmarks.processes import RUN, in_process
from sim.benchmarks.result import Bound, Result, at_least, at_most, measured, skipped
from sim.benchmarks.sizes import QUICK, Sizes

TINY = ("--customers", "100", "--years", "1")
FIRST_COMPILE = at_most(25.0)
MEMORY_OF_THE_LARGEST = at_most(4000.0)


class Start(NamedTuple):
    """A command that is started in a process of its own.

    Args:
        name: Name of its CPU time.
        words: Words of the command.
        bound: Bound on its CPU time. [s]
        status: Its exit status.
    """

    name: str
    words: tuple[str, ...]
    bound: Bound
    status: int = 0


STARTS = (
    Start("start_up_version", ("--version",), at_most(0.3)),
    Start("start_up_help", ("--help",), at_most(0.3)),
    Start("start_up_wrong_word", ("rnu",), at_most(0.3), 2),
    Start("start_up_scenario_list", ("scenario", "list"), at_most(0.3)),
    Start("start_up_first_month", (*RUN, "--set", "months=1"), at_most(1.5)),
    Start("start_up_small_run", (*RUN, *TINY), at_most(3.0)),
)


def measure_starts(sizes: Sizes) -> Iterator[Result]:
    """CPU time of fresh processes; a run before them compiles, so that they do not. Rounds take turns."""
    in_process(*RUN, "--set", "months=1")
    spent: dict[Start, list[float]] = {start: [] for start in STARTS}
    for _ in range(sizes.rounds):
        for start, seconds in spent.items():
            seconds.append(in_process(*start.words, status=start.status).seconds)
    for start, seconds in spent.items():
        yield measured(start.name, seconds, "s", start.bound, f"sim {' '.join(start.words)}; CPU time, compiled before")


def measure_compiling(sizes: Sizes) -> Iterator[Result]:
    """The first run after an install, which compiles everything, beside a second one."""
    if sizes == QUICK:
        yield skipped("first_compile", "s", FIRST_COMPILE, "left out by --quick")
        yield skipped("first_run_says_so_once", "0 or 1", at_least(1.0), "left out by --quick")
        return
    with tempfile.TemporaryDirectory() as folder:
        first, second = (in_process(*RUN, *TINY, cache=folder) for _ in range(2))
    yield measured("first_compile", [first.seconds - second.seconds], "s", FIRST_COMPILE,
                   f"CPU time of the first run of telecom, {first.seconds:.1f} s, beyond the second")  # fmt: skip
    once = first.messages.count("compiling") == 1 and "compiling" not in second.messages
    yield measured("first_run_says_so_once", [float(once)], "0 or 1", at_least(1.0), "the second run is silent")


def measure_memory(sizes: Sizes) -> Iterator[Result]:
    """Bytes of the columns, and peak of a whole process with a large world."""
    yield from measure_columns(sizes)
    size = str(sizes.large)
    peak = in_process(*RUN, "--customers", size, "--years", "1", "--set", "market.warm_up=1").peak
    yield measured(f"peak_memory_{size}", [peak / 1e6], "MB", at_most(2000.0), "resident, of a whole process")


def measure_largest(sizes: Sizes) -> Iterator[Result]:
    """The largest world, run to its end in a process of its own: memory, bytes of a customer, and time."""
    size = sizes.largest
    idle = in_process(*RUN, *TINY)  # compiles, and tells what a process takes without a large world
    whole = in_process(*RUN, "--customers", str(size), "--years", "1", "--set", "market.warm_up=0")
    what = f"{size} customers, 12 months, to the end"
    yield measured(f"peak_memory_{size}", [whole.peak / 1e6], "MB", MEMORY_OF_THE_LARGEST,
                   f"resident, of a whole process; {what}")  # fmt: skip
    own = (whole.peak - idle.peak) / size
    yield measured(f"peak_bytes_per_customer_{size}", [own], "bytes", None, "peak beyond that of a small run")
    yield measured(f"seconds_{size}", [whole.seconds], "s", None, f"CPU time, birth included; {what}")
    yield measured(
        f"wall_seconds_{size}", [whole.wall], "s", None, "by the clock on the wall; depends on what else runs"
    )
