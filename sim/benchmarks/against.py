"""This version beside version 0.1.0: in turns with a checkout of it, or with what was recorded of it elsewhere."""

import datetime
import importlib.resources
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from sim.benchmarks.result import ELSEWHERE, Bound, Result, at_least, measured
from sim.benchmarks.sizes import FULL, Sizes
from sim.benchmarks.sweep import load
from sim.parameters import BadInput

HERE = Path(__file__).parent.parent.parent
WORLDS, CUSTOMERS = ("telecom", "grocery"), (1_000, 10_000)
FASTER = at_least(5.0)
RECORD_FILE = "version_0_1_0.json"
TURNS_OF_RUNS = 3  # runs and sweeps take long


class TimedWork(NamedTuple):
    """Something that any version since 0.1.0 can be timed at.

    Args:
        name: Name of the figure.
        program: File of the program, beside this one.
        words: What the program is given.
        unit: Unit of what it prints.
        note: What is timed.
    """

    name: str
    program: str
    words: tuple[str, ...]
    unit: str
    note: str


def works(sizes: Sizes) -> Iterator[TimedWork]:
    """The customers' phases by world and size, and runs of a usual size that are saved, alone and in a sweep."""
    for world in WORLDS if sizes == FULL else WORLDS[:1]:
        for customers in CUSTOMERS if sizes == FULL else (sizes.run_customers,):
            words = (world, str(customers), "9" if customers < max(CUSTOMERS) else "3")
            yield TimedWork(
                f"phases_{world}_{customers}", "phases_program.py", words, "ns/customer-month",
                f"customers' phases of {world}, {customers} customers, one thread",
            )  # fmt: skip
    usual = (str(sizes.run_customers), str(sizes.run_months), str(TURNS_OF_RUNS))
    what = f"{sizes.run_customers} customers, {sizes.run_months} months, telecom"
    yield TimedWork("saved_run", "runs_program.py", ("run", *usual), "ms", f"a run with its folder, {what}")
    yield TimedWork("run_of_a_sweep", "runs_program.py", ("sweep", *usual[:2], "1"), "ms",
               f"a further run of a sweep of three policies, one worker, {what}")  # fmt: skip


def cost(checkout: Path, work: TimedWork) -> float:
    """CPU time of a work in a process of its own, in its unit.

    Raises:
        BadInput: The checkout cannot do it.
    """
    program = str(Path(__file__).with_name(work.program))
    done = subprocess.run(
        [sys.executable, "-P", program, *work.words],
        env=os.environ | {"PYTHONPATH": str(checkout)}, cwd=checkout, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise BadInput(
            f"{checkout}: no version of sim that can be timed at {work.name}: {done.stderr.strip().splitlines()[-1:]}. "
            "Name the folder of a checkout that contains the folder sim"
        )
    return float(done.stdout)


def measure_in_turns(other: Path, sizes: Sizes) -> Iterator[Result]:
    """Cost in both versions, and how many times faster this one is.

    Each round runs both versions one after the other, so that a busy machine slows both; compiling is not timed.
    """
    for work in works(sizes):
        pairs = [(cost(other, work), cost(HERE, work)) for _ in range(min(sizes.rounds, TURNS_OF_RUNS))]
        before, now = zip(*pairs, strict=True)
        yield measured(f"{work.name}_of_0.1.0", before, work.unit, None, f"{work.note}; the checkout; CPU time")
        yield measured(work.name, now, work.unit, None, f"{work.note}; CPU time")
        yield measured(f"{work.name}_times_faster", [a / b for a, b in pairs], "ratio", FASTER,
                       f"{work.note}; versions in turns")  # fmt: skip


def measure_with_record(sizes: Sizes) -> Iterator[Result]:
    """Cost in this version beside what was recorded of 0.1.0; their ratio mixes two machines, so it is not judged."""
    record = recorded()
    figures, where = record["figures"], f"{record['date']}, {record['machine']}"
    for work in works(sizes):
        now = cost(HERE, work)
        yield measured(work.name, [now], work.unit, None, f"{work.note}; CPU time")
        if work.name in figures:
            before = figures[work.name]["value"]
            yield _from_record(f"{work.name}_of_0.1.0", before, work.unit, None, f"commit {record['commit']}; {where}")
            yield _from_record(f"{work.name}_times_faster", before / now, "ratio", FASTER,
                               "recorded over measured, not judged; --against CHECKOUT judges")  # fmt: skip


def _from_record(name: str, value: float, unit: str, bound: Bound | None, note: str) -> Result:
    return measured(name, [value], unit, bound, note)._replace(source=ELSEWHERE)


def recorded() -> Mapping[str, Any]:
    """What was measured of version 0.1.0: commit, date, machine, load, and the figures with unit and range."""
    text = importlib.resources.files("sim.benchmarks").joinpath(RECORD_FILE).read_text(encoding="utf-8")
    record: Mapping[str, Any] = json.loads(text)
    return record


def record_of(results: Sequence[Result], commit: str) -> Mapping[str, Any]:
    """What a run with a checkout of 0.1.0 measured of it, as the record keeps it.

    Args:
        results: Rows of the run.
        commit: Of the checkout.
    """
    ending = "_of_0.1.0"
    of_it = [one for one in results if one.name.endswith(ending)]
    return {
        "version": "0.1.0", "commit": commit, "date": datetime.date.today().isoformat(), "machine": machine(),
        "figures": {
            one.name.removesuffix(ending): {"value": one.value, "unit": one.unit, "low": one.low, "high": one.high}
            for one in of_it
        },
    }  # fmt: skip


def commit_of(checkout: Path) -> str:
    """Short name of the commit that is checked out, or `unknown`."""
    words = ("git", "-C", str(checkout), "rev-parse", "--short", "HEAD")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def machine() -> str:
    """Processor, number of processors, how many processes wanted one in the last minute, and versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = models[0] if models else platform.processor() or platform.machine()
    versions = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy"))
    return (
        f"{processor}, {os.cpu_count()} processors, load {load():.1f}, "
        f"Python {platform.python_version()}, {versions}"
    )  # fmt: skip
