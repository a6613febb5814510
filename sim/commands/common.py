"""What commands share: the scenario asked for, and progress on a terminal."""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, redirect_stdout
from typing import Any

from sim.compiling import needs_compiling
from sim.parameters import Scenario, setting
from sim.parameters.checking import MOST_THREADS, counted

WORTH_SHARING = 50_000  # customers from which threads gain more than they cost


def asked_scenario(arguments: argparse.Namespace) -> Scenario:
    """The scenario with everything that was set on the command line."""
    scenario = Scenario.load(arguments.scenario)
    chosen: dict[str, Any] = dict(setting(text) for text in arguments.settings)
    chosen |= chosen_policies(getattr(arguments, "policy", []), scenario)
    if getattr(arguments, "years", None) is not None:
        chosen["months"] = 12 * arguments.years
    if getattr(arguments, "customers", None) is not None:
        chosen["market.customers"] = arguments.customers
    return scenario.with_settings(chosen)


def threads_for(customers: int, asked: int | None) -> int:
    """Threads to use: those asked for, or every processor when there are customers enough to share.

    Raises:
        BadInput: Fewer than one thread was asked for.

    >>> threads_for(100, None), threads_for(100, 4)
    (1, 4)
    """
    if asked is not None:
        return counted(asked, "threads", 1, MOST_THREADS)
    return (os.cpu_count() or 1) if customers >= WORTH_SHARING else 1


def chosen_policies(texts: Sequence[str], scenario: Scenario) -> dict[str, str]:
    """Settings from ``--policy``: ``FIRM=POLICY``, or a policy for the focal firm; paths may hold equals signs."""
    chosen = {}
    for text in texts:
        firm, equals, policy = text.partition("=")
        named = equals and "/" not in firm and not firm.endswith(".py")
        whose = firm if named else scenario.firms[0].name
        chosen[f"firms.{whose}.policy"] = policy if named else text
    return chosen


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


def apart() -> AbstractContextManager[object]:
    """Around all that lives a world: what policies print goes to standard error, so that results stand alone.

    Once around the whole, in every thread, so that a month is not slower for it.
    """
    return redirect_stdout(sys.stderr)


def tell_about_compiling() -> None:
    """Say once that the first run compiles."""
    if needs_compiling():
        print("first run on this machine: compiling, about 15 seconds …", file=sys.stderr)


@contextmanager
def progress_line(what: str) -> Iterator[Callable[[int, int], None]]:
    """A line on standard error that shows how far things are; silent when it is no terminal."""
    live = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if live:
            print(f"\r{what}: {done} of {total}", end="", file=sys.stderr, flush=True)

    yield show
    if live:
        print(file=sys.stderr)
