"""The studio by keyboard alone, from Play to the debrief; wherever the focus is, it is seen."""

import pytest

from tests.support.watched import month_of, press, tab_to, told, wait_for, watched_page

pytestmark = pytest.mark.browser
LESSON = "service-last-stop"
FORK = 12  # month


@pytest.fixture(scope="module")
def page(studio, chromium, facilitator):
    """One page, which no mouse touches."""
    context = chromium.new_context(storage_state=facilitator)
    page = watched_page(context, studio.address)
    begin(page)
    yield page
    context.close()


def begin(page):
    """Opens the studio anew, as a link does: Play is ready."""
    page.goto(f"{page.home}/?lang=en#/play")
    page.reload()
    page.locator(".opening button.primary:enabled").wait_for()


def to(page, key, drawn):
    """Opens a screen by its number."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    page.locator(drawn).first.wait_for()


def to_the_end_of_play(page):
    """Begins the sixty seconds and skips them."""
    begin(page)
    page.keyboard.press("Enter")
    page.locator(".controls").wait_for()
    page.keyboard.press("Escape")
    page.locator(".answers .primary").first.wait_for()


def open_lobby(page):
    """Opens the workshop with a game in its lobby; one that was there ends."""
    to(page, "5", ".console h1")
    if page.locator(".team").count():
        press(page, "Delete the room")
        press(page, "Delete everything")
        page.locator(".invitation").wait_for()
    press(page, "Open the lobby")
    page.get_by_role("button", name="Start round 1").wait_for()


def play_a_round(page):
    """Opens and closes the first round."""
    open_lobby(page)
    press(page, "Start round 1")
    page.get_by_role("button", name="Close the round").wait_for()
    press(page, "Close the round")
    page.get_by_role("button", name="Start round 2").wait_for()


def timelines(page):
    """The timelines of both sides that were told last."""
    pairs = told(page, "pair")
    return tuple(pairs[-1]["pair"][side]["timeline"] for side in ("left", "right"))


def test_play_has_the_focus_from_the_first(page):
    begin(page)
    assert page.locator(".opening button.primary").evaluate("one => one === document.activeElement")


def test_enter_begins_the_sixty_seconds_and_escape_goes_to_their_end(page):
    to_the_end_of_play(page)
    assert page.locator(".answers .primary").is_visible()


def test_from_the_end_of_play_enter_leads_to_compare(page):
    to_the_end_of_play(page)
    press(page, page.locator(".answers .primary").inner_text())
    page.locator(".compare[data-month]").wait_for()


def test_space_plays_and_pauses_compare(page):
    to(page, "2", ".compare[data-month]")
    press(page, "Back to the start")
    wait_for(page, lambda page: month_of(page) == 0)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    wait_for(page, lambda page: month_of(page) >= 2)
    page.keyboard.press("Space")
    wait_for(page, lambda page: told(page, "clock")[-1]["clock"]["playing"] is False)


def test_arrows_step_by_months_and_years(page):
    to(page, "2", ".compare[data-month]")
    press(page, "Back to the start")
    wait_for(page, lambda page: month_of(page) == 0)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    wait_for(page, lambda page: month_of(page) == 13)


def test_a_world_is_changed_in_mid_run_and_undone(page):
    to(page, "2", ".compare[data-month]")
    press(page, "Change from here")
    tab_to(page, "From month")
    page.keyboard.press("Control+A")
    page.keyboard.type(str(FORK))
    tab_to(page, "Find a setting")
    page.keyboard.type("walls")
    before = timelines(page) if told(page, "pair") else None
    tab_to(page, "Walls")  # the group
    tab_to(page, "Walls")  # the setting in it
    page.keyboard.type("0.35")
    press(page, "Change 1 setting")
    wait_for(
        page,
        lambda page: told(page, "pair") and told(page, "pair")[-1]["pair"]["left"]["changes"][-1]["month"] == FORK,
    )
    changed = timelines(page)
    press(page, "Undo")
    wait_for(page, lambda page: timelines(page) != changed)
    assert before in (None, timelines(page))


def test_a_life_is_walked_through_by_arrows(page):
    to(page, "3", ".swimlane")
    slider = page.get_by_role("slider")
    while page.evaluate("document.activeElement.getAttribute('role')") != "slider":
        page.keyboard.press("Tab")
    before = int(slider.get_attribute("aria-valuenow"))
    page.keyboard.press("ArrowRight")
    assert int(slider.get_attribute("aria-valuenow")) == before + 1


def test_a_lesson_is_led_to_its_bet(page):
    to(page, "4", ".lesson-list")
    tab_to(page, page.locator(f".lesson-list a[href*={LESSON}]").inner_text())
    page.keyboard.press("Enter")
    page.locator(".step.question").wait_for()
    press(page, "Bet →")
    page.locator(".step.bet").wait_for()


def test_a_round_is_opened_and_closed_in_the_workshop(page):
    play_a_round(page)
    assert page.locator(".console h1").inner_text() == "Round 1 of 4"


def test_the_debrief_shows_its_bridges(page):
    play_a_round(page)
    to(page, "6", ".asked button")
    press(page, "Show")
    page.locator(".bridge").first.wait_for()


def test_the_focus_was_seen_wherever_it_was(page):
    assert page.unmarked == []


def test_nothing_went_wrong_on_the_way(page):
    assert page.errors == []
