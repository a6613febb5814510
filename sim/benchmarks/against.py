"""The customers' phases of this version beside those of another checkout, in processes that take turns."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sim.parameters import BadInput

WORLDS = ("telecom", "grocery")
HERE = Path(__file__).parent.parent.parent
# Runs in either version: prints the CPU nanoseconds of the customers' phases per customer and month.
PROGRAM = """
import statistics, sys, time
from sim import Market, Scenario
world, size, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
settings = {"market.customers": size, "market.size": max(size, 1000), "months": 1200, "market.warm_up": 0}
market, spent = Market(Scenario.load(world).with_settings(settings)), [0.0]
engine = market.engine
def timed(work):
    def run(*given):
        started = time.thread_time()
        done = work(*given)
        spent[0] += time.thread_time() - started
        return done
    return run
for phase in ("turn", "meet", "react", "population_phase", "market_phase", "service_phase"):
    if hasattr(engine, phase):
        setattr(engine, phase, timed(getattr(engine, phase)))
for _ in range(12):
    market.step()
seen = []
for _ in range(rounds):
    spent[0] = 0.0
    for _ in range(4):
        market.step()
    seen.append(spent[0] / 4 / size * 1e9)
print(statistics.median(seen))
"""


def nanoseconds(checkout: Path, world: str, customers: int, rounds: int) -> float:
    """CPU time of the customers' phases in one process. [ns per customer and month]

    Raises:
        BadInput: The checkout cannot run it.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, world, str(customers), str(rounds)],
        env=os.environ | {"PYTHONPATH": str(checkout)}, cwd=checkout, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise BadInput(f"{checkout}: no version of sim that can be timed: {done.stderr.strip().splitlines()[-1:]}")
    return float(done.stdout)


def times_faster(other: Path, world: str, customers: int, rounds: int) -> tuple[list[float], float, float]:
    """How many times faster this version is than another checkout, round by round, and the median of each. [ns]

    Each round runs both versions one after the other, so that a busy machine slows both; compiling is not timed.
    """
    pairs = [(nanoseconds(other, world, customers, 9), nanoseconds(HERE, world, customers, 9)) for _ in range(rounds)]
    before, now = (statistics.median(side) for side in zip(*pairs, strict=True))
    return [theirs / ours for theirs, ours in pairs], before, now


def measure_versions(
    other: Path, customers: int, rounds: int
) -> Iterator[tuple[str, list[float], str, float, bool, str]]:
    """Name, ratios, unit, target, whether it bounds from above, and note, for each world."""
    for world in WORLDS:
        ratios, before, now = times_faster(other, world, customers, rounds)
        note = (
            f"{before:.0f} and {now:.0f} ns per customer and month, {customers} customers, one process after the other"
        )
        yield f"phases_times_faster_{world}", ratios, "ratio", 5.0, False, note
