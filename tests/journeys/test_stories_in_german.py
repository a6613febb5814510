"""Stories in German: the same facts and numbers as in English, and no word of the other language."""

import re
from collections import Counter

import numpy as np
import pytest

from sim.files.language_texts import LANGUAGES
from sim.journeys.event_words import words_of
from sim.journeys.picks import PICK_RULES, Pick
from sim.journeys.stored_run import life_of
from sim.model import events as happened
from sim.model.customers.sources import REASONS_OF_LOSS, SOURCES_OF_WINS
from sim.model.person_numbers import number
from sim.reports.story import MOST_SENTENCES, TRAITS, TURNING_EVENTS, tell_story, world_names
from sim.reports.story_page import StoryHead, story_text, write_story
from sim.reports.story_sentences import TOPICS
from sim.reports.story_words import StoryWords, story_texts
from tests.journeys.test_stories import CUSTOMERS, watched_run

ENGLISH, GERMAN = (StoryWords(language) for language in LANGUAGES)
PLACES = range(0, CUSTOMERS, 10)
ONLY_GERMAN = {"title", "rule", "reason", "value", "source"}  # English has them in the code
COUNTS = {"once": "1", "twice": "2", "einmal": "1", "zweimal": "2"}


def logged_event(code, details):
    """An event as a step writes it, with the first firm."""
    event = np.zeros(1, happened.EVENT)
    event["code"], event["details"], event["value"] = code, details, 1.0
    return event[0]


def shape(texts, path=""):
    """Keys of a tree of texts, each with the places in its text."""
    if isinstance(texts, dict):
        return {key: each for name, part in texts.items() for key, each in shape(part, f"{path}/{name}").items()}
    return {path: set(re.findall(r"\{(\w+)", texts)) - {"degree", "often"}}


def numbers(text):
    """Numbers of a text and how often each stands there, whatever the signs of the language."""
    plain = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", text)
    found = re.findall(r"\d+(?:[.,]\d+)?|\bonce\b|\btwice\b|einmal|zweimal", plain)
    return Counter(COUNTS.get(each, each.replace(",", ".")) for each in found)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    place = tmp_path_factory.mktemp("german")
    settings = {"market__choice__consider": 0.05}
    return (watched_run(place / "walls", firms__0__decisions__walls=1.0, **settings),
            watched_run(place / "open", firms__0__decisions__walls=0.0, **settings))  # fmt: skip


@pytest.fixture(scope="module")
def lives(runs):
    return [(life_of(runs[0], place), Pick(place, int(number(place, 0, CUSTOMERS)))) for place in PLACES]


def test_the_languages_have_the_same_keys_and_places():
    german = {name: texts for name, texts in story_texts("de").items() if name not in ONLY_GERMAN}
    assert shape(german) == shape(dict(story_texts("en")))


def test_every_topic_event_turn_and_trait_has_its_words():
    events = {kind.event for topic in TOPICS for kind in topic.kinds}
    texts = story_texts("de")
    assert set(texts["event"]) == events and set(texts["turn"]) == set(TURNING_EVENTS)
    assert set(texts["trait"]) == set(TRAITS) and set(texts["topic"]) == {
        "Who", "Temper", *(topic.name for topic in TOPICS), "Changes", "End"}  # fmt: skip
    assert set(texts["rule"]) == set(PICK_RULES) and set(texts["title"]) == {*PICK_RULES, "named"}


def test_a_story_has_the_same_topics_and_numbers_in_both_languages(lives):
    for (market, journeys), pick in lives:
        english, german = (tell_story(market, journeys, pick, "a", words) for words in (ENGLISH, GERMAN))
        assert list(english.sentences) == list(german.sentences) and len(german.sentences) <= MOST_SENTENCES
        for topic, text in english.sentences.items():
            assert numbers(text) == numbers(german.sentences[topic]), (text, german.sentences[topic])


def test_the_comparison_of_numbers_can_fail():
    assert numbers("EUR 1,234 twice") == numbers("1.234 EUR zweimal")
    assert numbers("0.53, once") != numbers("0,54, einmal") and numbers("3 times") != numbers("zweimal")


def test_a_german_story_has_no_english_words_and_no_open_places(runs, lives, tmp_path):
    stories = [tell_story(*life, pick, "a", GERMAN) for life, pick in lives]
    head, path = StoryHead("Titel", "eine Regel"), tmp_path / "story.html"
    pages = [write_story([story], head, runs[0], path, GERMAN).read_text("utf-8") for story in stories]
    texts = " ".join([*(text for story in stories for text in story.sentences.values()), *pages])
    texts = re.sub(r"<style>.*?</style>", "", texts, flags=re.DOTALL)
    assert re.findall(r"\b(the|and|of|by|with|customer|once|twice|times|months?|nothing)\b", texts) == []
    assert "{" not in texts and 'lang="de"' in pages[0]


def test_worlds_and_columns_are_named_in_german(runs):
    names = world_names(runs, GERMAN)
    assert names == ("north: Mauern 1,0", "north: Mauern 0,0")
    stories = [tell_story(*life_of(run, 7), Pick(7, 8), name, GERMAN) for run, name in zip(runs, names, strict=True)]
    text = story_text(stories, StoryHead("Titel", "eine Regel"), GERMAN)
    assert "Dasselbe." in text and "Nach einer Regel gewählt: eine Regel." in text


TURNS = (
    happened.DIED, happened.LEFT_CATEGORY, happened.FAILED, happened.CAME, happened.LOST_SUPPLIER, happened.NOT_KEPT,
    happened.LAPSED, happened.DROPPED_OUT, happened.RELATION_OVER,
)  # fmt: skip
LEAVING = [(happened.LEFT, [said, burned, tired, held, 0, why])
           for said in (0, 1) for burned in (0, 1) for tired in (0, 1) for held in (0, 1)
           for why in range(len(REASONS_OF_LOSS))]  # fmt: skip
JOINING = [(happened.JOINED, [kind, 0.25, source, returns, 0, 0])
           for kind in range(3) for source in range(len(SOURCES_OF_WINS)) for returns in (0, 1)]  # fmt: skip


@pytest.mark.parametrize(("code", "details"), [*((code, [0.25] * 6) for code in TURNS), *LEAVING, *JOINING])
def test_every_reason_of_a_change_has_its_german_words(code, details):
    """Each phrase of the reason that the events can give is known, and keeps its number."""
    sentence = words_of(logged_event(code, details))
    german = GERMAN.reason(sentence.reason)
    assert sentence.name in TURNING_EVENTS and numbers(german) == numbers(sentence.reason)
    assert set(german.split(", ")).isdisjoint(set(sentence.reason.split(", ")) - {"0,25"})
