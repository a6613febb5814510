"""Lessons: their files are read strictly, and their reveal is what the model gives."""

import re
from string import Formatter

import numpy as np
import pytest
import yaml

from sim.experiments.claims.shipped import entry_names
from sim.experiments.live.customer_life import Lives
from sim.experiments.live.lesson_check import PLACES
from sim.experiments.live.lesson_file import lesson_names, lessons_folder, load_lesson
from sim.experiments.live.lesson_form import QUESTIONS, read_lesson
from sim.experiments.live.lesson_reveal import result_of, run_sides
from sim.experiments.live.lesson_words import ledger_verdicts, lesson_as_json
from sim.experiments.live.watched_world import WatchedWorlds
from sim.files.language_texts import LANGUAGES
from sim.parameters.checking import Place
from sim.parameters.errors import BadInput

SMALL = """
id: small
title: {en: Walls}
question: {en: "What do walls cost?"}
story: {en: Two firms.}
idea: {en: Walls cost.}
claims: {silo-experience: {}}
world: telecom
months: 24
left: {name: {en: Walls}, settings: {firms.north.decisions.walls: 1.0}}
right: {name: {en: None}, settings: {firms.north.decisions.walls: 0.0}}
stops: [{month: 12, text: {en: Half-way.}}]
bet:
  question: {en: "Who earns more?"}
  measure: profit
  choices: {left: {en: Walls}, right: {en: No walls}}
  gives: right
reveal:
  - {measure: profit, left: {en: "{left}"}, right: {en: "{right}"}, alike: {en: alike}, gives: right}
customer: {rule: typical, side: left, text: {en: Look.}}
discussion: [{en: "One?"}, {en: "Two?"}, {en: "Three?"}]
"""


def small(**changes):
    return yaml.safe_load(SMALL) | changes


def complaint(contents):
    with pytest.raises(BadInput) as told:
        read_lesson(contents, Place("mine.yaml"))
    return str(told.value)


@pytest.fixture(scope="module", params=lesson_names())
def lesson(request):
    return load_lesson(request.param)


def test_a_lesson_has_the_name_of_its_file(lesson):
    assert (lessons_folder() / f"{lesson.id}.yaml").is_file()


def test_a_lesson_of_the_box_speaks_every_language(lesson):
    assert set(lesson.title) == set(LANGUAGES)


def test_a_lesson_rests_on_claims_of_the_ledger(lesson):
    assert lesson.claims and set(lesson.claims) <= set(entry_names())


def test_the_ledger_has_a_verdict_on_every_claim_of_a_lesson(lesson):
    assert set(lesson.claims) <= set(ledger_verdicts())


def test_the_two_worlds_of_a_lesson_differ(lesson):
    assert lesson.pair.differences


def test_what_goes_over_the_wire_does_not_tell_the_answer(lesson):
    assert "gives" not in str(lesson_as_json(lesson))


def test_a_sentence_of_a_reveal_shows_both_numbers_or_their_difference(lesson):
    for row in lesson.reveal:
        for texts in row.forms.values():
            for text in texts.values():
                shown = {name for _, name, _, _ in Formatter().parse(text) if name}
                assert {"left", "right"} <= shown or "difference" in shown, text


def test_texts_hold_no_number_of_the_run_that_was_typed_in(lesson):
    for row in lesson.reveal:
        for texts in row.forms.values():
            for text in texts.values():
                assert not re.search(r"\d", re.sub(r"\{\w+\}", "", text)), text


def test_a_lesson_with_what_is_needed_and_no_more_is_read():
    assert read_lesson(small(), Place("mine.yaml")).pair.months == 24


def test_an_unknown_key_is_told_with_the_nearest():
    assert "storry is not a known key. Did you mean story?" in complaint(small(storry={"en": "x"}))


def test_a_wrong_setting_is_told_with_its_key_path():
    left = {"name": {"en": "Walls"}, "settings": {"firms.north.decisions.wals": 1.0}}
    assert re.search(
        r"left\.settings\.firms\.north\.decisions\.wals .*Did you mean walls\?", complaint(small(left=left))
    )


def test_an_unknown_claim_is_told_with_the_nearest():
    assert "Did you mean silo-experience?" in complaint(small(claims={"silo-experiences": {}}))


def test_a_stop_after_the_last_month_is_told():
    stops = [{"month": 36, "text": {"en": "Late."}}]
    assert "stops.0.month is 36; a whole number between 0 and 24 is needed." in complaint(small(stops=stops))


def test_months_of_a_number_after_the_last_month_are_told():
    bet = small()["bet"] | {"months": [1, 60]}
    assert "bet.months ends in month 60, after the last of the 24 months." in complaint(small(bet=bet))


def test_a_change_that_needs_another_past_is_told():
    change = {"month": 6, "side": "left", "settings": {"market.network.degree": 4}, "text": {"en": "x"}}
    assert "makes the people or their ties" in complaint(small(changes=[change]))


def test_a_change_after_the_last_month_but_one_is_told():
    change = {"month": 24, "side": "left", "settings": {"firms.north.decisions.walls": 0.5}, "text": {"en": "x"}}
    assert "changes.0.month is 24; a whole number between 0 and 23" in complaint(small(changes=[change]))


def test_code_in_a_lesson_is_refused():
    left = {"name": {"en": "Walls"}, "settings": {"firms.north.policy": "/tmp/mine.py:Mine"}}
    assert "no file or class" in complaint(small(left=left))


def test_a_number_that_no_sentence_can_hold_is_told():
    row = small()["reveal"][0] | {"left": {"en": "{lft}"}}
    assert f"has {{lft}}. Did you mean left? Allowed: {', '.join(PLACES)}" in complaint(small(reveal=[row]))


def test_a_text_in_one_language_only_is_told_where_the_title_has_two():
    assert "question.de is None; text is needed." in complaint(small(title={"en": "Walls", "de": "Mauern"}))


def test_fewer_questions_than_three_are_told():
    assert f"discussion has 1 entries; {QUESTIONS} questions are needed." in complaint(small(discussion=[{"en": "?"}]))


def test_everything_wrong_is_told_at_once():
    assert len(complaint(small(storry={}, stops=[], claims={})).splitlines()) == 3


def test_a_complaint_names_file_and_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL.replace("measure: profit\n", "measure: proft\n"), encoding="utf-8")
    line = next(k for k, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "proft" in text)
    with pytest.raises(BadInput, match=rf"mine\.yaml:{line}: bet\.measure is 'proft'\. Did you mean profit\?"):
        load_lesson(path)


def test_an_unknown_lesson_is_told_with_the_nearest():
    with pytest.raises(BadInput, match=r"Did you mean service-last-stop\?"):
        load_lesson("service-last-stp")


WORLDS = 8  # paired worlds on which a reveal rests here


@pytest.fixture(scope="module")
def story(lesson):
    return result_of(lesson, [run_sides(lesson)])


def test_every_number_of_a_lesson_comes_from_its_run(lesson, story):
    numbers = [value for row in (*story.reveal, story.decided) for value in (row.left, row.right)]
    assert np.isfinite(numbers).all()


def test_the_world_that_is_shown_does_not_tell_against_the_reveal(lesson, story):
    shown = [{row.gives, number.reading} for row, number in zip(lesson.reveal, story.reveal, strict=True)]
    assert {"left", "right"} not in shown, shown


def test_a_sentence_of_the_reveal_can_be_filled_in(lesson, story):
    for row, number in zip(lesson.reveal, story.reveal, strict=True):
        for text in row.forms[number.reading].values():
            assert "{" not in text.format(**number.as_json())


def test_a_single_world_has_no_interval(story):
    assert {row.as_json()["low"] for row in story.reveal} == {None}


@pytest.mark.long
def test_the_reveal_is_what_the_model_gives(lesson):
    result = result_of(lesson, [run_sides(lesson, k) for k in range(WORLDS)])
    assert [number.reading for number in result.reveal] == [row.gives for row in lesson.reveal]
    assert result.answer == lesson.bet.gives


@pytest.mark.long
def test_somebody_fits_the_rule_by_which_the_customer_is_picked(lesson):
    worlds = WatchedWorlds()
    left, right = (worlds.of(line, lesson.pair.firm).run_to(lesson.pair.months) for line in lesson.pair.sides)
    life = Lives(left, right).pick(lesson.customer.rule, side=lesson.customer.side)
    assert life["sides"][lesson.customer.side]["end"] is not None


def test_customer_centricity_loses_in_at_least_two_lessons():
    lost = [name for name in lesson_names() if (own := load_lesson(name)).goes_against(own.bet.gives)]
    assert len(lost) >= 2, lost


def test_there_are_twelve_lessons():
    assert len(lesson_names()) == 12
