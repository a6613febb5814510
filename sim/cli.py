"""The command line: parse, call, print. Bad input ends in one message and status 2, a failed run in status 1."""

import argparse
import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

from sim import __version__
from sim.commands import (
    analyse,
    bench,
    chart,
    compare,
    evidence,
    explain,
    export,
    fork,
    measures,
    month,
    report,
    run,
    scenario,
    study,
    sweep,
    tune,
    verify,
)
from sim.guard import RunFailed
from sim.parameters import BadInput
from sim.parameters.checking import nearest

COMMANDS = (
    evidence, run, compare, fork, explain, month, measures, tune, study, sweep, analyse, verify, export, chart, report,
    scenario, bench,
)  # fmt: skip


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line with the nearest name."""

    def error(self, message: str) -> NoReturn:
        """Print what was wrong and stop with status 2."""
        raise BadInput(message)


def parser() -> tuple[Parser, tuple[str, ...]]:
    """The parser of all commands, and their names."""
    made = Parser(prog="sim", description="What customer-centricity pays: simulate, compare, explain.")
    made.add_argument("--version", action="version", version=f"sim {__version__}")
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for command in COMMANDS:
        command.add(commands)
    return made, tuple(commands.choices)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        _words_can_be_written()
        _interrupts_raise()
        known, names = parser()
        if given and not given[0].startswith("-") and given[0] not in names:
            raise BadInput(f"{given[0]!r} is not a command.{nearest(given[0], names)} Known: {', '.join(names)}")
        arguments = known.parse_args(given)
        gc.freeze()  # the libraries stay: no need to look through them for garbage again and again
        status: int = arguments.call(arguments)
        print(end="", flush=True)
        return status
    except BadInput as trouble:
        return _say(f"sim: {trouble}", 2)
    except RunFailed as trouble:
        return _say(f"sim: the run failed: {trouble}", 1)
    except KeyboardInterrupt:
        return _say("sim: stopped", 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except MemoryError as trouble:
        return _say(f"sim: there is not enough memory for so many customers: {trouble}", 1)
    except OSError as trouble:
        return _say(f"sim: {trouble.filename or 'writing'}: {trouble.strerror or trouble}", 1)


def _words_can_be_written() -> None:
    """What a terminal or file has no sign for is written as its number, instead of ending the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _interrupts_raise() -> None:
    """From here on Ctrl-C is an exception, so that folders begun are taken away."""
    main_thread = threading.current_thread() is threading.main_thread()
    if main_thread and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
