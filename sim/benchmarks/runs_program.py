"""A program that any version since 0.1.0 can run: prints the CPU time of saved runs, alone and in a sweep.

Words: `run` or `sweep`, customers, months, rounds. Prints milliseconds of one run, the median of rounds.
"""

import io
import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from importlib import import_module
from pathlib import Path

POLICIES = ("product_centric", "osfa", "customer_centric")
FEW, MANY = 2, 8  # replications of two sweeps, whose difference is what further runs cost


def main(work: str, customers: int, months: int, rounds: int) -> None:
    """Print the cost of a saved run."""
    cost = {"run": saved_run, "sweep": run_of_a_sweep}[work]
    cost(customers, 1)  # loads the libraries, and compiles if need be
    values = [cost(customers, months) for _ in range(rounds)]
    sys.stdout.write(f"{statistics.median(values) * 1e3}\n")


def saved_run(customers: int, months: int) -> float:
    """CPU time of `sim run` with a run folder. [s]"""
    words = ("run", "telecom", "--json", "--customers", str(customers), "--set", f"months={months}")
    return _in_a_folder(lambda folder: _spent(*words, "--out", str(folder / "out")))


def run_of_a_sweep(customers: int, months: int) -> float:
    """CPU time of one further run of a sweep with one worker. [s]"""
    few, many = (_in_a_folder(partial(_swept, customers, months, count)) for count in (FEW, MANY))
    return (many - few) / (len(POLICIES) * (MANY - FEW))


def _swept(customers: int, months: int, replications: int, folder: Path) -> float:
    design = {
        "name": "versions", "scenario": "telecom", "replications": replications,
        "settings": {"market.customers": customers, "months": months},
        "factors": {"policy": {"policies": list(POLICIES)}},
        "outcomes": {"npv": {"measure": "profit", "aggregation": "present_value"}},
    }  # fmt: skip
    path = folder / "versions.yaml"
    path.write_text(json.dumps(design))  # JSON is YAML
    return _spent("sweep", str(path), "--workers", "1", "--json", "--out", str(folder / "out"))


def _in_a_folder(work: Callable[[Path], float]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return work(Path(folder))


def _spent(*words: str) -> float:
    """CPU time of one command, its finished children included; what it prints is not shown. [s]"""
    before, said = _processor_time(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = import_module("sim.cli").main(words)  # of the version on the path, which need not be this one
    if status != 0:
        sys.exit(said.getvalue() or f"status {status}")
    return _processor_time() - before


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
