"""What a hostile or unlucky user meets: one message, and results that stand alone."""

import csv
import json
import os
import subprocess
import sys

import pyarrow.parquet as pq

from tests.commands.test_command_line import TINY
from tests.support.command_line import sim

CHATTY = (
    "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary, start = 'm', 'm', Plan()\n\n"
    "    def __init__(self):\n        print('made')\n\n"
    "    def decide(self, view):\n        print('decided')\n        return super().decide(view)\n"
)
LOADING = (
    "import builtins, os, runpy, signal, sys\n"
    "real = builtins.__import__\n"
    "def slow(name, *rest, **more):\n"
    "    if name == 'numba': os.kill(os.getpid(), signal.SIGINT)\n"
    "    return real(name, *rest, **more)\n"
    "builtins.__import__ = slow\n"
    "sys.argv = ['sim', 'run', 'telecom']\n"
    "runpy.run_module('sim', run_name='__main__')\n"
)


def test_what_a_policy_prints_does_not_mix_with_results(tmp_path):
    (tmp_path / "mine.py").write_text(CHATTY)
    done = sim("run", "telecom", *TINY, "--policy", "mine.py:Mine", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["scenario"] == "telecom"
    assert "made" in done.stderr and "decided" in done.stderr


def test_an_interrupt_while_libraries_load_is_one_line():
    heeding = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n{LOADING}"
    done = subprocess.run([sys.executable, "-c", heeding], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "sim: stopped\n")


def plain(*words, **more):
    """Run with a terminal that knows ASCII only."""
    return subprocess.run(
        [sys.executable, "-m", "sim", *words],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"}, **more,
    )  # fmt: skip


def test_what_a_terminal_has_no_sign_for_does_not_end_the_command(tmp_path):
    (tmp_path / "x.yaml").write_text("name: Käse\nfirms:\n  - {name: a, policy: osfa}\n", encoding="utf-8")
    assert plain("compare", "--help").returncode == 0
    done = plain("scenario", "check", "x.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout[:17]) == (0, "K\\xe4se is sound;")


def test_a_closed_standard_output_does_not_end_the_command():
    line = f'"{sys.executable}" -m sim scenario list >&-'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_that_is_ignored_stays_ignored():
    ignoring = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{LOADING}"
    done = subprocess.run([sys.executable, "-c", ignoring], capture_output=True, text=True, check=False)
    assert "stopped" not in done.stderr and done.returncode == 0


def test_money_is_named_in_the_currency_of_the_scenario(tmp_path):
    sim("run", "telecom", *TINY, "--set", "market.currency=USD", "--out", str(tmp_path / "out"))
    with (tmp_path / "out" / "dictionary.csv").open() as file:
        units = {row["name"]: row["unit"] for row in csv.DictReader(file)}
    stored = {
        field.name: field.metadata[b"unit"].decode() for field in pq.read_schema(tmp_path / "out/monthly.parquet")
    }
    assert units["profit"] == stored["profit"] == "USD"
    assert not any("EUR" in unit for unit in [*units.values(), *stored.values()])
