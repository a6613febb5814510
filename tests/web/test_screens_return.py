"""What a screen shows after a reload, after the studio was killed, after its tab was frozen, and with little motion."""

from types import SimpleNamespace

import pytest

from tests.support.studio import free_port, running_studio
from tests.support.watched import month_of, told, wait_for, watched_page

pytestmark = pytest.mark.browser
REASON = "Nobody should have to ask twice"
QUARTER = 3  # months
FROZEN = 2500  # ms
SPEED = 4  # months per second
SLOW_START = 120_000  # ms: a studio that has just begun loads the model
LATEST = 1500  # ms after which a tab that wakes shows the month of the room


@pytest.fixture(scope="module")
def compare(studio, chromium, facilitator):
    """Opens Compare at a month, paused; more is given to the context."""
    contexts = []

    def open_compare(**more):
        context = chromium.new_context(storage_state=facilitator, **more)
        contexts.append(context)
        page = watched_page(context, studio.address)
        page.goto(f"{studio.address}/?lang=en#/compare")
        page.locator(".compare[data-month]").wait_for()
        start(page)
        return page

    yield open_compare
    for context in contexts:
        context.close()


def start(page):
    """Goes back to the first month at the speed of these tests."""
    page.get_by_role("button", name="Back to the start").click()
    wait_for(page, lambda page: month_of(page) == 0)
    page.get_by_label("Speed").select_option(str(SPEED))


def play(page, month):
    """Plays until a month is shown."""
    page.locator(".play").click()
    wait_for(page, lambda page: month_of(page) >= month)


def timelines(page):
    """The timelines of the pair that was told with the last hello or since."""
    hellos = [hello for hello in told(page, "hello") if hello["ready"]]
    pairs = [hello["room"]["pair"] for hello in hellos] + [message["pair"] for message in told(page, "pair")]
    return [pairs[-1][side]["timeline"] for side in ("left", "right")]


def test_a_reload_in_mid_run_keeps_month_and_worlds(compare):
    page = compare()
    play(page, 6)
    before, month = timelines(page), month_of(page)
    page.said.clear()
    page.reload()
    page.locator(".compare[data-month]").wait_for()
    wait_for(page, lambda page: month_of(page) >= month)
    assert timelines(page) == before
    page.locator(".play").click()


def test_a_tab_that_was_frozen_catches_up(compare):
    page = compare()
    play(page, 2)
    tab = page.context.new_cdp_session(page)
    before = month_of(page)
    tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.wait_for_timeout(FROZEN)
    tab.send("Page.setWebLifecycleState", {"state": "active"})
    wait_for(page, lambda page: month_of(page) >= before + SPEED * FROZEN / 1000 - 1, patience=LATEST)
    page.locator(".play").click()


def test_who_wants_little_motion_sees_still_pictures_by_the_quarter(compare):
    page = compare(reduced_motion="reduce")
    page.evaluate("""() => {
      window.seen = [];
      const compare = document.querySelector(".compare");
      const note = () => window.seen.push(Number(compare.dataset.month));
      new MutationObserver(note).observe(compare, {attributeFilter: ["data-month"]});
    }""")
    play(page, 3 * QUARTER)
    seen = page.evaluate("window.seen")
    assert [month for month in seen if month % QUARTER] == []
    page.locator(".play").click()


def open_round(studio, chromium):
    """A room with worlds that run, a round with a timer, and a draft on a phone."""
    room = SimpleNamespace(
        contexts=[chromium.new_context(), chromium.new_context(viewport={"width": 360, "height": 740})]
    )
    room.page, room.phone = [watched_page(context, studio.address) for context in room.contexts]
    for page in (room.page, room.phone):
        page.set_default_timeout(SLOW_START)
    room.page.goto(studio.link)
    room.page.locator("#tabs a").first.wait_for()
    room.page.goto(f"{studio.address}/?lang=en#/workshop")
    room.page.get_by_role("button", name="Open the lobby").click()
    room.code = room.page.locator(".room-code").inner_text()
    room.phone.goto(f"{studio.address}/join?lang=en&code={room.code}")
    room.phone.get_by_role("button", name="Join", exact=True).click()
    room.phone.get_by_role("button", name="Service", exact=True).first.click()
    room.phone.get_by_text("You head").first.wait_for()
    room.page.get_by_role("button", name="Start round 1").click()
    room.phone.locator(".decision").first.wait_for()
    room.page.get_by_role("button", name="Timer on").click()
    room.phone.get_by_label("Why?").fill(REASON)
    wait_for(room.phone, lambda phone: told(phone, "draft"))
    return room


def run_worlds(page, address):
    """Lets Compare play in mid-run."""
    page.goto(f"{address}/?lang=en#/compare")
    page.locator(".compare[data-month]").wait_for()
    start(page)
    play(page, 5)


@pytest.fixture(scope="module")
def killed(chromium, tmp_path_factory):
    """Pages before the studio was killed in the middle of a round, and what they show once it runs again."""
    folder, port = tmp_path_factory.mktemp("rooms"), free_port()
    with running_studio(folder, port) as studio:
        room = open_round(studio, chromium)
        run_worlds(room.page, studio.address)
        room.month, room.worlds = month_of(room.page), timelines(room.page)
        studio.process.kill()
        room.page.locator("#line:visible").wait_for()
        room.page.said.clear()
        room.phone.said.clear()
    with running_studio(folder, port):
        wait_for(room.page, lambda page: told(page, "hello") and told(page, "hello")[-1]["ready"])
        wait_for(room.phone, lambda phone: told(phone, "hello"))
        room.hello = told(room.page, "hello")[-1]
        yield room
    for context in room.contexts:
        context.close()


def test_after_a_kill_the_page_is_in_the_same_room_without_a_hand(killed):
    assert killed.hello["room"]["code"] == killed.code
    assert killed.page.locator("#line").is_hidden()


def test_after_a_kill_compare_stands_at_the_month_it_had_reached(killed):
    assert timelines(killed.page) == killed.worlds
    clock = killed.hello["room"]["clock"]
    assert not clock["playing"]
    assert clock["month"] > killed.month - SPEED  # it is kept each second
    wait_for(killed.page, lambda page: month_of(page) == int(clock["month"]))


def test_after_a_kill_the_timer_is_paused(killed):
    killed.phone.locator(".countdown", has_text="paused").wait_for()


def test_after_a_kill_a_phone_knows_the_rules_without_a_reload(killed):
    killed.phone.locator(".decision").first.wait_for()
    assert [error for error in killed.phone.errors if "ERR_CONNECTION" not in error] == []


def test_after_a_kill_a_phone_has_its_draft(killed):
    killed.phone.reload()
    killed.phone.locator(".decision").first.wait_for()
    assert killed.phone.get_by_label("Why?").input_value() == REASON
