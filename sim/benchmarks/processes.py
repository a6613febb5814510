"""A command in a process of its own, with what it used."""

import os
import subprocess
import sys
import tempfile
from typing import NamedTuple

RUN = ("run", "telecom", "--json")
STARTS = (
    (("scenario", "list"), "start_up_of_a_list", 0.3),
    ((*RUN, "--set", "months=1"), "first_month", 1.5),
)  # words of a command, name of its CPU time, and its bound [s]


class Process(NamedTuple):
    """What a process used: CPU seconds, peak of resident memory in bytes, and what it said."""

    seconds: float
    peak: float
    messages: str


def in_process(*words: str, cache: str | None = None) -> Process:
    """Run a command of `sim` and wait for it.

    Args:
        words: The command and its options.
        cache: Folder for compiled code; an empty one is a machine that never compiled.

    Raises:
        RuntimeError: The command failed.
    """
    changed = {"XDG_CACHE_HOME": cache} if cache else {}
    with tempfile.TemporaryFile("w+") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "sim", *words], stdout=subprocess.DEVNULL, stderr=said, env=os.environ | changed
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        messages = said.read()
    if child.returncode:
        raise RuntimeError(f"sim {' '.join(words)} ended with status {child.returncode}: {messages}")
    return Process(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024.0, messages)
