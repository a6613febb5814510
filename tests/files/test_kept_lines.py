"""Work that goes on after a stop: whose folder it is, lines that stay, and a last line that was cut off."""

import pytest

from sim import BadInput
from sim.files.kept_lines import add_lines, begin_folder, lines_of

ROWS = [{"key": "a", "answer": 1.5}, {"key": "b", "answer": [1, 2]}]


def test_lines_are_read_as_they_were_added(tmp_path):
    for row in ROWS:
        add_lines(tmp_path / "kept.jsonl", [row])
    assert list(lines_of(tmp_path / "kept.jsonl", ("key", "answer"), "answer")) == ROWS


def test_a_file_that_is_not_there_holds_nothing(tmp_path):
    assert list(lines_of(tmp_path / "kept.jsonl", ("key",), "answer")) == []


def test_a_last_line_that_was_cut_off_is_taken_away_and_the_next_is_whole(tmp_path):
    path = tmp_path / "kept.jsonl"
    add_lines(path, ROWS)
    path.write_text(path.read_text()[:-5])
    assert list(lines_of(path, ("key", "answer"), "answer")) == ROWS[:1]
    add_lines(path, ROWS[1:])
    assert list(lines_of(path, ("key", "answer"), "answer")) == ROWS


@pytest.mark.parametrize(
    ("line", "what"), [("garbage", "Expecting value"), ('{"key": 1}', "no answer"), ("[1]", "keys")]
)
def test_a_line_of_another_kind_is_named(tmp_path, line, what):
    path = tmp_path / "kept.jsonl"
    add_lines(path, ROWS[:1])
    path.write_text(f"{path.read_text()}{line}\n")
    with pytest.raises(BadInput, match=rf"kept\.jsonl:2: this line is no answer \(.*{what}"):
        list(lines_of(path, ("key", "answer"), "answer"))


def test_the_same_work_finds_its_folder_and_another_is_refused_by_what_differs(tmp_path):
    for _ in range(2):
        begin_folder(tmp_path / "out", "supply.json", {"seed": 1, "worlds": (1, 2)}, "calibration")
    with pytest.raises(BadInput, match="holds a calibration with another seed"):
        begin_folder(tmp_path / "out", "supply.json", {"seed": 2, "worlds": (1, 2)}, "calibration")
