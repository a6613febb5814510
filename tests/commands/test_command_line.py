"""The command line: exit status, messages, JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sim import __version__
from sim.commands.common import progress_line
from tests.support.command_line import sim

TINY = ["--customers", "100", "--set", "market.size=1000", "--set", "market.warm_up=1", "--years", "1"]


def in_a_process(*words):
    return subprocess.run([sys.executable, "-m", "sim", *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rnu"], "Did you mean run"),
        (["run", "telecm"], "Did you mean telecom"),
        (["run", "telecom", "--set", "market.needs.spred=1"], "Did you mean spread"),
        (["run", "telecom", "--set", "market.needs.spread=99"], "must lie between"),
        (["run", "telecom", "--set", "market.needs.spread=.nan"], "must lie between"),
        (["run", "telecom", "--policy", "ofsa"], "Did you mean osfa"),
        (["run", "telecom", "--engine", "warp"], "known are compiled, agents"),
        (["run", "telecom", "--customers", "-4"], "whole number between"),
        (["run", "telecom", "--threads", "0"], "threads is 0; a whole number from 1"),
        (["run", "telecom", "--seed", "x"], "invalid int value"),
        (["run", "/nowhere/file.yaml"], "no such file"),
        (["run", "telecom", "--set", "firms.nobody.policy=osfa"], "Known here: north, south, west"),
        (["run", "telecom", "--set", "firms.9.policy=osfa"], "Known here: north, south, west"),
        (["run", "telecom", "--policy", "mine.py:"], "or a file as mine.py:Mine"),
        (["compare", "telecom", "--replications", "1"], "at least 2 replications"),
        (["compare", "telecom", "--replications", "99999999999"], "at most 100000"),
        (["compare", "telecom", "--policies", "osfa"], "two different policies"),
        (["compare", "telecom", "--until-halfwidth", "0"], "money above 0"),
        (["compare", "telecom", "--until-halfwidth", "9", "--replications", "4"], "not allowed with"),
        (["scenario", "new", "x.yaml", "--from", "telecm"], "Did you mean telecom"),
        (["scenario", "diff", "telecom", "grocry"], "Did you mean grocery"),
        (["study", "walls", "--policies", "osfa"], "the study walls has none"),
        (["compare", "telecom", "--adopt", "none"], "focal and all"),
    ],
)
def test_bad_input_ends_in_one_message_and_status_2(words, message):
    done = sim(*words)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_process_ends_with_the_status_of_its_command():
    done = in_a_process("run", "telecm")
    assert (done.returncode, done.stdout) == (2, "") and "Did you mean telecom" in done.stderr


@pytest.mark.long
def test_run_writes_a_whole_folder_and_one_json_document(tmp_path):
    done = in_a_process("run", "telecom", *TINY, "--out", str(tmp_path / "out"), "--save-state", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scenario"] == "telecom"
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"run.json", "monthly.parquet", "customers.parquet", "dictionary.csv", "state.npz"}
    versions = json.loads((tmp_path / "out" / "run.json").read_text())["versions"]
    assert versions["sim"] == __version__ and {"mesa", "numpy", "numba"} <= versions.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_unwritable_folder_is_said_and_gives_status_1(tmp_path):
    (tmp_path / "file").write_text("")
    done = sim("run", "telecom", *TINY, "--out", str(tmp_path / "file" / "out"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_users_own_policy_runs_from_a_file(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n"
        "    name, summary, start = 'mine', 'cheap', Plan(price=0.8)\n"
    )
    done = sim("run", "telecom", *TINY, "--policy", "mine.py:Mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "mine.py:Mine" in done.stdout


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("raise SystemExit(0)", "does not run: SystemExit"),
        ("import nowhere_at_all", "does not run: ModuleNotFoundError"),
        ("class Mine:\n    pass", "has no class Mine that extends"),
        (
            "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary = 'm', 'm'\n\n"
            "    def __init__(self, needed):\n        pass",
            "cannot be made without arguments",
        ),
    ],
)
def test_a_policy_file_that_is_no_policy_is_refused(tmp_path, body, message):
    (tmp_path / "mine.py").write_text(body + "\n")
    done = sim("run", "telecom", *TINY, "--policy", "mine.py:Mine", cwd=tmp_path)
    assert done.returncode == 2 and message in done.stderr and "Traceback" not in done.stderr


def test_a_policy_that_leaves_stops_the_run_and_not_the_program(tmp_path):
    (tmp_path / "mine.py").write_text(
        "import sys\nfrom sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary = 'm', 'm'\n\n"
        "    def decide(self, view):\n        sys.exit(0)\n"
    )
    done = sim("run", "telecom", *TINY, "--policy", "mine.py:Mine", cwd=tmp_path)
    assert done.returncode == 1 and "SystemExit" in done.stderr


@pytest.mark.parametrize("seed", ["-1", str(2**63)])
def test_a_seed_out_of_range_is_refused(seed):
    done = sim("run", "telecom", *TINY, "--seed", seed)
    assert done.returncode == 2 and "whole number from 0" in done.stderr


def test_a_policy_path_may_hold_an_equals_sign(tmp_path):
    folder = tmp_path / "a=b"
    folder.mkdir()
    (folder / "x.py").write_text(
        "from sim.policies import Plan, Policy\n\n\nclass P(Policy):\n    name, summary, start = 'm', 'm', Plan()\n"
    )
    done = sim("run", "telecom", *TINY, "--policy", f"south={folder}/x.py:P", "--policy", f"{folder}/x.py:P")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("kept", "what"), [(Path("out"), "goes on from out"), (None, "nothing was written")])
def test_an_interrupt_says_whether_what_was_done_is_kept(kept, what):
    with (
        pytest.raises(KeyboardInterrupt, match=rf"at 2 of 5 \(rounds\); .*{what}"),
        progress_line("rounds", kept) as show,
    ):
        show(2, 5)
        raise KeyboardInterrupt
