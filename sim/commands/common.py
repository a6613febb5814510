"""What commands share: the scenario asked for, and progress on a terminal."""

import argparse
import json
import math
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from sim.files.atomic_folder import (
    BEHAVIOUR_MARK,
    CLAIMS_MARK,
    COMPARISON_MARK,
    EQUILIBRIUM_MARK,
    EVIDENCE_MARK,
    RUN_MARK,
    STUDY_MARK,
    SUPPLY_MARK,
    TUNING_MARK,
    VALIDATION_MARK,
)
from sim.parameters import BadInput, Scenario, setting
from sim.parameters.checking import MOST_THREADS, count_argument

WORTH_SHARING = 50_000  # customers from which threads gain more than they cost


def scenario_from_arguments(arguments: argparse.Namespace) -> Scenario:
    """The scenario with everything that was set on the command line."""
    scenario = Scenario.load(arguments.scenario)
    changes: dict[str, Any] = dict(setting(text) for text in arguments.settings)
    changes |= policy_settings(getattr(arguments, "policy", []), scenario)
    if getattr(arguments, "years", None) is not None:
        changes["months"] = 12 * arguments.years
    if getattr(arguments, "customers", None) is not None:
        changes["market.customers"] = arguments.customers
    return scenario.with_settings(changes)


def threads_for(customers: int, asked: int | None) -> int:
    """Threads to use: those asked for, or every processor when there are customers enough to share.

    Raises:
        BadInput: Fewer than one thread was asked for.

    >>> threads_for(100, None), threads_for(100, 4)
    (1, 4)
    """
    if asked is not None:
        return count_argument(asked, "threads", 1, MOST_THREADS)
    return (os.cpu_count() or 1) if customers >= WORTH_SHARING else 1


def policy_settings(texts: Sequence[str], scenario: Scenario) -> dict[str, str]:
    """Settings from ``--policy``: ``FIRM=POLICY``, or a policy for the focal firm; paths may hold equals signs."""
    settings = {}
    for text in texts:
        firm, equals, policy = text.partition("=")
        named = equals and "/" not in firm and not firm.endswith(".py")
        whose = firm if named else scenario.firms[0].name
        settings[f"firms.{whose}.policy"] = policy if named else text
    return settings


def document(contents: Mapping[str, Any]) -> str:
    """One JSON document; what is no number is null.

    >>> document({"a": float("nan")})
    '{"a": null}'
    """

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [plain(inner) for inner in value]
        return None if isinstance(value, float) and not math.isfinite(value) else value

    return json.dumps(plain(contents), allow_nan=False)


RESULTS = {
    "design.parquet": ("a sweep", "sim analyse {folder}"),
    RUN_MARK: ("a run", "sim explain {folder} --customer 0"),
    COMPARISON_MARK: ("a comparison", "sim report {folder}"),
    EVIDENCE_MARK: ("evidence", "sim report {folder}"),
    TUNING_MARK: ("a search for the best decisions of policies", "sim run {folder}/scenarios/NAME.yaml"),
    EQUILIBRIUM_MARK: ("a search for an equilibrium", "sim equilibrium SCENARIO --out {folder}"),
    SUPPLY_MARK: ("a calibration", "sim calibrate supply SCENARIO --out {folder}"),
    BEHAVIOUR_MARK: ("a behavioural calibration", "sim calibrate behaviour WORLD --out {folder}"),
    CLAIMS_MARK: ("a ledger of claims", "sim report {folder}"),
    STUDY_MARK: ("a study", "sim study NAME --out {folder}"),
    VALIDATION_MARK: ("a validation", "sim validate --out {folder}"),
}  # by the file that marks a folder: what it holds, and the command that reads it


def refuse_other_results(folder: Path, *marks: str) -> None:
    """Stop if a folder has results of another kind.

    Args:
        folder: What was given.
        marks: Files of which one must be there.

    Raises:
        BadInput: Says what the folder holds, and which command reads that.
    """
    if any((folder / mark).is_file() for mark in marks):
        return
    if not folder.is_dir():
        raise BadInput(f"{folder}: there is no such folder")
    wanted = " or ".join(RESULTS[mark][0] for mark in marks)
    for mark, (what, command) in RESULTS.items():
        if (folder / mark).is_file():
            use = command.format(folder=shlex.quote(str(folder)))
            raise BadInput(f"{folder}: this is {what}: use {use} ({wanted} is needed here)")
    raise BadInput(f"{folder}: this folder holds no results ({wanted} is needed; there is no {' and no '.join(marks)})")


def refuse_folder(file: Path | None) -> None:
    """Stop if ``--out`` names a folder where a file is written. file: what was given, if anything

    Raises:
        BadInput: It is a folder.
    """
    if file is not None and file.is_dir():
        raise BadInput(f"--out {file}: this is a folder; name a file")


def apart() -> AbstractContextManager[object]:
    """Send what policies print to standard error, so that standard output carries results only.

    Once around the whole, in every thread, so that a month is not slower for it.
    """
    return redirect_stdout(sys.stderr)


def tell_about_compiling() -> None:
    """Say once that the first run compiles."""
    from sim.numeric.compiling import needs_compiling  # loads numba

    if needs_compiling():
        print("first run on this machine: compiling, up to a minute …", file=sys.stderr)


def announce_folder(folder: Path, *commands: Sequence[object]) -> None:
    """Say on standard error what was written, and what to type next.

    Args:
        folder: What was written.
        commands: Commands that come next, word by word; words are quoted for a shell where they need it.
    """
    following = "; ".join(shlex.join(map(str, words)) for words in commands)
    print(f"written: {folder}" + (f"; next: {following}" if following else ""), file=sys.stderr)


def try_to_draw(draw: Callable[[], object], folder: Path) -> bool:
    """Draw, and keep the numbers when that fails: whether it went well.

    Args:
        draw: Makes charts and report.
        folder: Where the numbers are, as the message names it.

    Raises:
        OSError: A file could not be written, so that the numbers are not safe either.
    """
    try:
        draw()
    except OSError:
        raise
    except Exception as trouble:
        said = str(trouble).partition("\n")[0]
        print(
            f"sim: charts and report could not be made ({type(trouble).__name__}: {said}); the numbers are kept in "
            f"{folder}; to draw again: {shlex.join(['sim', 'report', str(folder)])}",
            file=sys.stderr,
        )
        return False
    return True


@contextmanager
def progress_line(what: str, kept: Path | None = None) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that shows how far things are; silent when it is no terminal.

    Ctrl-C inside says how far they were, and whether what was done is kept.

    Args:
        what: What is counted.
        kept: Folder in which work is kept while it is done, from where the same command goes on.
    """
    on_terminal = sys.stderr.isatty()

    reached = (0, 0)

    def show(done: int, total: int) -> None:
        nonlocal reached
        reached = done, total
        if on_terminal:
            print(f"\r{what}: {done} of {total}", end="", file=sys.stderr, flush=True)

    try:
        yield show
    except KeyboardInterrupt:
        at = f"at {reached[0]} of {reached[1]}" if reached[1] else "at the start"
        left = f"the same command goes on from {kept}" if kept else "nothing was written"
        raise KeyboardInterrupt(f"{at} ({what}); {left}") from None
    finally:
        if on_terminal:
            print(file=sys.stderr)
