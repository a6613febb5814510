"""The examples of docs/extending.md work as written, in as many files as the page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.commands.params import STUDY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
NEW_FILE = re.compile(r"^`([^`\n]+)`, a new file:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DIFF = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]}
CUT = " …"
OWN = "of your own"
TINY = """
from sim import Market, Scenario
from tests.support.worlds import run_market, same
NO_DISCOUNTS = {"market__neutral__newcomer_discount": 0.0, "market__neutral__retention_discount": 0.0}
SMALL = {"market.customers": 40, "market.size": 400, "months": 4, "market.warm_up": 0, "market.choice.consider": 0.5}
def tiny(name="telecom", **settings):
    return Scenario.load(name).with_settings(SMALL | {key.replace("__", "."): one for key, one in settings.items()})
"""
OF_THE_MODEL = """
from tests.architecture import test_house_rules as test_house, test_literals
from tests.support import pages_from_rows
test_literals.test_every_number_in_the_code_of_the_model_is_a_row_or_a_definition()
def files_by_hand():
    pages_from_rows.write()
    return {file for file, _ in pages_from_rows.by_hand()}
"""
CHECKS = {  # what must hold in the copy
    "A policy": """
        market = run_market(tiny(firms__0__policy="patient.py:Patient"))
        assert market.world.firms[0].plan.research == 0.08
    """,
    "A world": """
        assert run_market(Scenario.load("bakery.yaml").with_settings(SMALL)).monthly()["purchases"].sum() > 0
    """,
    "An experiment": """
        from sim.experiments.sweep.design.experiment import Experiment
        found = Experiment.load("service-hours.yaml")
        assert len(found.points) == 3 and len(found.contrasts) == 1
    """,
    "A chart": """
        from sim.charts import draw
        from tests.support.made_up_comparisons import tables
        for style in ("deck", "journal"):
            assert len(draw("base", tables(), style).figure.axes[0].lines) >= 3
    """,
    "A measure": """
        months = run_market(tiny(market__satisfaction__start=0.84)).monthly()
        assert 0.0 < months["share_promoters"].max() < 1.0
        row = next(one for one in test_house.MEASURES if one.name == "share_promoters")
        test_house.test_the_glossary_has_the_words_of_a_measure(row)
    """,
    "A decision": """
        market = Market(tiny(firms__0__decisions__loyalty_bonus=0.5, market__conduct="fixed", **NO_DISCOUNTS))
        market.world.people.tenure[:] = 40
        market.step()
        months = market.monthly()
        assert months["discounts"][0] > 0.0 == months["discounts"][1]
        from tests.parameters import test_decisions
        test_decisions.test_every_decision_can_be_tuned_for_a_policy_that_it_does_not_define()
        test_decisions.test_tuned_decisions_stand_in_the_places_that_their_rows_give()
        number = next(one for one in test_house.MARKET if one.name == "neutral.loyalty_bonus")
        test_house.test_the_odd_page_has_every_parameter_of_the_market(number)
        assert files_by_hand() == {"de/settings.json", "de/phone.json", "en/phone.json"}
    """,
    "A rule": """
        assert not same(run_market(tiny()), run_market(tiny(market__choice__bond=8.0)))
        number = next(one for one in test_house.MARKET if one.name == "choice.bond")
        test_house.test_the_odd_page_has_every_parameter_of_the_market(number)
        assert files_by_hand() == {"de/settings.json"}
    """,
    "A mechanism with a state of its own": """
        on = run_market(tiny(mechanisms__trust=True, market__trust__weight=0.5))
        off = run_market(tiny(market__trust__weight=0.5))
        assert on.world.people.trust.max() > 0.0 == off.world.people.trust.max()
        assert not same(on, off)
        from tests.simulation import test_guard
        test_house.test_the_odd_page_lists_every_mechanism_once("trust")
        for number in test_house.MARKET[-2:]:
            test_house.test_the_odd_page_has_every_parameter_of_the_market(number)
        test_guard.test_a_number_with_a_fraction_is_watched_or_said_not_to_be("trust")
        test_guard.test_the_watch_sees_a_number_of_a_person_that_is_not_finite("trust")
        test_guard.test_the_rule_that_a_message_names_exists("updated_trust")
        from tests.architecture import test_names_of_modules, test_odd_page
        for path in (one for one in test_names_of_modules.MODULES if one.stem == "trust"):
            test_names_of_modules.test_the_name_of_a_module_is_made_of_words_of_the_glossary(path)
        for path in test_odd_page.ROOMS:
            test_odd_page.test_a_module_of_customers_or_equations_is_linked(path)
        assert files_by_hand() == {"de/settings.json"}
    """,
}


ALONE = ("A measure", "A decision", "A rule", "A mechanism with a state of its own")  # they change what the model does
TOGETHER = (tuple(section for section in CHECKS if section not in ALONE), *((section,) for section in ALONE))


def new_files(section):
    return dict(NEW_FILE.findall(SECTIONS[section]))


def edits(section):
    """Path, lines to be found and lines to put there, of each hunk."""
    for block in DIFF.findall(SECTIONS[section]):
        for part in re.split(r"^--- ", block, flags=re.MULTILINE)[1:]:
            path, _, hunks = part.partition("\n")
            for hunk in re.split(r"^@@\n", hunks, flags=re.MULTILINE):
                lines = [(line[:1], line[1:]) for line in hunk.splitlines()]
                yield path, [text for sign, text in lines if sign != "+"], [line for line in lines if line[0] != "-"]


def agrees(line, shown):
    return line.startswith(shown.removesuffix(CUT)) if shown.endswith(CUT) else line == shown


def edited(text, old, new):
    """The text with one hunk applied; lines shown in part stay as they are."""
    lines = text.splitlines()
    found = [k for k in range(len(lines)) if len(lines) >= k + len(old) and all(map(agrees, lines[k:], old))]
    assert len(found) == 1, f"these lines stand {len(found)} times: {old}"
    there = lines[found[0] : found[0] + len(old)]
    made = [text if sign == "+" else next(line for line in there if agrees(line, text)) for sign, text in new]
    return "\n".join([*lines[: found[0]], *made, *lines[found[0] + len(old) :]]) + "\n"


@pytest.fixture
def copy(tmp_path):
    for room in ("sim", "tests", "docs", "scenarios", "experiments"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / STUDY, tmp_path / STUDY)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def apply(section, folder):
    for path, text in new_files(section).items():
        assert not (folder / path).exists(), f"{path} is no new file"
        (folder / path).write_text(text, encoding="utf-8")
    for path, old, new in edits(section):
        file = folder / path
        file.write_text(edited(file.read_text(encoding="utf-8"), old, new), encoding="utf-8")


def run(folder, *command):
    surroundings = os.environ | {"PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def files_of(section):
    """How many files an example touches, in the words of the page."""
    paths = {*new_files(section), *(path for path, *_ in edits(section))}
    rooms = [path.split("/")[0] if "/" in path else "" for path in paths]
    said = [(rooms.count("sim"), "in `sim`"), (rooms.count("docs"), "in `docs`"), (rooms.count(""), OWN)]
    return ", ".join(f"{count} {where}" for count, where in said if count)


def test_every_example_is_checked():
    assert list(SECTIONS) == list(CHECKS)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_counts_the_files_of_its_example(section):
    link = f"[{section[0].lower()}{section[1:]}](#{section.lower().replace(' ', '-')})"
    assert f"| {link} | {files_of(section)} |\n" in PAGE


@pytest.mark.long
@pytest.mark.parametrize("sections", TOGETHER, ids=", ".join)
def test_examples_work_as_written(sections, copy):
    for section in sections:
        apply(section, copy)
    steps = [line[8:] for section in sections for line in CHECKS[section].splitlines()]
    run(copy, "-c", "\n".join([TINY, OF_THE_MODEL if sections[0] in ALONE else "", *steps]))


def test_a_hunk_that_fits_nowhere_is_refused():
    with pytest.raises(AssertionError, match="stand 0 times"):
        edited("one\ntwo\n", ["three"], [(" ", "three"), ("+", "four")])


def test_a_line_shown_in_part_stays_whole():
    assert edited("one and more\n", ["one …"], [(" ", "one …"), ("+", "two")]) == "one and more\ntwo\n"
