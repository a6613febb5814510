"""Folders that charts are drawn of: known by their mark, refused when they are changed, cut, broken or foreign."""

import json

import pytest

from sim.charts import read_results
from sim.charts.names import labels_from
from sim.cli import main
from sim.experiments.comparison_result import Comparison
from sim.files.file_hashes import HASHED, hashes_of
from sim.parameters import BadInput
from tests.support.made_up_comparisons import tables
from tests.support.made_up_sweeps import assumptions_table


@pytest.fixture
def folder(tmp_path):
    """The folder of a comparison."""
    made = tables(effect=0.3, replications=3)
    place = tmp_path / "cmp"
    Comparison(made.runs, made.gaps, made.bridge, made.whale, made.runs, made.about, made.mechanisms).write(place)
    return place


@pytest.fixture
def study(tmp_path):
    place = tmp_path / "study"
    place.mkdir()
    assumptions_table().to_csv(place / "assumptions.csv", index=False)
    about = {"study": "assumptions", "scenario": "telecom", "sha256": "ab", "months": 36, "replications": 3}
    (place / "study.json").write_text(json.dumps(about | {HASHED: hashes_of(place, ["assumptions.csv"])}))
    return place


def test_what_was_written_is_read_back(folder):
    results = read_results(folder)
    assert results.kind == "comparison" and HASHED not in results.tables.about


def test_a_folder_without_a_name_lists_its_forms(folder, study, capsys):
    assert main(["chart", str(folder)]) == 0 and main(["chart", str(study)]) == 0
    said = capsys.readouterr().out
    assert "bridge" in said and "tornado" in said


def test_a_study_is_drawn_by_the_command(study, capsys):
    assert main(["chart", str(study), "tornado", "--format", "svg"]) == 0
    drawn = (study / "charts" / "tornado-customer_centric-product_centric.svg").read_text(encoding="utf-8")
    assert "Mean weight of price in the choice" in drawn


def test_the_note_of_drivers_counts_sampled_worlds_and_not_replications(tmp_path):
    about = {"study": "transformation", "experiment": "sampled-worlds", "months": 120, "worlds": 40, "replications": 2}
    (tmp_path / "drivers.csv").write_text("gap,factor,rank_correlation\ngap in months of profit,needs_spread,-0.4\n")
    (tmp_path / "study.json").write_text(json.dumps(about | {HASHED: hashes_of(tmp_path, ["drivers.csv"])}))
    assert main(["chart", str(tmp_path), "drivers", "--format", "svg"]) == 0
    drawn = (tmp_path / "charts" / "drivers-gap_in_months_of_profit.svg").read_text(encoding="utf-8")
    assert "2\N{NO-BREAK SPACE}sampled" not in drawn and "40\N{NO-BREAK SPACE}sampled" in drawn


def test_a_form_with_nothing_to_show_is_told_and_not_drawn(study, capsys):
    assert main(["chart", str(study), "drivers"]) == 0
    assert "drivers: This study has no sampled numbers" in capsys.readouterr().out
    assert not (study / "charts").exists()


def changed(path):
    path.write_text(path.read_text().replace("osfa", "osfb"))


def cut(path):
    text = path.read_text()
    path.write_text(text[: len(text) // 2])


def gone(path):
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "said"), [(changed, "was changed or cut"), (cut, "was changed or cut"), (gone, "is missing")]
)
def test_a_table_that_is_not_what_was_written_is_named(folder, capsys, harm, said):
    harm(folder / "gaps.csv")
    assert main(["chart", str(folder), "gaps"]) == 2
    told = capsys.readouterr().err
    assert f"gaps.csv {said}" in told and told.count("\n") == 1


def test_a_broken_mark_is_named(study, capsys):
    cut(study / "study.json")
    assert main(["chart", str(study), "all"]) == 2
    assert "study.json is broken" in capsys.readouterr().err


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds nothing to draw"):
        read_results(tmp_path)


def test_an_unknown_form_lists_those_of_the_folder(study, capsys):
    assert main(["chart", str(study), "tornada"]) == 2
    assert "Did you mean tornado? Charts of a study: tornado, drivers" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["osfa", "=Words", "osfa="])
def test_a_label_without_key_or_words_is_refused(text):
    with pytest.raises(BadInput, match="--label KEY=WORDS"):
        labels_from([text])
