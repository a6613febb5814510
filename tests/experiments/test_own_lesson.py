"""The lesson that docs/how-to/own-lesson.md shows is read, and gives what it says; the guides name what is there."""

import re
from pathlib import Path

import pytest

from sim.experiments.live.lesson_file import lesson_names, load_lesson
from sim.experiments.live.lesson_form import LESSON_KEYS
from sim.experiments.live.lesson_reveal import result_of, run_sides
from sim.files.language_texts import LANGUAGES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "how-to" / "own-lesson.md").read_text(encoding="utf-8")
NAME, TEXT = re.search(r"^`([^`\n]+)`, a new file:\n\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL).groups()
GUIDES = {"en": DOCS / "trainers-guide.md", "de": DOCS / "trainers-guide-de.md"}
WORLDS = 8  # paired worlds on which the reveal rests here


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    path = tmp_path_factory.mktemp("lesson") / NAME
    path.write_text(TEXT, encoding="utf-8")
    return load_lesson(path)


def test_the_lesson_of_the_page_is_read(lesson):
    assert f"{lesson.id}.yaml" == NAME


def test_the_page_explains_every_key_of_a_lesson():
    explained = set(re.findall(r"`(\w+)`", PAGE.partition("## What a lesson needs")[2]))
    assert set(LESSON_KEYS) - {"id"} <= explained


@pytest.mark.long
def test_the_lesson_of_the_page_gives_what_it_says(lesson):
    result = result_of(lesson, [run_sides(lesson, k) for k in range(WORLDS)])
    assert [number.reading for number in result.reveal] == [row.gives for row in lesson.reveal]
    assert result.answer == lesson.bet.gives


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", lesson_names())
def test_a_guide_names_every_lesson_by_its_title(language, name):
    assert f"| {load_lesson(name).title[language]} |" in GUIDES[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_marks_the_lessons_that_customer_centricity_loses(language):
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", GUIDES[language].read_text(encoding="utf-8"), re.MULTILINE)
    lessons = [load_lesson(name) for name in lesson_names()]
    lost = {lesson.title[language] for lesson in lessons if lesson.goes_against(lesson.bet.gives)}
    assert {title for title, gives in rows if "**" in gives} == lost
