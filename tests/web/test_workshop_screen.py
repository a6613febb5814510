"""A workshop in a browser: the facilitator's console, the projector page and two phones in one round."""

import pytest

from tests.support.room import PATIENCE, PROJECTOR, Room, cut, fits, keys_left, last
from tests.support.studio import LANGUAGES, SIZES

pytestmark = pytest.mark.browser
REASON = "Customers tell their story twice"


@pytest.fixture(scope="module")
def room(studio, chromium, facilitator):
    """A room in which the first round is open, a service head has drafted and another head has sent."""
    room = Room(studio, chromium, facilitator)
    room.open_game(rounds=3)
    room.lobby = room.console.locator(".console-head").inner_text()
    first, second = room.join(0, "Service"), room.join(1, "Marketing")
    room.start(1)
    first.get_by_role("button", name="More: Senior service").click()
    first.get_by_label("Why?").fill(REASON)
    first.wait_for_selector("text=In a month like the last")
    second.get_by_role("button", name="Send", exact=True).click()
    second.wait_for_selector("text=Change it")
    yield room
    room.end()


@pytest.fixture(scope="module")
def axe():
    """Finds faults of accessibility."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def test_the_lobby_says_how_many_rounds_are_played(room):
    assert "3 rounds of 6 months" in room.lobby


def test_a_phone_shows_every_fact_that_its_department_sees(room):
    facts = last(room.phones[0], "view")["view"]["facts"]
    assert room.phones[0].locator(".part-sees dl:not(.wall dl) .fact").count() == len(facts.keys() - {"month"})


def test_what_a_wall_hides_stands_behind_the_wall_without_a_number(room):
    wall = room.phones[0].locator(".wall")
    assert wall.locator("dt").count() == len(last(room.phones[0], "view")["view"]["hidden"])
    assert not any(sign.isdigit() for sign in wall.inner_text())


def test_a_decision_stands_with_its_range_and_its_cost(room):
    text = room.phones[0].locator(".decision", has_text="Senior service").inner_text()
    assert "From 0% to 80%" in text
    assert "Cost" in text


def test_a_draft_is_there_after_a_reload(room):
    room.phones[0].reload()
    room.phones[0].wait_for_selector(".decision")
    assert room.phones[0].get_by_label("Why?").input_value() == REASON


def test_the_console_says_who_has_decided(room):
    room.console.wait_for_selector("text=1 of 2 players have decided")
    assert room.console.locator(".team").nth(1).get_by_text("1 of 1 decided").count() == 1


def test_the_console_holds_no_draft_unless_it_asks(room):
    assert REASON not in room.console.content()
    assert not any(REASON in str(text) for text in room.console.said)


def test_the_wall_is_told_no_draft(room):
    assert not any(REASON in str(text) for text in room.wall.said)


def test_a_phone_is_told_no_draft_of_another_team(room):
    assert not any(REASON in str(text) for text in room.phones[1].said)


def test_drafts_are_shown_to_a_facilitator_who_asks(room):
    room.console.get_by_role("button", name="Show drafts here").click()
    dialog = room.console.get_by_role("dialog")
    dialog.get_by_text(REASON).wait_for()
    room.console.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_the_wall_says_how_many_of_each_team_have_decided(room):
    assert [tile.inner_text().split("\n")[-1] for tile in room.wall.locator(".tile").all()] == [
        "0 of 1 decided",
        "1 of 1 decided",
    ]


def test_a_timer_is_switched_on_extended_and_paused_by_keyboard(room):
    for name in ("Timer on", "+ 1 minute", "Pause"):
        control = room.console.get_by_role("button", name=name)
        control.wait_for()
        control.press("Enter")
    room.phones[0].wait_for_selector(".countdown:has-text('paused')")
    assert last(room.phones[0], "game")["game"]["timer"]["of"] == 240 + 60


def test_a_message_reaches_the_phones(room):
    room.console.get_by_label("Words").fill("Two more minutes")
    room.console.get_by_label("Words").press("Enter")
    room.phones[1].get_by_text("Two more minutes").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_console_is_cut_at_the_side(room, language):
    page = room.page(f"/?lang={language}#/workshop", SIZES["laptop"], room.state)
    page.wait_for_selector(".team")
    assert cut(page) == []
    assert keys_left(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_wall_is_cut_at_the_side(room, language):
    page = room.page(f"/projector?lang={language}", PROJECTOR, room.state)
    page.wait_for_selector(".tile")
    assert fits(page)
    assert keys_left(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_a_phone_is_cut_at_the_side(room, language):
    page = room.page(f"/join?lang={language}", SIZES["phone"], room.phones[0].context.storage_state())
    page.wait_for_selector(".decision")
    assert fits(page)
    assert keys_left(page) == []


@pytest.mark.parametrize("where", ["console", "wall", "phone"])
def test_a_page_of_the_workshop_has_no_fault_of_accessibility(room, axe, where):
    found = axe.run({"console": room.console, "wall": room.wall, "phone": room.phones[0]}[where])
    assert found.violations_count == 0, found.generate_report()


def test_buttons_of_a_phone_are_large_enough_for_a_thumb(room):
    boxes = [one.bounding_box() for one in room.phones[0].locator("button:visible").all()]
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


def test_after_the_round_a_phone_shows_the_pay_that_the_server_counted(room):
    room.close_round()
    pay = last(room.phones[0], "result")["result"]["pay"]["index"]
    shown = room.phones[0].locator(".part-result .figure").first.inner_text()
    assert float(shown.rstrip("%")) == round(100 * pay, 1)


def test_behind_walls_the_market_is_not_shown_before_the_end(room):
    room.wall.get_by_text("The market is shown at the end of the episode.").wait_for(timeout=PATIENCE)
    assert room.wall.locator(".bar-table").count() == 0


def test_pages_of_the_workshop_run_without_a_fault(room):
    assert [page.faults for page in (room.console, room.wall, *room.phones)] == [[], [], [], []]
