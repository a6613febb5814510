"""Small sweeps for tests."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import yaml

from sim import Experiment, sweep
from sim.experiments.sweep.store.cleaning import parts
from sim.experiments.sweep.store.parts import RUNS
from sim.experiments.sweep.store.tables import read_months, read_runs

TINY = {"market.customers": 60, "market.size": 600, "months": 6, "market.warm_up": 1}
NPV = {"measure": "profit", "aggregation": "present_value"}


def design(**changed):
    """A mapping of a tiny experiment with some keys changed."""
    return {
        "name": "tiny",
        "scenario": "telecom",
        "settings": TINY,
        "factors": {
            "policy": {"policies": ["product_centric", "osfa"]},
            "spread": {"path": "market.needs.spread", "values": [0.5, 1.0]},
        },
        "replications": 5,
        "outcomes": {"npv": NPV, "left": {"measure": "losses", "firm": "all"}},
        "limit": 30,
    } | changed


def tiny(**changed):
    return Experiment.from_mapping(design(**changed))


@cache
def shipped_experiment(name):
    """An experiment in the box; those of thousands of points take seconds to load."""
    return Experiment.load(name)


def here(experiment, folder, **how):
    """A sweep in this very process."""
    with ThreadPoolExecutor(1) as executor:
        return sweep(experiment, folder, executor=executor, **how)


def results(made):
    """What must not depend on how a sweep was run: all runs and months, in one order."""
    runs, months = read_runs(made.folder), read_months(made.folder)
    kept = [name for name in runs.columns if name not in ("seconds", "host", "command")]
    by_month = months.sort_values(["key", "month", "firm"]).reset_index(drop=True)
    return runs[kept].sort_values("key").reset_index(drop=True), by_month


def same(one, other):
    return all(a.equals(b) for a, b in zip(results(one), results(other), strict=True))


def stored_keys(folder):
    """Keys as any reader of the folder finds them, nothing filtered."""
    import pyarrow.parquet as pq

    return [key for path in parts(folder, RUNS) for key in pq.read_table(path)["key"].to_pylist()]


def write_design(folder, **changed):
    path = folder / "tiny.yaml"
    path.write_text(yaml.safe_dump(design(**changed), sort_keys=False))
    return path


def start_sweep(file, out, *words):
    """`sim sweep` in a process of its own."""
    command = [sys.executable, "-m", "sim", "sweep", str(file), "--out", str(out), *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def until_parts(out, process, count):
    """Wait until so many parts are committed, or the sweep has ended."""
    while process.poll() is None and len(parts(out, RUNS)) < count:
        time.sleep(0.005)


def children(pid):
    """Processes that a process started, the newest last."""
    found = []
    for one in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{one}/stat") as file:
                words = file.read().rpartition(")")[2].split()
            with open(f"/proc/{one}/cmdline") as file:
                if int(words[1]) == pid and "spawn_main" in file.read():
                    found.append(int(one))
        except (OSError, IndexError):
            continue
    return sorted(found)
