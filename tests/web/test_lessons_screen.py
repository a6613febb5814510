"""Lessons in a browser: bet first, then two worlds, reveal, customer, discussion and the ledger's verdict."""

import json

import pytest

from sim.experiments.live.lesson_file import lesson_names, load_lesson
from sim.experiments.live.lesson_words import ledger_verdicts

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms
REVEAL_PATIENCE = 180_000  # ms: two worlds are run for it
LESSON = "service-last-stop"
TO_REVEAL = "silent-exit"  # its bet is closed by a test, so no other test bets on it


@pytest.fixture
def step(screen):
    """A step of a lesson on the screen."""

    def open_step(name, lesson=LESSON, size="laptop", language="en"):
        page = screen(f"lessons?lesson={lesson}&step={name}", size, language)
        page.wait_for_selector(f".step.{name}", timeout=PATIENCE)
        return page

    return open_step


def said_last(page, kind):
    """The last message of a kind that the server sent."""
    texts = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message for message in texts if message["say"] == kind][-1]


def test_every_lesson_of_the_box_is_a_card(screen):
    page = screen("lessons")
    page.wait_for_selector(".lesson-list", timeout=PATIENCE)
    assert page.locator(".lesson-list li").count() == len(lesson_names())


def test_a_lesson_is_begun_and_led_to_the_bet_by_keyboard_alone(screen):
    page = screen("lessons")
    page.get_by_role("link", name=load_lesson(LESSON).title["en"]).press("Enter", timeout=PATIENCE)
    page.get_by_role("button", name="Bet").press("Enter", timeout=PATIENCE)
    page.wait_for_selector(".step.bet", timeout=PATIENCE)


def test_hands_are_counted_by_keyboard_and_reach_the_room(step):
    page = step("bet")
    hands = page.get_by_role("spinbutton").first
    hands.fill("7")
    hands.press("Tab")
    page.get_by_text("7 bets so far").wait_for(timeout=PATIENCE)


def test_the_worlds_run_in_compare_under_the_lesson(step):
    page = step("watch")
    page.get_by_role("button", name="Start in Compare").press("Enter")
    page.get_by_role("complementary", name="Lesson").wait_for(timeout=PATIENCE)
    assert page.url.endswith("#/compare")


def test_compare_calls_the_worlds_by_the_names_of_the_lesson(step):
    page = step("watch")
    page.get_by_role("button", name="Start in Compare").press("Enter")
    page.get_by_role("heading", name=load_lesson(LESSON).left.name["en"]).wait_for(timeout=PATIENCE)


def test_the_reveal_sets_bets_against_what_the_worlds_gave(step):
    page = step("bet", TO_REVEAL)
    page.get_by_role("spinbutton").first.fill("5")
    page.get_by_role("spinbutton").first.press("Tab")
    page.get_by_text("5 bets so far").wait_for(timeout=PATIENCE)
    page = step("reveal", TO_REVEAL)
    page.get_by_role("button", name="Close the bet and reveal").click()
    page.wait_for_selector(".bars .happened", timeout=REVEAL_PATIENCE)
    answer = said_last(page, "reveal")["result"]["answer"]
    choices = {choice.id: choice.text["en"] for choice in load_lesson(TO_REVEAL).bet.choices}
    assert page.locator(".bars strong").first.text_content() == "5"
    assert choices[answer] in page.locator(".bars .happened").text_content()


def test_the_customer_of_the_lesson_opens_in_explain(step):
    page = step("customer")
    page.locator(".step .primary").click()
    page.wait_for_selector(".swimlane", timeout=PATIENCE)
    assert f"rule={load_lesson(LESSON).customer.rule}" in page.url


def test_three_questions_stand_for_discussion(step):
    assert step("discussion").locator(".discussion li").count() == 3


def test_the_verdict_is_that_of_the_ledger(step):
    page = step("verdict")
    claim = next(iter(load_lesson(LESSON).claims))
    assert page.locator(f"[data-claim={claim}] .verdict.{ledger_verdicts()[claim]['verdict']}").is_visible()


@pytest.mark.parametrize("name", ["bet", "verdict"])
def test_a_step_has_no_fault_of_accessibility(step, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(step(name))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["question", "bet", "watch", "customer", "discussion", "verdict"])
def test_no_key_of_a_word_is_left_on_a_step(step, name):
    assert "lessons." not in step(name, language="de").locator("main").inner_text()
