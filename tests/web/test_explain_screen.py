"""Explain in a browser: a life in both worlds, by keyboard, as a table, in both languages."""

import json

import pytest

from tests.support.studio import LANGUAGES

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms


@pytest.fixture
def silent(screen):
    """The screen with the life of a silent leaver."""

    def open_life(size="laptop", language="en"):
        page = screen("explain?rule=silent", size, language)
        page.wait_for_selector(".swimlane", timeout=PATIENCE)
        return page

    return open_life


def life_of(page):
    """The life that the server sent last."""
    texts = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message["life"] for message in texts if message["say"] == "life"][-1]


def test_the_life_stands_in_both_worlds_on_one_axis(silent):
    page = silent()
    pictures = page.locator(".swimlane")
    assert pictures.count() == 2
    assert pictures.nth(0).bounding_box()["width"] == pictures.nth(1).bounding_box()["width"]


def test_how_many_lives_are_alike_is_what_the_server_counted(silent):
    page = silent()
    shown = page.locator(".alike .figure").first.text_content()
    assert int(shown.replace(",", "")) == life_of(page)["alike"]["left"]["count"]


def test_the_end_of_the_relation_stands_beside_the_name_of_the_world(silent):
    page = silent()
    end = life_of(page)["sides"]["left"]["end"]
    assert page.locator(".picture.left .end").text_content() == f"Month {end['month']}: Left without a word"


def test_an_arrow_goes_to_the_next_event(silent):
    page = silent()
    slider = page.get_by_role("slider")
    before = int(slider.get_attribute("aria-valuenow"))
    slider.press("ArrowRight")
    assert int(slider.get_attribute("aria-valuenow")) == before + 1


def test_an_arrow_down_goes_to_the_other_world(silent):
    page = silent()
    slider = page.get_by_role("slider")
    slider.press("ArrowDown")
    assert "B · " in slider.get_attribute("aria-valuetext")


def test_end_goes_to_the_last_event(silent):
    page = silent()
    slider = page.get_by_role("slider")
    slider.press("End")
    assert slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")


def test_the_table_holds_every_event_of_both_worlds(silent):
    page = silent()
    page.get_by_role("button", name="Table").click()
    rows = page.locator("dialog tbody tr").count()
    assert rows == sum(len(side["events"]) for side in life_of(page)["sides"].values())


def test_a_number_opens_the_life_of_that_customer(silent):
    page = silent()
    page.get_by_label("Number of the customer").fill("17")
    page.keyboard.press("Tab")
    page.get_by_role("heading", name="Customer 17", exact=True).wait_for(timeout=PATIENCE)
    assert life_of(page)["place"] == 17


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_of_a_word_is_left_on_the_screen(silent, language):
    text = silent("laptop", language).locator("main").inner_text()
    assert "explain." not in text
    assert "compare." not in text


def test_the_page_runs_without_a_fault(silent):
    page = silent()
    page.get_by_role("slider").press("ArrowRight")
    assert page.faults == []
