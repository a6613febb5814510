"""Marks on disk of the run at work, so that a run that kills its process can be identified."""

import faulthandler
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sim.experiments.sweep.store.parts import CRASHED, HUNG, WORKING
from sim.files.atomic_file import commit_json

MOST_DEATHS = 3  # deaths of its process after which a run is given up
_NOBODY = "-" * 32


@dataclass
class Marks:
    """Marks of one chunk.

    Args:
        at: File with the key of the run at work.
        deaths: File with the number of deaths by key.
        trace: File that tells where a run hung.
    """

    at: Path
    deaths: Path
    trace: Path

    @staticmethod
    def of(folder: Path, name: str) -> "Marks":
        """The marks of the chunk of that name."""
        return Marks(*(folder / WORKING / f"{name}.{kind}" for kind in ("at", "deaths", "trace")))

    def started(self) -> bool:
        """Whether an attempt ended during a run."""
        return self.at.is_file() and self._key() != _NOBODY

    def given_up(self) -> dict[str, tuple[str, str]]:
        """Runs that hung, or killed their process too often: status and error by key. Counts an attempt that died."""
        records_by_key: dict[str, list[str]] = json.loads(self.deaths.read_text()) if self.deaths.exists() else {}
        if self.started():
            hung = self.trace.read_text(errors="replace") if self.trace.exists() else ""
            records_by_key.setdefault(self._key(), []).append(hung)
            commit_json(self.deaths, records_by_key)
        self.clear_work()
        return {key: reason for key, records in records_by_key.items() if (reason := _reason_to_give_up(records))}

    @contextmanager
    def watched(self, key: str, limit: float) -> Iterator[None]:
        """Mark a run as at work; a run that takes longer than its limit ends its process. [s]"""
        with self.trace.open("w") as trace:
            self._mark(key)
            faulthandler.dump_traceback_later(limit, exit=True, file=trace)
            try:
                yield
            finally:
                faulthandler.cancel_dump_traceback_later()

    def rest(self) -> None:
        """Mark that no run is at work: what ends the process now is no run's fault."""
        self._mark(_NOBODY)

    def clear_work(self) -> None:
        """Forget the run at work."""
        self.at.unlink(missing_ok=True)
        self.trace.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything: the chunk is committed."""
        self.clear_work()
        self.deaths.unlink(missing_ok=True)

    def _key(self) -> str:
        return self.at.read_text()[: len(_NOBODY)]

    def _mark(self, key: str) -> None:
        handle = os.open(self.at, os.O_WRONLY | os.O_CREAT)
        try:
            os.write(handle, key.encode())
        finally:
            os.close(handle)


def _reason_to_give_up(deaths: list[str]) -> tuple[str, str] | None:
    traces = [trace for trace in deaths if trace]
    if traces:
        return HUNG, f"took longer than its limit; it was at: {' < '.join(_places(traces[-1]))}"
    if len(deaths) >= MOST_DEATHS:
        return CRASHED, f"its process died {len(deaths)} times while it ran"
    return None


def _places(trace: str) -> list[str]:
    """Innermost frames of the thread of the run, from a traceback of faulthandler.

    >>> _places('Thread 1:\\n  File "/a/watch.py", line 1 in wait\\n\\nThread 2:\\n'
    ...         '  File "/a/mine.py", line 3 in decide\\n  File "/b/chunk.py", line 9 in _recorded')
    ['mine.py:3 in decide']
    """
    threads = [part for part in trace.split("\n\n") if 'chunk.py", line' in part] or [trace]
    frames = re.findall(r'File "(?:.*[/\\])?([^"/\\]+)", line (\d+) in (\S+)', threads[0])
    return [f"{file}:{line} in {name}" for file, line, name in frames if file != "chunk.py"][:3]
