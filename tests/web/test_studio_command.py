"""The command itself: its check, what it says without its extra packages, and a lesson of one's own."""

import argparse

import pytest

from sim.cli import main
from sim.commands import studio
from sim.web.check import check
from sim.web.options import Options
from sim.web.server import listening
from sim.web.worker import Failed
from tests.support.studio import free_port


@pytest.fixture
def options(tmp_path):
    return Options(tmp_path, "127.0.0.1", free_port())


def checked(options):
    """Status and lines of the check."""
    lines = []
    return check(options, lines.append, lambda: None), lines


def test_the_check_finds_port_files_and_contrast_in_order(options):
    status, lines = checked(options)
    assert status == 0, lines
    assert {line[:4] for line in lines} <= {"ok  ", "... "}


def test_the_check_names_a_port_that_is_taken_and_another_one(options):
    with listening(options):
        status, lines = checked(options)
    assert status == 1
    assert [line for line in lines if line.startswith("FAIL") and f"--port {options.port + 1}" in line]


def test_the_check_says_that_other_devices_are_not_tested_and_how_to_test_them(options):
    lines = checked(options._replace(lan="127.0.0.1"))[1]
    [said] = [line for line in lines if "phones" in line]
    assert "not tested" in said
    assert f"http://127.0.0.1:{options.port}/health" in said


def test_the_check_finds_an_address_in_the_network_that_does_not_answer(options):
    status, lines = checked(options._replace(lan="192.0.2.1"))
    assert status == 1
    assert [line for line in lines if line.startswith("FAIL") and "192.0.2.1" in line]


def test_the_check_says_how_long_the_model_took_to_compile(options):
    lines = []
    check(options, lines.append, lambda: 61.4)
    assert lines[-1].startswith("ok   the model is compiled, which took 61 seconds")


def test_the_check_fails_where_the_model_does_not_run(options):
    def break_down():
        raise Failed("no room on the disk")

    lines = []
    assert check(options, lines.append, break_down) == 1
    assert "no room on the disk" in lines[-1]


def test_without_its_packages_one_line_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(studio, "WEB_PACKAGES", ("no_such_package",))
    assert main(["studio", "--check"]) == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "no_such_package" in said
    assert 'pip install "customer-centricity[studio]"' in said


def test_a_lesson_with_a_fault_ends_the_studio_before_it_begins(tmp_path, capsys):
    path = tmp_path / "own.yaml"
    path.write_text("title: 3\nworld: nowhere\n", encoding="utf-8")
    assert main(["studio", "--no-browser", "--data", str(tmp_path), "--lesson", str(path)]) == 2
    assert "own.yaml" in capsys.readouterr().err


def test_a_lesson_of_ones_own_is_what_the_facilitator_begins_with(tmp_path):
    parser = argparse.ArgumentParser()
    studio.add(parser)
    arguments = parser.parse_args(["--lesson", str(tmp_path / "own.yaml")])
    assert Options(tmp_path, "127.0.0.1", 8765, lesson=str(arguments.lesson)).lesson_id == "own"
