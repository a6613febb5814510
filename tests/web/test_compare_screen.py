"""Compare in a browser: two panels that match, the clock, changes with undo, tables."""

import json

import pytest

from tests.support.studio import LANGUAGES

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # ms
RADIUS_OF_ROUNDING = 1.0  # px


@pytest.fixture
def compare(screen):
    """The screen with both worlds, at month 0 and standing still."""

    def open_worlds(size="laptop", language="en"):
        page = screen("compare", size, language)
        page.wait_for_selector(".compare[data-month]", timeout=PATIENCE)
        page.locator(".transport button").first.click()
        page.wait_for_selector(".compare[data-month='0']")
        page.evaluate("document.activeElement.blur()")
        return page

    return open_worlds


def pair_of(page):
    """The pair that the server sent last."""
    messages = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message["pair"] for message in messages if message["say"] == "pair"][-1]


def changed_policy(page, month):
    """Lets world A take the other policy from a month on."""
    for _ in range(month):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Change from here").click()
    page.locator(".change select").first.select_option("left")
    page.locator(".change .setting select").first.select_option("customer_centric")
    page.locator(".change footer button").click()
    page.wait_for_selector(".mark.left", timeout=PATIENCE)


def test_both_panels_have_the_same_size(compare):
    panels = compare().locator(".world canvas")
    left, right = (panels.nth(i).bounding_box() for i in (0, 1))
    assert (left["width"], left["height"]) == pytest.approx((right["width"], right["height"]), abs=RADIUS_OF_ROUNDING)


def test_both_worlds_begin_with_the_same_customers(compare):
    first, second = compare().locator(".stats").all_text_contents()
    assert first == second


def test_the_space_bar_plays(compare):
    page = compare()
    page.keyboard.press("Space")
    page.wait_for_function("Number(document.querySelector('.compare').dataset.month) >= 3", timeout=PATIENCE)


def test_an_arrow_goes_one_month_on(compare):
    page = compare()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".compare[data-month='1']", timeout=PATIENCE)


def test_keys_that_are_switched_off_do_nothing(compare):
    page = compare()
    page.evaluate("localStorage.setItem('keys', 'off')")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert page.locator(".compare").get_attribute("data-month") == "0"


def test_a_change_leaves_the_months_before_it_as_they_were(compare):
    page = compare()
    changed_policy(page, 2)
    changes = pair_of(page)["left"]["changes"]
    assert [change["month"] for change in changes] == [0, 2]
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector(".mark.left", state="detached", timeout=PATIENCE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)], ids=str)
def test_beside_the_panel_of_changes_every_control_of_the_clock_is_on_the_screen(compare, size, language):
    page = compare(language=language)
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.locator(".change-here").click()
    page.locator(".change footer button").wait_for()
    edge = page.locator(".change").bounding_box()["x"]
    controls = page.locator(".foot :is(button, input, select):visible").all()
    boxes = [control.bounding_box() for control in controls]
    assert max(box["x"] + box["width"] for box in boxes) <= edge
    assert max(box["y"] + box["height"] for box in boxes) <= size[1]
    send = page.locator(".change footer button").bounding_box()
    assert send["y"] + send["height"] <= size[1]


def test_a_table_holds_the_months_that_are_shown(compare):
    page = compare()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector(".compare[data-month='12']", timeout=PATIENCE)
    page.get_by_role("button", name="Satisfaction as a table").click()
    assert page.locator("dialog tbody tr").count() == 1 + 12
