"""Play in a browser: the minute begins at a key, says what the server computed, and ends at a sentence."""

import json
import re

import pytest

from tests.support.watched import wait_for

pytestmark = pytest.mark.browser
PATIENCE = 120_000  # ms: both worlds are lived to their end


@pytest.fixture
def opening(screen):
    """The screen before Play, with the script there."""
    page = screen("play")
    page.wait_for_selector(".opening .primary:enabled", timeout=PATIENCE)
    return page


def script_of(page):
    """What the server computed, newest last."""
    messages = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message["opening"] for message in messages if message["say"] == "opening"][-1]


def test_play_has_the_focus(opening):
    assert opening.evaluate("document.activeElement.textContent") == "Play"


def test_something_is_seen_at_once(opening):
    opening.keyboard.press("Enter")
    opening.wait_for_selector(".lone", timeout=2000)


def test_a_bet_leads_to_the_desks_that_the_case_saw(opening):
    opening.keyboard.press("Enter")
    opening.get_by_role("button", name="Next").click()
    opening.get_by_role("button", name="2", exact=True).click()
    script = script_of(opening)
    stops = script["customer"]["cases"][script["first"]]["stops"]
    assert opening.locator(".desk").count() == 1 + len(stops)


def test_the_last_sentence_names_the_firm_that_is_ahead(opening):
    opening.keyboard.press("Enter")
    opening.keyboard.press("Escape")
    reading = script_of(opening)["profit"]["reading"]
    names = {"right": "Customer-centric", "left": "Product-centric", "alike": "Neither firm", None: "Only one pair"}
    opening.locator("h1", has_text=names[reading]).wait_for()


def test_the_last_sentence_is_said_anew_when_more_worlds_were_run(opening):
    opening.keyboard.press("Enter")
    opening.keyboard.press("Escape")
    wait_for(opening, lambda page: script_of(page)["profit"]["worlds"] > 1, PATIENCE)
    worlds = script_of(opening)["profit"]["worlds"]
    opening.get_by_text(re.compile(f"{worlds} worlds|over {worlds} worlds", re.IGNORECASE)).first.wait_for()


def test_the_minute_stands_still_while_it_is_paused(opening):
    opening.keyboard.press("Enter")
    opening.keyboard.press("Space")
    stage = opening.locator(".opening")
    stage.get_by_role("button", name="Pause").or_(stage.get_by_role("button", name="Go on")).wait_for()
    before = opening.locator("progress").evaluate("bar => bar.value")
    opening.wait_for_timeout(600)
    assert opening.locator("progress").evaluate("bar => bar.value") == before


def test_axe_finds_nothing_at_the_end(opening):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opening.keyboard.press("Enter")
    opening.keyboard.press("Escape")
    assert [violation["id"] for violation in axe.Axe().run(opening).response["violations"]] == []
