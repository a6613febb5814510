"""How fast the studio is: the first sight of it, ten browsers that look at one room, and thirty phones in a round."""

import json
import time

import pytest

from tests.support.lines import StudioLine, post
from tests.support.studio import running_studio
from tests.support.watched import month_of, wait_for, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BROWSERS, PHONES, TEAMS = 10, 30, 6
SPEED, MONTHS = 10, 60  # months per second; months
LOOK_EVERY = 500  # ms; the test looks on the same two cores, so it looks seldom
LEAST_SHOWN, LEAST_SHOWN_ALONE = 0.9, 0.95  # share of the months
MOST_PAINT = 500  # ms
MOST_CLOSE = 1.0  # seconds from the press to the last phone
OWN = ("result", "view")  # what a phone is told of its own; the state of the game comes beside
MOST_BYTES = 1024  # of the result and the new view of a phone in a round
WATCH = """() => {
  window.seen = new Set();
  const compare = document.querySelector(".compare");
  const note = () => Number(compare.dataset.month) && window.seen.add(compare.dataset.month);
  const painted = () => requestAnimationFrame(note); // two months drawn between two pictures count as one
  new MutationObserver(painted).observe(compare, {attributeFilter: ["data-month"]});
}"""


@pytest.fixture(scope="module")
def rooms(studio, chromium, facilitator):
    """Opens pages of Compare, each in a context of its own, at the first month."""
    contexts = []

    def open_pages(count):
        contexts.extend(chromium.new_context(storage_state=facilitator) for _ in range(count))
        pages = [watched_page(context, studio.address) for context in contexts[-count:]]
        for page in pages:
            page.goto(f"{studio.address}/?lang=en#/compare")
            page.locator(".compare[data-month]").wait_for()
        return pages

    yield open_pages
    for context in contexts:
        context.close()


def share_shown(pages):
    """Share of the months that each page has shown when the worlds run from first to last month."""
    first = pages[0]
    first.get_by_role("button", name="Back to the start").click()
    first.get_by_label("Speed").select_option(str(SPEED))
    for page in pages:
        wait_for(page, lambda page: month_of(page) == 0)
        page.evaluate(WATCH)
    first.locator(".play").click()
    for page in pages:
        wait_for(page, lambda page: month_of(page) == MONTHS, every=LOOK_EVERY)
    return [page.evaluate("window.seen.size") / MONTHS for page in pages]


def test_a_page_is_painted_at_once(studio, chromium, facilitator, record_property):
    context = chromium.new_context(storage_state=facilitator)
    page = watched_page(context, studio.address)
    page.goto(f"{studio.address}/?lang=en")
    page.locator(".opening h1").wait_for()
    paints = page.evaluate("performance.getEntriesByName('first-contentful-paint').map((paint) => paint.startTime)")
    context.close()
    record_property("first contentful paint, ms", paints[0])
    assert paints[0] < MOST_PAINT


def test_one_browser_shows_the_months(rooms, record_property):
    shown = share_shown(rooms(1))
    record_property("share of months shown", shown)
    assert min(shown) >= LEAST_SHOWN_ALONE


def test_ten_browsers_show_the_months(rooms, record_property):
    shown = share_shown(rooms(BROWSERS))
    record_property("share of months shown", shown)
    assert sum(shown) / len(shown) >= LEAST_SHOWN


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """Seconds from the press until each of thirty phones has its result, and the bytes it got."""
    with running_studio(tmp_path_factory.mktemp("phones")) as studio:
        cookie = post(studio.address, "/start", {"token": studio.token})[2]
        console = StudioLine(studio.address, "facilitator", cookie)
        code = console.ready()["room"]["code"]
        console.do("game", teams=[f"Team {number}" for number in range(TEAMS)])
        cookies = [
            post(studio.address, "/join", {"code": code, "nickname": f"P{number}"})[2] for number in range(PHONES)
        ]
        phones = [StudioLine(studio.address, "phone", cookie) for cookie in cookies]
        for phone in phones:
            phone.ready()
        console.do("assign")
        console.do("start")
        for phone in phones:
            view = phone.wait(lambda phone: phone.messages("view"))[-1]["view"]
            phone.do("send", decisions=view["decisions"], why="as before")
        time.sleep(1)
        yield close_round(console, phones)


def close_round(console, phones):
    """What each phone got of a round that closes, and when. seconds, bytes"""
    before = [len(phone.received) for phone in phones]
    pressed = time.monotonic()
    console.do("close")
    for phone in phones:
        phone.wait(lambda phone: phone.messages("result"))
    waits = [_arrived(phone) - pressed for phone in phones]
    time.sleep(1)
    came = [phone.received[start:] for phone, start in zip(phones, before, strict=True)]
    return waits, [sum(len(text) for text in texts if json.loads(text)["say"] in OWN) for texts in came]


def _arrived(phone):
    return next(when for text, when in zip(phone.received, phone.arrived, strict=False) if '"result"' in text)


def test_thirty_phones_see_a_round_that_closes_within_a_second(closed, record_property):
    waits, sizes = closed
    record_property("first and last phone, s; most bytes", (min(waits), max(waits), max(sizes)))
    assert max(waits) < MOST_CLOSE


def test_the_result_and_the_view_of_a_phone_are_less_than_a_kilobyte(closed):
    assert max(closed[1]) < MOST_BYTES
