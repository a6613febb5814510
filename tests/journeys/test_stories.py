"""Stories of watched customers: who is picked, what is told, and two worlds side by side."""

import json

import pandas as pd
import pytest

from sim.experiments.run_folder import write_run
from sim.files.language_texts import LANGUAGES
from sim.journeys.picks import PICK_RULES, Pick, pick_customer
from sim.journeys.recorder import EVENT_COLUMNS, Journeys
from sim.journeys.stored_run import StoredRun, life_of
from sim.model.person_numbers import number
from sim.parameters import BadInput
from sim.reports.life import TOLD
from sim.reports.story import MOST_SENTENCES, TURNING_EVENTS, tell_story, world_names
from sim.reports.story_page import StoryHead, story_text, topic_rows, write_story
from sim.reports.story_sentences import TOPICS, sentence_of
from sim.reports.story_words import StoryWords
from sim.simulation.market import Market
from tests.support.command_line import sim
from tests.support.worlds import small

CUSTOMERS = 120
WORDS = StoryWords()
WALLS = {"firms__0__decisions__walls": 1.0, "market__choice__consider": 0.05}


def watched_run(folder, **settings):
    market = Market(small(months=24, **settings))
    journeys = Journeys(range(CUSTOMERS), CUSTOMERS)
    market.watcher = journeys.look
    market.run()
    write_run(market, folder, ["sim", "run"], 1.0, save_state=False, journeys=journeys.table())
    return StoredRun.load(folder)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    place = tmp_path_factory.mktemp("stories")
    return watched_run(place / "walls", **WALLS), watched_run(place / "open", market__choice__consider=0.05)


def table(*rows):
    """Events of made-up people: person, month, event, firm, value."""
    whole = [(month, person - 1, person, event, "", firm, value, 0.5, "") for person, month, event, firm, value in rows]
    return pd.DataFrame(whole, columns=list(EVENT_COLUMNS))


BILLED = [(1, month, "was billed", "north", 10.0) for month in range(1, 9)]
LIVES = table(
    *BILLED,
    (2, 3, "was handed on", "north", 4.0), (2, 5, "left without a word", "north", 40.0),
    (3, 6, "left without a word", "south", 90.0), (4, 2, "was handed on", "north", 9.0),
    (4, 20, "left after complaining", "north", 30.0),
)  # fmt: skip


def test_the_silent_customer_had_been_there_longest():
    assert PICK_RULES["silent"].choose(LIVES, LIVES) == Pick(2, 3, "south", 6)


def test_hand_offs_long_before_leaving_do_not_count():
    assert PICK_RULES["lost-to-silo"].choose(LIVES, LIVES) == Pick(1, 2, "north", 5)


def test_the_loyal_customer_paid_one_firm_and_never_left():
    assert PICK_RULES["loyal"].choose(LIVES, LIVES) == Pick(0, 1, "north", 0)


def test_the_saved_customer_stays_here_and_leaves_there():
    there = table((1, 4, "left without a word", "north", 12.0), (2, 2, "left without a word", "north", 12.0))
    assert PICK_RULES["saved"].choose(LIVES, there) == Pick(0, 1, "north", 4)


@pytest.mark.parametrize("name", PICK_RULES)
def test_nobody_fits_where_nothing_happened(name):
    nothing = table((1, 1, "heard of the firm", "north", 0.0))
    assert PICK_RULES[name].choose(nothing, nothing) is None


def test_every_event_has_its_place_in_a_story():
    counted = [kind.event for topic in TOPICS for kind in topic.kinds]
    assert sorted({*counted, *TURNING_EVENTS}) == sorted(TOLD)


def test_what_rounds_to_nothing_is_left_out():
    buying = TOPICS[0]
    cents = table((1, 1, "was billed", "north", 0.2), (1, 2, "bought", "north", 2.0))
    assert sentence_of(buying, cents, WORDS) == "With north the customer bought twice."
    assert sentence_of(buying, table((1, 1, "was billed", "north", 0.2)), WORDS) == ""


def test_a_story_has_at_most_ten_sentences_and_counts_every_event(runs):
    market, journeys = life_of(runs[0], 7)
    story = tell_story(market, journeys, Pick(7, int(number(7, 0, CUSTOMERS))), "a", WORDS)
    assert 4 <= len(story.sentences) <= MOST_SENTENCES
    own = journeys.table()
    incidents = own[(own["unique_id"] == story.person) & (own["event"] == "ran into trouble")]
    text = story.sentences.get("Service", "")
    assert text.count("ran into trouble") == incidents["firm"].nunique()
    assert all(WORDS.times(number) in text for number in incidents.groupby("firm")["value"].sum())
    assert all(text.endswith(".") and " nan" not in text for text in story.sentences.values()), story.sentences


def test_two_worlds_stand_side_by_side_and_are_named_by_what_differs(runs):
    names = world_names(runs, WORDS)
    assert names[0] == "north: walls 1.0"
    stories = [tell_story(*life_of(run, 7), Pick(7, 8), name, WORDS) for run, name in zip(runs, names, strict=True)]
    rows = topic_rows(stories)
    assert rows[0][0] == "Who" and rows[-1][0] == "End" and all(len(texts) == 2 for _, texts in rows)
    assert "The same." in story_text(stories, StoryHead("title", "rule"), WORDS)


def test_the_page_needs_no_network(runs, tmp_path):
    story = tell_story(*life_of(runs[0], 7), Pick(7, 8), "a <world>", WORDS)
    page = write_story([story], StoryHead("A title", "a rule"), runs[0], tmp_path / "deep" / "story.html", WORDS)
    page = page.read_text()
    assert "A title" in page and "Picked by a rule: a rule." in page
    assert "http" not in page and "<script" not in page and "not client data" in page


def test_other_people_are_not_compared(runs, tmp_path):
    other = StoredRun(runs[1].folder, runs[1].scenario, runs[1].seed + 1, runs[1].replicate, True)
    with pytest.raises(BadInput, match="other people: their seed"):
        world_names((runs[0], other), WORDS)


@pytest.mark.parametrize(
    ("name", "message"),
    [("silnet", "Did you mean silent"), ("saved", "add --against RUN2")],
)
def test_a_pick_that_cannot_be_is_refused_in_words(runs, name, message):
    with pytest.raises(BadInput, match=message):
        pick_customer(name, runs[0])


def test_a_run_in_which_nobody_was_watched_says_what_to_do(runs, tmp_path):
    bare = StoredRun(tmp_path, runs[0].scenario, 1, 0, True)
    with pytest.raises(BadInput, match="run it again with --watch 120"):
        pick_customer("silent", bare)


def test_how_many_were_watched_is_said_where_nobody_fits(runs, tmp_path):
    bare = StoredRun(tmp_path, runs[0].scenario, 1, 0, True)
    table((1, 1, "bought", "north", 1.0), (2, 1, "bought", "north", 1.0)).to_parquet(tmp_path / "journeys.parquet")
    with pytest.raises(BadInput, match="2 customers were watched and none of them left a firm without a word"):
        pick_customer("silent", bare)


def test_the_command_tells_a_story_and_writes_a_page(runs, tmp_path):
    told = sim("explain", str(runs[0].folder), "--pick", "loyal", cwd=tmp_path)
    assert told.returncode == 0 and "Picked by a rule" in told.stdout
    done = sim("explain", str(runs[0].folder), "--pick", "loyal", "--out", "s.html", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "s.html").is_file()


def test_the_command_tells_the_story_in_german_with_the_same_title_rule_and_person(runs, tmp_path):
    told = [json.loads(sim("explain", str(runs[0].folder), "--pick", "loyal", "--json", "--lang", language,
                           cwd=tmp_path).stdout) for language in LANGUAGES]  # fmt: skip
    customer = told[0]["stories"][0]["customer"]
    assert [each["title"].split(" never ")[0].split(" verließ ")[0] for each in told] == [
        f"Customer {customer}", f"Kunde {customer}"]  # fmt: skip
    assert "rule" in told[0] and told[1]["rule"].startswith("von allen beobachteten Kunden")
    assert told[0]["stories"][0]["person"] == told[1]["stories"][0]["person"]
    refused = sim("explain", str(runs[0].folder), "--pick", "loyal", "--lang", "fr", cwd=tmp_path)
    assert refused.returncode != 0 and "Known: en, de" in refused.stderr
