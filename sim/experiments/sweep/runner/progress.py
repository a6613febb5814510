"""How far a sweep is: runs per second, time left, failures; on the disk too, for a look from another terminal."""

import json
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sim.files.atomic_file import commit_json

PROGRESS = "progress.json"
LEAST_KNOWN = 0.05  # share of a sweep that is done before the time that is left is forecast
REMEMBERED = 60.0  # seconds over which runs per second are counted


class Progress(NamedTuple):
    """How far a sweep is.

    Args:
        total: Runs of the design.
        done: Runs recorded, failures included.
        failed: Runs that failed, crashed or hung.
        rate: Runs per second lately; 0 before the first.
        seconds: Time since this process began. [s]
    """

    total: int
    done: int
    failed: int
    rate: float
    seconds: float

    @property
    def left(self) -> float:
        """Time left at the present rate; infinite before the first run. [s]"""
        return (self.total - self.done) / self.rate if self.rate else float("inf")

    def __str__(self) -> str:
        """One line.

        >>> str(Progress(100, 40, 1, 2.0, 20.0))
        '40 of 100 runs, 1 failed, 2.0 runs/s, 30 s left'
        """
        is_predictable = self.rate and self.done >= LEAST_KNOWN * self.total
        remaining = f", {duration(self.left)} left" if is_predictable else ""
        return f"{self.done} of {self.total} runs, {self.failed} failed, {self.rate:.1f} runs/s{remaining}"


Show = Callable[[Progress], None]


class Watch:
    """Counts committed runs and reports them at most once a second.

    Args:
        folder: Folder of the sweep.
        total: Runs of the design.
        done: Runs that were there before.
        failed: Runs that had failed before.
        show: Called with the progress.
    """

    def __init__(self, folder: Path, total: int, done: int, failed: int, show: Show | None) -> None:
        self.folder, self.total, self.done, self.failed, self.show = folder, total, done, failed, show
        self.started = self.last_shown = time.monotonic()
        self.lately: deque[tuple[float, int]] = deque([(self.started, done)])

    def add(self, done: int, failed: int) -> None:
        """Count a chunk."""
        self.done += done
        self.failed += failed
        now = time.monotonic()
        self.lately.append((now, self.done))
        while len(self.lately) > 2 and now - self.lately[0][0] > REMEMBERED:
            self.lately.popleft()

    def now(self) -> Progress:
        """The progress at this moment."""
        (first, before), (last, after) = self.lately[0], self.lately[-1]
        rate = (after - before) / (last - first) if last > first else 0.0
        return Progress(self.total, self.done, self.failed, rate, time.monotonic() - self.started)

    def tell(self, every: float = 1.0) -> None:
        """Report the progress, at most once every `every` seconds."""
        if time.monotonic() - self.last_shown < every:
            return
        self.last_shown = time.monotonic()
        commit_json(self.folder / PROGRESS, self.now()._asdict())
        if self.show:
            self.show(self.now())


def last_progress(folder: Path) -> Progress | None:
    """The last progress that the running sweep reported."""
    try:
        return Progress(**json.loads((folder / PROGRESS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def duration(seconds: float) -> str:
    """Seconds in words.

    >>> duration(59), duration(3_700)
    ('59 s', '1 h 02 min')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
