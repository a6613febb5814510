"""Results of a behavioural calibration: document, tables, warnings, picture, scenario file, command, real model."""

import json
import subprocess
import sys

import pytest
import yaml

from sim.calibration.behaviour.identification import IDENTIFIED, OUT_OF_REACH
from sim.charts.posterior import draw_posteriors
from sim.charts.theme import find_style
from sim.cli import main
from sim.commands.calibrate_behaviour import keep, sentences, write_numbers
from sim.experiments.behaviour.calibrate import calibrated
from sim.experiments.behaviour.patterns import PLAIN_SCALE, Pattern
from sim.experiments.sweep.store.tables import read_runs
from sim.files.atomic_folder import BEHAVIOUR_MARK
from tests.support.known_simulators import PATTERNS as KNOWN_PATTERNS
from tests.support.known_simulators import quadratic_bank
from tests.support.sweeps import until_parts

ABOUT = {"scenario": "known", "dated": "2026-11-29", "customers": 60, "months": 24, "seed": 1, "runs": 600}
NAMED = Pattern("", "1", "", lambda run: 0.0, PLAIN_SCALE, "", ())
ROWS = [NAMED._replace(name=name) for name in KNOWN_PATTERNS]
SEEN = dict(zip(KNOWN_PATTERNS, (0.5, 0.2, -0.3, 0.1), strict=True))


@pytest.fixture(scope="module")
def known_bank():
    return quadratic_bank(600, seed=200)


@pytest.fixture(scope="module")
def calibration(known_bank):
    return calibrated(known_bank, ROWS, SEEN, ABOUT)


def test_only_observed_patterns_are_used(known_bank):
    few = calibrated(known_bank, ROWS, {"sum": 0.5, "square": 0.1}, ABOUT)
    assert [row.name for row in few.patterns] == ["sum", "square"]


def test_the_document_says_not_identified_without_an_estimate(calibration):
    document = calibration.as_mapping()
    silent = document["numbers"][3]
    assert (silent["verdict"], silent["estimate"]) == ("not identified", None)
    assert document["not_identified"] == ["temper.silent"]
    assert "silent" not in json.dumps(calibration.identified)


def test_the_tables_say_not_identified_without_an_estimate(calibration):
    lines = sentences(calibration)
    row = [line.split() for line in lines if line.split()[:1] == ["temper.silent"]][-1]
    assert row == ["temper.silent", "not", "identified"]
    assert "Not identified, so no estimate is given: temper.silent." in lines


def test_permuted_patterns_are_a_warning(known_bank):
    warned = calibrated(known_bank.permuted(), ROWS, SEEN, ABOUT)
    assert any(text.startswith("No signal: ") for text in warned.warnings)
    assert warned.identified == {}


def test_patterns_out_of_reach_are_named_and_nothing_is_estimated(known_bank):
    far = calibrated(known_bank, ROWS, SEEN | {"square": 99.0}, ABOUT)
    assert any(text.startswith("The model cannot make these patterns: square.") for text in far.warnings)
    assert [row.name for row in far.patterns if row.outside] == ["square"]
    assert {row.verdict for row in far.numbers} == {OUT_OF_REACH}
    assert far.identified == {}


def test_a_sound_calibration_has_no_warning(calibration):
    assert calibration.warnings == []


SCENARIO = "name: mine\nmarket:\n  temper: {a: 1.5, silent: 0.7}\n"


def test_only_identified_numbers_go_into_a_scenario_file_with_their_source(tmp_path, calibration):
    path = tmp_path / "mine.yaml"
    path.write_text(SCENARIO)
    assert write_numbers(calibration, path) == 0
    contents = yaml.safe_load(path.read_text())
    assert contents["market"]["temper"]["silent"] == 0.7
    assert contents["market"]["temper"]["a"] == pytest.approx(calibration.identified["temper.a"], rel=1e-5)
    assert set(contents["sources"]) == {"market.temper.a", "market.temper.b", "market.temper.c"}
    assert contents["sources"]["market.temper.a"].startswith("calibrated to sum, product, square, mean: 2026-11-29")


def test_a_scenario_file_stays_as_it_is_where_nothing_is_identified(tmp_path, known_bank, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(SCENARIO)
    assert write_numbers(calibrated(known_bank.permuted(), ROWS, SEEN, ABOUT), path) == 1
    assert path.read_text() == SCENARIO
    assert "no number is identified" in capsys.readouterr().err


def test_table_picture_and_document_are_kept(tmp_path, calibration):
    keep(calibration, tmp_path)
    assert json.loads((tmp_path / BEHAVIOUR_MARK).read_text())["finished"] is True
    assert (tmp_path / "behaviour.png").stat().st_size > 0
    assert (tmp_path / "numbers.csv").read_text().startswith("name,prior_low,prior_high,")


def test_the_picture_says_how_many_numbers_are_identified(calibration):
    chart = draw_posteriors(calibration.table(), ABOUT, find_style("journal"))
    assert chart.title == "Known: patterns identify 3 of 4 numbers"


# the command


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["telcom"], "telecom"),
        (["telecom", "--runs", "10"], "runs"),
        (["telecom", "--parameters", "choice.taste=3..1"], "the range must rise"),
        (["telecom", "--write", "nowhere.yaml", "--observed", "seen.yaml"], "there is no such file"),
        (["telecom", "--observed", "nowhere.yaml"], "nowhere.yaml"),
        (["telecom", "--write", __file__, "--observed", "seen.yaml"], "this is not valid YAML"),
    ],
)
def test_bad_input_is_refused_before_anything_is_simulated(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["calibrate", "behaviour", *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_can_be_written_without_observations(tmp_path, capsys):
    path = tmp_path / "mine.yaml"
    path.write_text(SCENARIO)
    assert main(["calibrate", "behaviour", "telecom", "--write", str(path)]) == 2
    assert "without --observed no number is estimated" in capsys.readouterr().err


# the real model

REAL = ["calibrate", "behaviour", "telecom", "--runs", "512", "--customers", "400", "--months", "24", "--json"]


@pytest.mark.slow
def test_intervals_of_the_real_model_hold_numbers_of_runs_that_it_has_not_seen(tmp_path, capsys):
    """102 runs are held out: shares stray by less than 0.12 but once in 10,000 (four standard deviations)."""
    assert main([*REAL, "--out", str(tmp_path / "out")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["held_out_runs"] == 102
    assert [row["name"] for row in document["numbers"] if abs(row["coverage"] - 0.9) > 0.12] == []
    verdicts = {row["name"]: row["verdict"] for row in document["numbers"]}
    assert verdicts["satisfaction.learning_use"] == IDENTIFIED
    assert "economics.price_weight" in document["not_identified"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="kills by signal")
def test_a_calibration_that_was_killed_goes_on_to_the_same_numbers(tmp_path):
    small = ["telecom", "--runs", "256", "--customers", "50", "--months", "24", "--json"]
    command = [sys.executable, "-m", "sim", "calibrate", "behaviour", *small, "--workers", "1", "--out"]
    process = subprocess.Popen([*command, str(tmp_path / "killed")], stderr=subprocess.DEVNULL)
    until_parts(tmp_path / "killed" / "bank", process, 2)
    process.kill()
    process.wait()
    before = len(read_runs(tmp_path / "killed" / "bank"))
    again, whole = (
        json.loads(subprocess.run([*command, str(tmp_path / name)], check=True, capture_output=True, text=True).stdout)
        for name in ("killed", "whole")
    )
    assert 0 < before < 256
    assert again["numbers"] == whole["numbers"]
