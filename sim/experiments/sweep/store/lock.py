"""Lock of a sweep folder: it ends with its process and names its owner."""

import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.files.atomic_file import commit_json
from sim.parameters import BadInput

LOCK, HOLDER, HEARTBEAT = "sweep.lock", "holder.json", "progress.json"
SILENCE = 15.0  # seconds without a sign of life after which a sweep of another machine counts as stopped


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a sweep folder, so that no second sweep writes into it at the same time.

    Raises:
        BadInput: Another process holds it.
    """
    with (folder / LOCK).open("a+") as file:
        if not _try_lock(file.fileno()):
            raise BadInput(f"{folder}: another sweep is running in this folder; see sim sweep … --status")
        commit_json(
            folder / HOLDER, {"host": socket.gethostname(), "pid": os.getpid(), "born": _start_time(os.getpid())}
        )
        try:
            yield
        finally:
            (folder / HOLDER).unlink(missing_ok=True)


def is_locked(folder: Path) -> bool:
    """Whether a sweep is running in a folder now. Looking takes no lock: it stops no sweep."""
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        if holder["host"] == socket.gethostname():
            return _is_alive(int(holder["pid"]), holder["born"])
        return time.time() - (folder / HEARTBEAT).stat().st_mtime < SILENCE
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_alive(pid: int, born: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        return bool(handle) and bool(ctypes.windll.kernel32.CloseHandle(handle))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is there, and somebody else's
    return _start_time(pid) == born


def _start_time(pid: int) -> str:
    """When a process began, so that a later process of the same number is another one; empty if unknown."""
    try:
        about = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *rest = about.rpartition(")")[2].split()
    return "dead" if state == "Z" else rest[18]


def _try_lock(handle: int) -> bool:
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
