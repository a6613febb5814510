"""Sweeps whose processes are killed: nothing acknowledged is lost, nothing is run twice."""

import os
import random
import signal
import sys
import time

import pytest

from sim import Sweep
from tests.support.sweeps import children, here, same, start_sweep, stored_keys, tiny, until_parts, write_design

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to find workers")
REPLICATIONS = 25  # of 4 points


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return here(tiny(replications=REPLICATIONS), tmp_path_factory.mktemp("undisturbed") / "out")


def killed(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def resumed(file, out, *words):
    process = start_sweep(file, out, *words)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    return Sweep.load(out)


def check(made, undisturbed):
    keys = stored_keys(made.folder)
    assert len(keys) == len(set(keys)) == 4 * REPLICATIONS
    assert same(made, undisturbed)
    assert set(made.runs["status"]) == {"ok"}


def kill_parent(folder, luck, undisturbed):
    file, out = write_design(folder, replications=REPLICATIONS), folder / "out"
    process = start_sweep(file, out, "--workers", "2", "--chunk", "2")
    until_parts(out, process, luck.randint(1, 30))
    time.sleep(luck.random() * 0.05)
    workers = children(process.pid)
    assert killed(process.pid)
    process.communicate()
    check(resumed(file, out, "--workers", "1", "--chunk", "7"), undisturbed)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)


def kill_worker(folder, luck, undisturbed):
    file, out = write_design(folder, replications=REPLICATIONS), folder / "out"
    process = start_sweep(file, out, "--workers", "2", "--chunk", "2")
    until_parts(out, process, luck.randint(1, 30))
    time.sleep(luck.random() * 0.05)
    assert killed(luck.choice(children(process.pid)))
    _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    check(Sweep.load(out), undisturbed)


@pytest.mark.long
@pytest.mark.parametrize("kill", [kill_parent, kill_worker])
def test_a_killed_sweep_has_every_run_once_with_the_same_bits(tmp_path, undisturbed, kill):
    kill(tmp_path, random.Random(1), undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(10))
@pytest.mark.parametrize("kill", [kill_parent, kill_worker])
def test_ten_random_moments_of_killing(tmp_path, undisturbed, kill, moment):
    kill(tmp_path, random.Random(100 + moment), undisturbed)


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "worker"])
@pytest.mark.parametrize("moment", range(10))
def test_on_a_cluster_too_every_run_is_there_once_with_the_same_bits(tmp_path, undisturbed, cluster, victim, moment):
    luck = random.Random(200 + moment)
    file, out = write_design(tmp_path, replications=REPLICATIONS), tmp_path / "out"
    where = ("--executor", f"dask:{cluster.scheduler_address}")
    process = start_sweep(file, out, *where, "--chunk", "2")
    until_parts(out, process, luck.randint(1, 20))
    pids = [nanny.pid for nanny in cluster.workers.values()]
    assert killed(process.pid if victim == "parent" else luck.choice(pids))
    _, said = process.communicate(timeout=600)
    assert victim == "parent" or process.returncode == 0, said
    check(resumed(file, out, *where), undisturbed)


@pytest.mark.slow
def test_a_lost_scheduler_loses_nothing_that_was_committed(tmp_path, undisturbed):
    distributed = pytest.importorskip("distributed")
    file, out = write_design(tmp_path, replications=REPLICATIONS), tmp_path / "out"
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as made:
        process = start_sweep(file, out, "--executor", f"dask:{made.scheduler_address}", "--chunk", "2")
        until_parts(out, process, 5)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 1, said
    assert said.splitlines()[-1].startswith("sim: the run failed: ")
    assert "the same command resumes" in said
    assert 5 <= len(stored_keys(out)) < 4 * REPLICATIONS
    check(resumed(file, out, "--workers", "1"), undisturbed)
