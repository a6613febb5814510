"""The command line as a whole: what it loads, what it says, what it keeps."""

import json
import subprocess
import sys

import pytest

from sim import Scenario
from sim.cli import main
from sim.commands.table import COMMAND_NAMES
from sim.commands.text import align
from sim.experiments.policy_contract import BrokenContract, plans_within_ranges, run_checks, views_to_try
from sim.parameters import BadInput
from sim.parameters.checking import Place, nearest, unknown_key
from sim.parameters.renames import Rename, upgraded
from sim.policies import Plan, Policy, policy_named

HEAVY = ("numpy", "numba", "mesa", "pandas", "matplotlib", "scipy", "pyarrow")
SMALL = ["--years", "1", "--customers", "30", "--set", "market.size=300", "--set", "market.warm_up=0"]
LOADED = (
    "import sys\nfrom sim.cli import main\nfor words in {calls!r}:\n    try:\n        main(words)\n"
    "    except SystemExit:\n        pass\n"
    "print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
)


def test_help_version_errors_and_lists_load_no_heavy_library():
    calls = [["--version"], ["--help"], ["rnu"], [], ["scenario", "list"], ["params", "attrition"]]
    calls += [[name, "--help"] for name in COMMAND_NAMES]
    code = LOADED.format(calls=calls, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_the_package_names_what_it_has_and_loads_none_of_it():
    code = (
        f"import sys, sim; print(sorted(set(sim.__all__) - set(dir(sim))), [n for n in {HEAVY!r} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[] []\n"


def test_sim_alone_gives_three_examples(capsys):
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n  sim ") == 3


def test_nothing_is_suggested_for_a_word_that_is_like_no_command(capsys):
    assert main(["photosynthesis"]) == 2
    assert "Did you mean" not in capsys.readouterr().err
    assert nearest("rnu", COMMAND_NAMES) == " Did you mean run?"


def test_only_a_file_hides_a_scenario_of_the_box(tmp_path, monkeypatch):
    (tmp_path / "telecom").mkdir()
    monkeypatch.chdir(tmp_path)
    assert Scenario.load("telecom").name == "telecom"


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs of mine")
    dearer = ["--set", "firms.0.decisions.price=1.2"]
    for name, more in (("one", []), ("again", []), ("dearer", dearer)):
        assert main(["run", "telecom", *SMALL, *more, "--out", str(folder / name)]) == 0
    return folder


def test_two_runs_that_are_equal_say_so(runs, capsys):
    assert main(["diff", str(runs / "one"), str(runs / "again")]) == 0
    assert "are the same" in capsys.readouterr().out


def test_two_runs_that_differ_name_month_phase_firm_decision_and_customer(runs, capsys):
    assert main(["diff", str(runs / "one"), str(runs / "dearer"), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    firms, customers = found["moments"]
    assert found["settings"] == {"firms.0.decisions.price": [None, 1.2]}
    assert (firms["month"], firms["phase"], firms["firm"], firms["column"]) == (1, "decisions", "north", "plan.price")
    assert (firms["other"], customers["part"]) == (1.2, "customers") and int(customers["customer"]) >= 0
    assert found["measures"]["month"] >= 1


def test_what_was_written_is_said_with_a_command_that_a_shell_takes(tmp_path, capsys):
    folder = tmp_path / "my run"
    assert main(["run", "telecom", *SMALL, "--out", str(folder)]) == 0
    told = capsys.readouterr().err
    assert f"written: {folder}" in told and f"sim explain '{folder}' --customer 0" in told


def test_a_folder_of_another_kind_is_named_with_the_command_that_reads_it(runs, tmp_path, capsys):
    assert main(["report", str(runs / "one")]) == 2
    assert "this is a run: use sim explain" in capsys.readouterr().err
    (tmp_path / "study.json").write_text("")
    assert main(["report", str(tmp_path)]) == 2
    assert f"this is a study: use sim study NAME --out {tmp_path}" in capsys.readouterr().err


def test_a_profile_tells_every_phase_and_their_sum(capsys):
    assert main(["run", "telecom", *SMALL, "--profile", "--json"]) == 0
    profile = json.loads(capsys.readouterr().out)["profile"]
    assert {"birth", "people", "decisions", "offers", "market", "desks", "service", "books"} <= profile.keys()
    assert min(profile.values()) >= 0.0 and profile["market"] > 0.0


def test_the_table_of_a_run_fits_80_columns_and_marks_the_own_firm(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["run", "telecom", *SMALL]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.startswith("* ")] == ["* north, customer_centric"]


def test_a_wide_table_goes_on_below_itself():
    lines = align([["name", *(f"column{k}" for k in range(20))]], space=40)
    assert max(map(len, lines)) <= 40 and sum(line.startswith("  name") for line in lines) > 1
    assert {word for line in lines for word in line.split()} == {"name", *(f"column{k}" for k in range(20))}


@pytest.mark.parametrize("name", ["product_centric", "osfa", "customer_centric", "hybrid", "transforming"])
def test_policies_in_the_box_keep_every_part_of_the_contract(name):
    assert [one.reason for one in run_checks(lambda: policy_named(name))] == [""] * 6


def test_a_plan_out_of_its_range_breaks_the_contract():
    class Dear(Policy):
        name, summary, start = "dear", "dear", Plan(price=99.0)

    with pytest.raises(BrokenContract, match="price is 99"):
        plans_within_ranges(Dear, views_to_try()[:1])


def test_a_policy_that_remembers_fails_the_check_with_status_1(tmp_path, capsys):
    (tmp_path / "mine.py").write_text(
        "from sim.policies import Plan, Policy\n\n\nclass Mine(Policy):\n    name, summary, start = 'm', 'm', Plan()\n"
        "    seen = 0\n\n    def decide(self, view):\n        print('noise')\n        self.seen += 1\n"
        "        return self.start.changed({'price': 1.0 + 1e-6 * self.seen})\n"
    )
    assert main(["policy", "check", f"{tmp_path / 'mine.py'}:Mine", "--json"]) == 1
    checks = json.loads(capsys.readouterr().out)["checks"]
    assert [one["ok"] for one in checks] == [True, True, True, True, False, True]


def test_an_old_key_is_rewritten_and_all_else_kept():
    text = "name: x\nmarket: {size: 5, needs: {size: 1}}  # size\nfirms:\n  - {name: a, cash: 3}\n"
    renames = [Rename("market", "size", "people", "9.9"), Rename("firms.*", "cash", "money", "9.9")]
    made, changes = upgraded(text, "old.yaml", renames)
    assert made == text.replace("{size: 5", "{people: 5").replace("cash", "money")
    assert [line.partition(" is called")[0] for line in changes] == [
        "old.yaml:2: market.size",
        "old.yaml:4: firms.0.cash",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{choice: {size: 5, taste: 1}}", "{choice: {taste: 1}}"),
        ("{choice: {taste: 1, size: 5}}", "{choice: {taste: 1}}"),
        ("{choice: {size: 5}}", "{choice: {}}"),
        ("\n  choice:\n    size: 5  # people\n    taste: 1\n", "\n  choice:\n    taste: 1\n"),
        ("\n  choice:\n    size: 5\n", "\n  choice:\n    {}\n"),
    ],
)
def test_a_key_without_a_successor_is_taken_out_and_all_else_kept(old, new):
    gone = [Rename("market.choice", "size", "", "9.9", "it is reckoned from the price")]
    made, changes = upgraded(f"market: {old}", "old.yaml", gone)
    assert made == f"market: {new}"
    assert "market.choice.size is no longer known from version 9.9 on: it is reckoned from the price" in changes[0]


def test_the_weight_of_promotions_is_named_where_a_file_still_has_it():
    contents = {
        "name": "x",
        "market": {"choice": {"promotion_weight": 4.0}},
        "firms": [{"name": "a", "policy": "osfa"}],
    }
    with pytest.raises(BadInput, match="promotion_weight is no longer known .*expected_stay; use sim scenario upgrade"):
        Scenario.from_mapping(contents)


def test_a_loader_that_meets_an_old_key_says_how_to_go_on(monkeypatch):
    monkeypatch.setattr("sim.parameters.checking.find_rename", lambda path: Rename("market", "size", "people", "9.9"))
    said = str(unknown_key(Place("my old.yaml"), "market.size", "size", ["people"]))
    assert "use sim scenario upgrade 'my old.yaml'" in said


def test_numbers_are_kept_when_a_chart_fails(tmp_path, capsys, monkeypatch):
    def broken(found, folder, shown):
        raise RuntimeError("no font")

    monkeypatch.setattr("sim.reports.folder_report.report_of_comparison", broken)
    words = ["compare", "telecom", "--replications", "2", "--bridge", "reap", "--set", "months=2", *SMALL[4:]]
    assert main([*words, "--set", "market.customers=30", "--out", str(tmp_path / "out")]) == 1
    assert (tmp_path / "out" / "gaps.csv").is_file() and "the numbers are kept" in capsys.readouterr().err


def test_a_word_that_no_parameter_has_is_bad_input():
    from sim.commands.params import find_parameters

    with pytest.raises(BadInput, match="no parameter has"):
        find_parameters("xyzzy")
