"""One sweep at a time in a folder: a lock that ends with its process, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.parameters import BadInput

LOCK = "sweep.lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a sweep folder, so that no second sweep writes into it at the same time.

    Raises:
        BadInput: Another process holds it.
    """
    with (folder / LOCK).open("a+") as file:
        if not _locked(file.fileno()):
            raise BadInput(f"{folder}: another sweep is running in this folder; see sim sweep … --status")
        yield


def held(folder: Path) -> bool:
    """Whether a sweep is running in a folder now."""
    try:
        with (folder / LOCK).open("a+") as file:
            return not _locked(file.fileno())
    except OSError:
        return False


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
