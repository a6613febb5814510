"""Where `sim` and `python -m sim` begin: Ctrl-C ends in one line from the first moment, while libraries load too."""

import os
import signal
import sys
from typing import NoReturn

STOPPED = "sim: stopped"


def main() -> int:
    """Load the command line and run one command; returns its exit status."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else who started us wants it ignored
        signal.signal(signal.SIGINT, _stop)
    from sim.cli import main as command_line

    return command_line()


def _stop(*_: object) -> NoReturn:
    """Leave at once: a library that is half loaded may turn an exception into another, and nothing is written yet."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
