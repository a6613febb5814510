"""sim sweep: run a design of worlds into a folder; the same command resumes a stopped sweep."""

import argparse
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.commands.common import apart, document, tell_about_compiling
from sim.parameters import BadInput

if TYPE_CHECKING:
    from sim.experiments.sweep.design import Experiment
    from sim.experiments.sweep.result import Sweep
    from sim.experiments.sweep.runner.progress import Progress

MOST_FAILURES = 10  # failures that are printed
INTERRUPTED = 130  # status after Ctrl-C, as shells have it


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("experiment", nargs="?", help="name in the box or path of an experiment file")
    parser.add_argument("--list", action="store_true", help="the experiments in the box, with what each costs")
    parser.add_argument("--workers", type=int, metavar="N", help="processes; by default one a processor")
    parser.add_argument("--executor", default="local", metavar="local|dask:ADDRESS", help="where runs are simulated")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder; results/sweeps/NAME if left out")
    parser.add_argument("--chunk", type=int, metavar="N", help="runs committed together; sized by time if left out")
    parser.add_argument("--retry", action="store_true", help="repeat runs that failed before")
    parser.add_argument(
        "--dry-run", action="store_true", help="runs, expected time and disk; simulates two runs to estimate them"
    )
    parser.add_argument("--status", action="store_true", help="how far it is, also while it runs elsewhere")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Run what is missing, or print its cost, or the status."""
    from sim.experiments.sweep.design import Experiment

    if arguments.list:
        return list_experiments(arguments.json)
    if arguments.experiment is None:
        raise BadInput("name an experiment, or its file; sim sweep --list shows those in the box")
    experiment = Experiment.load(arguments.experiment)
    if arguments.dry_run:
        return dry_run(arguments, experiment)
    if arguments.status:
        return status(arguments, experiment)
    from sim.experiments.sweep.run import sweep

    tell_about_compiling()
    where = (arguments.out, arguments.workers, arguments.executor)
    try:
        with apart():
            result = sweep(experiment, *where, SweepProgress(), arguments.chunk, arguments.retry)
    except KeyboardInterrupt:
        return print_interruption(arguments, experiment)
    return print_status(result, arguments.json)


def list_experiments(as_json: bool) -> int:
    """Print the experiments in the box: name, runs, simulated customer-months, and what each is about."""
    from sim.experiments.sweep.design import Experiment
    from sim.experiments.sweep.design.shipped import experiment_names

    rows = []
    for name in experiment_names():
        experiment = Experiment.load(name)
        runs, world = len(experiment.points) * experiment.replications, experiment.scenario
        work = runs * world.customers * world.months / 1e6
        about = {"name": name, "runs": runs, "million_customer_months": round(work, 1)}
        rows.append(about | {"description": experiment.description})
    if as_json:
        print(document({"experiments": rows}))
        return 0
    width = max(len(str(row["name"])) for row in rows)
    print(f"{'name':{width}}  {'runs':>7}  customer-months  what it is about")
    for row in rows:
        cost = f"{row['runs']:>7,}  {row['million_customer_months']:>12,.0f} m "
        print(f"{row['name']:{width}}  {cost}  {row['description']}")
    print("sim sweep NAME --dry-run measures how long one takes on this machine", file=sys.stderr)
    return 0


def print_status(result: "Sweep", as_json: bool) -> int:
    """Print what there is now; 1 when a run failed."""
    counts = result.runs["status"].value_counts().to_dict()
    bad = len(result.failures)
    if as_json:
        print(document({"folder": str(result.folder), "runs": counts}))
        return int(bad > 0)
    print(f"{result.folder}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    for row in result.failures.head(MOST_FAILURES).to_dict("records"):
        print(f"{row['status']}: {row['error']}; repeat it with: {row['command']}")
    if bad > MOST_FAILURES:
        print(f"and {bad - MOST_FAILURES} more; all are in the table of runs")
    print(f"next: {shlex.join(['sim', 'analyse', str(result.folder)])}", file=sys.stderr)
    return int(bad > 0)


def print_interruption(arguments: argparse.Namespace, experiment: "Experiment") -> int:
    """Say how far a sweep came that was stopped by Ctrl-C."""
    from sim.experiments.sweep.run import folder_of, progress_of

    now = progress_of(folder_of(experiment, arguments.out))
    print(f"stopped at {now.done} of {now.total}; the same command resumes", file=sys.stderr)
    return INTERRUPTED


class SweepProgress:
    """Says on standard error how far a sweep is: a line that moves on a terminal, else a line every half minute."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.last_shown = 0.0

    def __call__(self, progress: "Progress") -> None:
        """Tell the progress."""
        whole = progress.done == progress.total
        if self.live:
            print(f"\r{str(progress):70}", end="\n" if whole else "", file=sys.stderr, flush=True)
        elif whole or progress.seconds - self.last_shown >= 30.0:
            self.last_shown = progress.seconds
            print(str(progress), file=sys.stderr, flush=True)


def dry_run(arguments: argparse.Namespace, experiment: "Experiment") -> int:
    """Print runs, expected time and disk."""
    from sim.experiments.sweep.runner.cost_estimate import estimate_cost
    from sim.experiments.sweep.runner.progress import duration

    tell_about_compiling()
    refuse_folder(arguments, experiment)
    with apart():
        estimate = estimate_cost(experiment, arguments.workers)
    if arguments.json:
        print(document(estimate._asdict()))
        return 0
    print(
        f"{estimate.points} points x {estimate.replications} replications = {estimate.runs} runs; about "
        f"{duration(estimate.seconds)} with {estimate.workers} workers ({estimate.seconds_of_run:.2f} s a run), "
        f"{estimate.megabytes:.1f} MB on the disk"
    )
    return 0


def refuse_folder(arguments: argparse.Namespace, experiment: "Experiment") -> None:
    """Stop at a folder that could not be gone on with, as the sweep itself would."""
    from sim.experiments.sweep.run import folder_of
    from sim.experiments.sweep.store.folder import refuse_other

    folder = folder_of(experiment, arguments.out)
    if folder.is_dir() and any(folder.iterdir()):
        refuse_other(folder, experiment)


def status(arguments: argparse.Namespace, experiment: "Experiment") -> int:
    """Print how far a sweep is."""
    from sim.experiments.sweep.result import Sweep
    from sim.experiments.sweep.run import folder_of, progress_of
    from sim.experiments.sweep.runner.progress import last_progress
    from sim.experiments.sweep.store.lock import is_locked

    folder = Sweep.load(folder_of(experiment, arguments.out)).folder
    running, now, last = is_locked(folder), progress_of(folder), last_progress(folder)
    if running and last:
        now = now._replace(rate=last.rate, seconds=last.seconds)
    if arguments.json:
        print(document(now._asdict() | {"running": running, "folder": str(folder)}))
    else:
        print(f"{now}; {'running' if running else 'not running'}")
    return 0
