"""Claims and questions in German: every sentence, statement, measure and arm, and none in English in a document."""

import re
from pathlib import Path

import pytest

from sim.charts.claim_tables import measure_label
from sim.experiments.claims.shipped import entry_names, load_entry
from sim.experiments.live.lesson_file import lessons_folder, load_lesson
from sim.files.language_texts import LANGUAGES
from sim.reports.document.folder import document_of
from sim.reports.document.setting_names import claim_texts, measure_name
from sim.reports.document.words import DocumentWords

SHIPPED_FORMS = {name: load_entry(name).contents for name in entry_names()}
OWN_WORDS = ("name", "sentence", "statement")
RESULTS = Path("results/claims")


@pytest.mark.parametrize("section", OWN_WORDS)
def test_every_shipped_claim_and_question_has_its_german_words(section):
    texts = claim_texts("de")[section]
    assert set(texts) == set(SHIPPED_FORMS)
    assert [name for name, text in texts.items() if not text.strip()] == []
    same = {name for name, text in texts.items() if text == SHIPPED_FORMS[name].get(section)}
    assert same == set()


def test_german_statements_have_the_numbers_of_the_english_ones():
    """Numbers that stand as digits."""
    german = claim_texts("de")["statement"]
    digits = {name: re.findall(r"\d+", str(form["statement"])) for name, form in SHIPPED_FORMS.items()}
    assert {name: re.findall(r"\d+", german[name]) for name in digits} == digits


def test_measures_and_arms_of_shipped_claims_have_german_names():
    claims = [form for form in SHIPPED_FORMS.values() if "arms" in form]
    arms = {arm for form in claims for arm in form["arms"]}
    assert arms == set(claim_texts("de")["arm"])
    measures = {name for form in claims for name in (*form["measures"], *form.get("report", ()))}
    lacking = [name for name in measures if measure_name(name, DocumentWords("de")) == measure_label(name)]
    assert lacking == []


def test_lessons_of_the_studio_have_the_same_german_sentences():
    lessons = [load_lesson(path) for path in sorted(lessons_folder().glob("*.yaml"))]
    shown = {name: dict(texts)["de"] for lesson in lessons for name, texts in lesson.claims.items()}
    assert shown == {name: claim_texts("de")["sentence"][name] for name in shown} and shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_of_the_kept_ledger_has_the_sentences_of_its_language_only(language):
    """What the sources say and what was tested, of all claims and questions of ``results/claims``."""
    document = document_of(RESULTS, DocumentWords(language))
    cells = [str(cell) for table in document.tables() for key in table.keys for cell in table.values(key)]
    whole = "\n".join([*document.texts(), *cells])
    english = {form[key] for form in SHIPPED_FORMS.values() for key in ("sentence", "statement")}
    german = {text for section in ("sentence", "statement") for text in claim_texts("de")[section].values()}
    own, other = (english, german) if language == "en" else (german, english)
    assert {text for text in own if text not in whole} == set()
    assert {text for text in other if text in whole} == set()
