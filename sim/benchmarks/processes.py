"""A command in a process of its own, with what it used."""

import os
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

RUN = ("run", "telecom", "--json")


class Process(NamedTuple):
    """What a process used.

    Args:
        seconds: CPU time, children included. [s]
        wall: Time by the clock on the wall. [s]
        peak: Peak of resident memory. [bytes]
        messages: What it wrote to standard error.
    """

    seconds: float
    wall: float
    peak: float
    messages: str


def in_process(*words: str, cache: str | None = None, status: int = 0) -> Process:
    """Run a command of `sim` and wait for it.

    Args:
        words: The command and its options.
        cache: Folder for compiled code; an empty one is a machine that never compiled.
        status: Exit status that the command should have.

    Raises:
        RuntimeError: The command ended with another status.
    """
    changed = {"XDG_CACHE_HOME": cache} if cache else {}
    kept = {name: value for name, value in os.environ.items() if cache is None or name != "NUMBA_CACHE_DIR"}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "sim", *words], stdout=subprocess.DEVNULL, stderr=said, env=kept | changed
        )
        _, ended, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(ended)
        said.seek(0)
        messages = said.read()
    if child.returncode != status:
        raise RuntimeError(f"sim {' '.join(words)} ended with status {child.returncode}, not {status}: {messages}")
    unit = 1.0 if sys.platform == "darwin" else 1024.0
    return Process(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit, messages)
