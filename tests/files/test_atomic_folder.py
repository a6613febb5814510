"""Folders and files that are whole or not there: full disks, foreign folders, broken state files, interruptions."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from sim import BadInput, Market
from sim.experiments.evidence.flagship import TABLES
from sim.experiments.run_folder import write_run
from sim.files.atomic_folder import EVIDENCE_MARK, refuse_foreign, whole_folder
from sim.simulation.save import FORMAT
from tests.support.worlds import run_market, same, small

TINY = ["--customers", "80", "--set", "market.size=800", "--set", "market.warm_up=1", "--years", "1"]
NOBODY_IN_PARTICULAR = 65534


def sim(*words, cwd=None, **how):
    return subprocess.run([sys.executable, "-m", "sim", *words], cwd=cwd, text=True, check=False, **how)


@pytest.fixture(scope="module")
def market():
    return run_market(small())


@contextmanager
def full_disk():
    """No file may grow beyond 4 kB: pytest's own log neither, so the limit is lifted before the test reports."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_folder_of_other_files_is_never_replaced(market, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(BadInput, match="no older result"):
        write_run(market, tmp_path / "mine", ["sim"], 1.0, save_state=False)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.mark.long
@pytest.mark.parametrize("command", [["run", "telecom", *TINY], ["evidence", "--quick"]])
def test_commands_refuse_such_a_folder_before_they_run(command, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    done = sim(*command, "--out", str(tmp_path), capture_output=True)
    assert done.returncode == 2 and "no older result" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_older_run_and_an_empty_folder_are_replaced(market, tmp_path):
    (tmp_path / "run").mkdir()
    for seconds in (1.0, 2.0):
        write_run(market, tmp_path / "run", ["sim"], seconds, save_state=False)
    assert json.loads((tmp_path / "run" / "run.json").read_text())["seconds"] == 2.0
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_full_disk_leaves_the_older_run_and_nothing_half(market, tmp_path):
    older = tmp_path / "run"
    older.mkdir()
    (older / "run.json").write_text("{}")
    with full_disk(), pytest.raises(OSError, match="too large"):
        write_run(market, older, ["sim"], 1.0, save_state=True)
    assert [path.name for path in tmp_path.rglob("*")] == ["run", "run.json"]


def test_a_state_that_cannot_be_written_leaves_no_part(market, tmp_path):
    with full_disk(), pytest.raises(OSError, match="too large"):
        market.save(tmp_path / "state.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_folder_gives_one_message_and_status_1(tmp_path):
    (tmp_path / "file").write_text("kept")
    for place in ("file", "file/out"):
        done = sim("run", "telecom", *TINY, "--out", place, cwd=tmp_path, capture_output=True)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1 and "Not a directory" in done.stderr
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_standard_output_gives_one_message_and_status_1():
    with open("/dev/full", "w") as full:
        done = sim("scenario", "schema", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "No space left" in done.stderr


def test_what_fails_inside_leaves_what_was_there(tmp_path):
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "mark").write_text("older")
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "done", "mark") as beside:
        (beside / "mark").write_text("newer")
        raise RuntimeError
    assert (tmp_path / "done" / "mark").read_text() == "older"
    assert [path.name for path in tmp_path.iterdir()] == ["done"]


@pytest.fixture
def no_administrator():
    """An ordinary user for a while, since the administrator may write everywhere."""
    user = os.getresuid()
    if user[1] == 0:
        os.setresuid(NOBODY_IN_PARTICULAR, NOBODY_IN_PARTICULAR, 0)
    yield
    os.setresuid(*user)


@pytest.fixture
def shut_folder():
    """A folder that everybody may read and nobody may write."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o555)
        yield Path(folder)


def test_a_folder_without_permission_is_refused(shut_folder, no_administrator):
    assert list(shut_folder.iterdir()) == []
    with pytest.raises(PermissionError):
        refuse_foreign(shut_folder / "run", "run.json")


def broken(how, whole):
    """A state file that is broken in one way."""
    middle = len(whole) // 2
    return {
        "empty": b"",
        "truncated": whole[:middle],
        "without its end": whole[:-30],
        "changed": whole[:middle] + bytes(99) + whole[middle + 99 :],
        "text": b"hello",
    }[how]


@pytest.mark.parametrize("how", ["empty", "truncated", "without its end", "changed", "text"])
def test_a_broken_state_file_gives_one_message(market, tmp_path, how):
    path = tmp_path / "state.npz"
    market.save(path)
    path.write_bytes(broken(how, path.read_bytes()))
    with pytest.raises(BadInput, match="not a whole state file"):
        Market.load(path)


def changed_state(market, path, **change):
    """The state of a market with some parts replaced; parts of None are left out."""
    market.save(path)
    with np.load(path) as file:
        parts = {name: file[name] for name in file.files} | change
    np.savez(path, **{name: part for name, part in parts.items() if part is not None})


def about(**more):
    return np.array(json.dumps({"format": FORMAT} | more))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"about": about(format=FORMAT + 1)}, f"reads format {FORMAT}"),
        ({"about": about()}, "another version .*missing"),
        ({"about": np.array("[]")}, "not a whole state file"),
        ({"about": None}, "not a whole state file"),
        ({"person.rate": np.zeros(120)}, "other columns"),
        ({"relations.reputation": None}, "relations.reputation missing"),
    ],
)
def test_a_foreign_state_file_gives_one_message(market, tmp_path, change, message):
    changed_state(market, tmp_path / "state.npz", **change)
    with pytest.raises(BadInput, match=message):
        Market.load(tmp_path / "state.npz")


def test_customers_that_do_not_belong_to_the_scenario_give_one_message(market, tmp_path):
    changed_state(market, tmp_path / "state.npz", **{"person.rate": market.world.people.rate[:7]})
    with pytest.raises(BadInput, match="does not belong to its scenario"):
        Market.load(tmp_path / "state.npz")


def test_an_array_or_nothing_at_all_is_no_state(tmp_path):
    np.save(tmp_path / "array.npy", np.zeros(3))
    for name, message in (("array.npy", "not a whole state file"), ("none.npz", "no such state file")):
        with pytest.raises(BadInput, match=message):
            Market.load(tmp_path / name)


def test_a_state_goes_on_after_all_these_checks(market, tmp_path):
    market.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz"), market)


LONG = ["telecom", "--set", "market.customers=60000", "--set", "months=1200"]
SAY_WHEN = (  # a background job of a shell ignores Ctrl-C, and so would what it starts
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from sim.cli import main; print('ready', flush=True); sys.exit(main(sys.argv[1:]))"
)


def pressed_until_it_ends(going):
    """What a command says that is ended by Ctrl-C. Python drops an interrupt that comes in a callback of an import, and
    says so; who sees that presses again."""
    for _ in range(3):
        time.sleep(1.5)
        going.send_signal(signal.SIGINT)
        try:
            return going.communicate(timeout=20)[1]
        except subprocess.TimeoutExpired:
            continue
    pytest.fail("Ctrl-C does not end the command")


@pytest.mark.parametrize("words", [["run", *LONG], ["compare", *LONG, "--replications", "9"], ["evidence"]])
def test_ctrl_c_ends_in_one_line_and_leaves_nothing(words, tmp_path):
    going = subprocess.Popen(
        [sys.executable, "-c", SAY_WHEN, *words, "--out", "out"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert going.stdout.readline() == "ready\n"
        told = pressed_until_it_ends(going)
    finally:
        going.kill()
    assert going.returncode == 1
    assert told.splitlines()[-1].startswith("sim: stopped")
    assert told.count("Traceback") == told.count("Exception ignored in")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_evidence_gives_way_to_the_next_one(tmp_path):
    for name in TABLES:
        (tmp_path / f"{name}.csv").touch()
    (tmp_path / EVIDENCE_MARK).touch()
    refuse_foreign(tmp_path, EVIDENCE_MARK)
