"""Commands of `sim` in the very process of the tests: as in a process of their own, without loading libraries again."""

from contextlib import chdir, nullcontext, redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch

from sim.cli import main
from sim.policies import registry


class Finished(NamedTuple):
    """What a command printed, and its exit status."""

    returncode: int
    stdout: str
    stderr: str


def sim(*words, cwd=None):
    """Run one command; policies that it registers are forgotten afterwards."""
    out, err, place = StringIO(), StringIO(), chdir(cwd) if cwd else nullcontext()
    with redirect_stdout(out), redirect_stderr(err), place, patch.dict(registry._KNOWN):
        try:
            status = main(words)
        except SystemExit as stopped:
            status = stopped.code or 0
    return Finished(status, out.getvalue(), err.getvalue())
