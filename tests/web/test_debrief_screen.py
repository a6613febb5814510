"""The debrief in a browser: a round that was played against the same round with nothing decided."""

import pytest

from tests.support.room import Room, cut, fits, keys_left, last
from tests.support.studio import SIZES

pytestmark = pytest.mark.browser
PAPER = 703  # px between the margins of A4
REASON = "Less waiting, less trouble"


@pytest.fixture(scope="module")
def room(studio, chromium, facilitator):
    """A room in which one round was played."""
    room = Room(studio, chromium, facilitator)
    room.open_game()
    phone = room.join(0, "Service")
    room.start(1)
    phone.locator("#at-utilisation").fill("0.7")
    phone.get_by_label("Why?").fill(REASON)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.wait_for_selector("text=Change it")
    room.close_round()
    yield room
    room.end()


@pytest.fixture(scope="module")
def debrief(room):
    """Opens the debrief with the accounts and the timeline of the first team."""

    def open_debrief(language="en"):
        page = room.page(f"/?lang={language}#/debrief", SIZES["laptop"], room.state)
        page.locator(".asked button").click()
        page.wait_for_selector(".bridge")
        page.wait_for_selector(".taken")
        return page

    return open_debrief


@pytest.fixture(scope="module")
def page(debrief):
    """The debrief on a laptop."""
    return debrief()


def value_of(page, part):
    """What the server computed of a part of the debrief."""
    return last(page, "debrief", part=part)["value"]


def accounts(page):
    """The bridge of the accounts."""
    return page.locator(".bridge", has_text="Where in the accounts the gap arose")


def test_the_sentence_says_which_way_the_gap_goes(page):
    gap = value_of(page, "reap")["gap"]
    assert ("more than if" if gap > 0 else "less than if") in page.locator(".headline-words").first.inner_text()


def test_every_term_of_the_accounts_has_a_row_and_the_sum_has_one(page):
    assert accounts(page).locator("tbody tr").count() == len(value_of(page, "reap")["terms"]) + 1


def test_the_sum_of_the_terms_is_said_beside_the_gap(page):
    said = accounts(page).get_by_text("The terms add up to").inner_text()
    total, gap = said.removeprefix("The terms add up to ").rstrip(".").split("; the gap is ")
    assert total == gap == accounts(page).locator(".sum .number").inner_text()


def test_the_reason_stands_beside_the_decision(page):
    row = page.locator(".taken tbody tr", has_text="Utilisation")
    assert REASON in row.inner_text()


def test_a_curve_says_both_worlds_to_a_screen_reader(page):
    label = page.locator(".curves svg").first.get_attribute("aria-label")
    assert "Nothing decided" in label
    assert "As decided" in label


def test_assumptions_are_one_click_away(page):
    page.get_by_role("button", name="Assumptions").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("tbody tr").first.wait_for()
    assert dialog.locator("tbody tr").count() == len(last(page, "assumptions")["rows"])
    page.keyboard.press("Escape")


def test_nothing_of_the_debrief_is_cut_at_the_side(page):
    assert cut(page) == []


def test_the_debrief_is_there_in_german(debrief):
    german = debrief("de")
    assert keys_left(german) == []
    assert cut(german) == []


def test_the_debrief_has_no_fault_of_accessibility(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()


def test_on_paper_no_bar_is_hidden_no_button_is_left_and_nothing_is_cut(debrief):
    page = debrief()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".hidden-term").count() == 0
    assert page.locator("button:visible:not(.marker)").count() == 0
    markers = page.locator(".marker")
    assert markers.count() > 0 and all(marker.is_visible() for marker in markers.all())
    assert page.get_by_text("Simulation, not client data.").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert fits(page)


def test_the_largest_bars_are_hidden_until_somebody_guesses(page):
    terms = value_of(page, "reap")["terms"]
    changed = sum(value != 0 for value in terms.values())
    assert accounts(page).locator(".hidden-term").count() == min(3, changed)
    accounts(page).locator(".guess button").first.press("Enter")
    accounts(page).locator(".reply").wait_for()
    shown = accounts(page).locator("tbody tr:not(.sum) .number").all_inner_texts()
    assert "?" not in shown
    assert len(shown) == len(terms)


def test_the_debrief_runs_without_a_fault(page):
    assert page.faults == []
