"""`sim bench` in its smallest size: every part runs, and rows say what they are held against."""

import json

import pytest

from sim.benchmarks import against, parts
from sim.benchmarks.processes import in_process
from sim.benchmarks.result import ELSEWHERE, THIS_RUN, at_least, at_most, measured, skipped
from sim.benchmarks.sizes import FULL, QUICK
from sim.cli import main
from tests.support.command_line import sim

pytestmark = pytest.mark.long

ROWS_OF_A_PART = {
    "versions": {"phases_telecom_50", "saved_run", "run_of_a_sweep"},
    "cpp": {"blocks_over_cpp"},
    "engines": {"agents_over_compiled", "plain_mesa_over_compiled"},
    "scaling": {"cost_200", "cost_1000", "cost_1000_over_200"},
    "threads": {"two_threads_speed_up", "two_threads_same_bits"},
    "memory": {"bytes_per_customer", "peak_memory_1000"},
    "outside": {"share_outside_compiled_loop"},
    "start-up": {
        "start_up_version", "start_up_help", "start_up_wrong_word", "start_up_scenario_list", "start_up_first_month",
        "start_up_small_run",
    },
    "compile": {"first_compile", "first_run_says_so_once"},
    "sweeps": {"overhead_of_a_run", "parent_memory_of_a_sweep"},
    "large": {"peak_memory_1000", "peak_bytes_per_customer_1000", "seconds_1000", "wall_seconds_1000"},
}  # fmt: skip


MANY_PROCESSES = ("versions", "start-up", "large")  # parts that start one after the other
FEW_PROCESSES = tuple(part for part in ROWS_OF_A_PART if part not in MANY_PROCESSES)


def bench(*parts):
    """What a quick bench of some parts prints."""
    done = sim("bench", *parts, "--quick", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def quick():
    return bench(*FEW_PROCESSES)


def rows_missing(part, printed):
    names = [row["name"] for row in printed["results"]]
    return {row for row in ROWS_OF_A_PART[part] if not any(name.startswith(row) for name in names)}


def test_the_table_here_has_every_part():
    assert set(ROWS_OF_A_PART) == {part.name for part in parts.PARTS}


@pytest.mark.parametrize("part", FEW_PROCESSES)
def test_a_part_gives_its_rows(part, quick):
    assert rows_missing(part, quick) == set()


@pytest.mark.slow
@pytest.mark.parametrize("part", MANY_PROCESSES)
def test_a_part_that_starts_many_processes_gives_its_rows(part):
    assert rows_missing(part, bench(part)) == set()


def test_a_quick_bench_judges_nothing(quick):
    assert {row["met"] for row in quick["results"]} == {None}


def test_two_threads_give_the_same_bits(quick):
    assert next(row["value"] for row in quick["results"] if row["name"] == "two_threads_same_bits") == 1.0


def test_the_machine_is_named(quick):
    assert "Python" in quick["machine"]


def test_a_part_alone_measures_nothing_else():
    assert [row.name for row in parts.measure(["compile"], QUICK)] == ["first_compile", "first_run_says_so_once"]


def test_the_large_world_runs_on_request_only():
    assert [part.name for part in parts.PARTS if part.on_request] == ["large"]


@pytest.mark.parametrize(
    ("bound", "values", "met", "ratio"),
    [
        (at_most(2.0), [1.0, 2.0, 9.0], True, 1.0),
        (at_most(2.0), [3.0], False, 1.5),
        (at_least(5.0), [10.0], True, 2.0),
        (at_least(5.0), [4.0], False, 0.8),
        (None, [4.0], None, None),
    ],
)
def test_a_row_is_held_against_its_bound_by_the_median(bound, values, met, ratio):
    row = measured("something", values, "s", bound, "")
    assert (row.met, row.ratio, row.source) == (met, ratio, THIS_RUN)


def test_a_row_without_a_figure_is_neither_met_nor_missed():
    row = skipped("something", "s", at_most(1.0), "why")
    assert (row.met, row.ratio, row.target) == (None, None, 1.0)


def test_what_was_recorded_elsewhere_is_shown_and_not_judged():
    row = measured("something", [10.0], "ratio", at_least(5.0), "")._replace(source=ELSEWHERE)
    assert (row.met, row.ratio) == (None, 2.0)


@pytest.mark.parametrize("work", list(against.works(FULL)), ids=lambda work: work.name)
def test_the_record_of_the_first_version_has_every_figure_with_its_unit(work):
    figure = against.recorded()["figures"][work.name]
    assert figure["unit"] == work.unit
    assert figure["low"] <= figure["value"] <= figure["high"]


def test_the_record_says_what_was_measured_where_and_when():
    record = against.recorded()
    assert record["commit"] == "b9bd7c8"
    assert record["date"] and record["machine"]


def test_the_recorded_version_is_held_against_this_one(monkeypatch):
    work = next(against.works(FULL))
    before = against.recorded()["figures"][work.name]["value"]
    monkeypatch.setattr(against, "works", lambda sizes: [work])
    monkeypatch.setattr(against, "cost", lambda checkout, work: before / 4.0)
    rows = {row.name: row for row in against.measure_with_record(FULL)}
    assert rows[work.name].source == THIS_RUN
    assert rows[f"{work.name}_of_0.1.0"].source == ELSEWHERE
    assert rows[f"{work.name}_times_faster"].value == pytest.approx(4.0)


def test_versions_in_turns_are_judged_by_the_ratios_of_rounds(monkeypatch):
    work = next(against.works(FULL))
    monkeypatch.setattr(against, "works", lambda sizes: [work])
    costs = iter([60.0, 10.0, 100.0, 10.0, 70.0, 10.0])
    monkeypatch.setattr(against, "cost", lambda checkout, work: next(costs))
    rows = {row.name: row for row in against.measure_in_turns(against.HERE, FULL)}
    faster = rows[f"{work.name}_times_faster"]
    assert (faster.value, faster.low, faster.high, faster.met) == (7.0, 6.0, 10.0, True)
    record = against.record_of(list(rows.values()), "abc")
    assert record["figures"] == {work.name: {"value": 70.0, "unit": work.unit, "low": 60.0, "high": 100.0}}


def test_a_folder_that_is_no_checkout_is_refused(tmp_path):
    (tmp_path / "sim.py").write_text("raise ImportError('nothing here')")
    with pytest.raises(against.BadInput, match="no version of sim that can be timed"):
        against.cost(tmp_path, next(against.works(QUICK)))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scalling"], "Did you mean scaling?"),
        (["scaling", "--against", "elsewhere"], "name it too"),
        (["--record", "file.json"], "--against CHECKOUT"),
        (["versions", "--against", "nowhere"], "no checkout"),
    ],
)
def test_a_part_or_option_that_makes_no_sense_is_refused(words, said, capsys):
    assert main(["bench", *words]) == 2
    assert said in capsys.readouterr().err


def test_the_parts_are_listed(capsys):
    assert main(["bench", "--list"]) == 0
    listed = capsys.readouterr().out
    assert all(part.name in listed and part.text in listed for part in parts.PARTS)


def test_a_command_that_ends_otherwise_than_expected_is_an_error():
    with pytest.raises(RuntimeError, match="ended with status 2, not 0"):
        in_process("rnu")
