"""The command line: parse, call, print. Bad input ends in one message and status 2, a failed run in status 1."""

import argparse
import gc
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from sim.commands.table import COMMAND_NAMES, COMMANDS, EXAMPLES
from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput, RunFailed
from sim.version import __version__

USAGE = "usage: sim [-h] [--version] COMMAND …"


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line with the nearest name."""

    def error(self, message: str) -> NoReturn:
        """Print what was wrong and stop with status 2."""
        choice = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        hint = nearest(choice[1], re.findall(r"[\w-]+", choice[2])) if choice else ""
        raise BadInput(f"{message}{hint}")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    arguments = list(sys.argv[1:] if words is None else words)
    try:
        _replace_unprintable_signs()
        _interrupts_raise()
        status = _call_command(arguments)
        print(end="", flush=True)
        return status
    except BadInput as trouble:
        return _say(f"sim: {trouble}", 2)
    except RunFailed as trouble:
        return _say(f"sim: the run failed: {trouble}", 1)
    except KeyboardInterrupt as trouble:
        return _say(" ".join(("sim: stopped", *map(str, trouble.args))), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except MemoryError as trouble:
        return _say(f"sim: there is not enough memory for this number of customers: {trouble}", 1)
    except OSError as trouble:
        return _say(f"sim: {trouble.filename or 'writing'}: {trouble.strerror or trouble}", 1)


def _call_command(words: list[str]) -> int:
    """Parse the words and call the command; only the files of that command are loaded."""
    if not words or words[0].startswith("-"):
        return _about(words)
    name, *rest = words
    if name not in COMMAND_NAMES:
        raise BadInput(f"{name!r} is not a command.{nearest(name, COMMAND_NAMES)} Known: {', '.join(COMMAND_NAMES)}")
    os.environ["MPLBACKEND"] = "agg"  # charts go to files: no window is opened, whatever the shell says
    text = next(command.text for command in COMMANDS if command.name == name)
    parser = Parser(prog=f"sim {name}", description=text)
    module: Any = import_module(f"sim.commands.{name}")
    module.add(parser)
    arguments = parser.parse_args(rest)
    gc.freeze()  # the libraries stay: no need to look through them for garbage again and again
    status: int = arguments.call(arguments)
    return status


def _about(words: list[str]) -> int:
    """What can be asked without a command: three examples, help, and the version."""
    if not words:
        lines = [USAGE, "", "To begin with:", *(f"  {line}" for line in EXAMPLES), "", "sim --help lists all."]
        return _say("\n".join(lines), 2)
    parser = Parser(
        prog="sim", usage=USAGE.removeprefix("usage: "), formatter_class=argparse.RawDescriptionHelpFormatter,
        description="What customer-centricity pays: simulate, compare, explain.",
        epilog="\n".join(("commands:", *(f"  {command.name:10}{command.text}" for command in COMMANDS), "",
                          "sim COMMAND --help lists the options of a command.")),
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"sim {__version__}")
    parser.parse_args(words[:1])
    return 2


def _replace_unprintable_signs() -> None:
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
