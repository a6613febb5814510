"""Full disks and clocks that jump: what was acknowledged stays, and the same command resumes."""

import errno
import os
import time
from pathlib import Path

import pytest

from sim import Sweep
from sim.experiments.sweep.store.cleaning import parts
from sim.experiments.sweep.store.parts import RUNS
from sim.files import atomic_file as committing
from tests.support.sweeps import here, same, stored_keys, tiny


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return here(tiny(), tmp_path_factory.mktemp("undisturbed") / "out")


def test_a_full_disk_loses_nothing_that_was_acknowledged_and_the_same_command_goes_on(
    tmp_path, undisturbed, monkeypatch
):
    real, acknowledged = committing._flush, []

    def full_after_some(path):
        if path.suffix == committing.UNFINISHED and len(parts(tmp_path / "out", RUNS)) >= 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path)

    monkeypatch.setattr(committing, "_flush", full_after_some)
    with pytest.raises(OSError, match="No space left"):
        here(tiny(), tmp_path / "out", chunk=2, progress=lambda now: acknowledged.append(now.done))
    kept = stored_keys(tmp_path / "out")
    assert len(kept) == len(set(kept)) == 6 and max(acknowledged, default=0) <= 6
    assert not list((tmp_path / "out").rglob(f"*{committing.UNFINISHED}"))
    assert Sweep.load(tmp_path / "out").runs["status"].value_counts()["ok"] == 6  # also readable while it is full
    monkeypatch.setattr(committing, "_flush", real)
    made = here(tiny(), tmp_path / "out")
    assert set(kept) < set(stored_keys(made.folder)) and same(made, undisturbed)


def test_a_clock_that_jumps_changes_no_result_and_lives_nothing_twice(tmp_path, undisturbed, monkeypatch):
    now = iter(range(2_000_000_000, 0, -1_000_000))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    made = here(tiny(), tmp_path / "out")
    assert same(made, undisturbed)
    for path in Path(made.folder).rglob("*"):
        os.utime(path, (4e9, 4e9))
    before = {path: path.stat().st_mtime_ns for path in parts(made.folder, RUNS)}
    again = here(tiny(), made.folder)
    assert {path: path.stat().st_mtime_ns for path in parts(again.folder, RUNS)} == before
