"""Every page in every language: it asks nothing of another machine, and its console reports no error."""

import pytest

from tests.support.room import Room
from tests.support.studio import LANGUAGES
from tests.support.watched import SCREENS, watched_page

pytestmark = pytest.mark.browser
STEPS = ("question", "bet", "watch", "reveal", "customer", "discussion", "verdict")
IN_FRONT = {name: place for name, place in SCREENS.items() if name != "join"} | {
    f"lesson {step}": (f"/#/lessons?lesson=silent-exit&step={step}", f".step.{step}") for step in STEPS
}
LIKES_ONE = ("/#/explain?rule=typical&side=right", ".swimlane")
PLAYED = {"workshop, played": ("/#/workshop", ".team"), "projector, played": ("/projector", ".tile, h1")}
ON_PHONES = {"join": ("/join", "main .card"), "phone": ("/join", ".part-result")}
REPLAY = "replay, from the disk"


@pytest.fixture(scope="module")
def room(studio, chromium, facilitator):
    """A room in which one round was played with a phone."""
    room = Room(studio, chromium, facilitator)
    room.open_game(rounds=2)
    phone = room.join(0, "Service")
    room.start(1)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.wait_for_selector("text=Change it")
    room.close_round()
    yield room
    room.end()


class Walk:
    """Goes from page to page and notes what each asked of others and what its console said."""

    def __init__(self, chromium, address):
        self.chromium, self.address = chromium, address
        self.outside, self.errors = {}, {}

    def page(self, state, address=None):
        """A page of somebody in a context of its own."""
        return watched_page(self.chromium.new_context(storage_state=state), address or self.address)

    def see(self, page, place, language, name):
        """Opens a place in a language, looks at it for a moment, and notes."""
        path, drawn = place
        before, mark, after = path.partition("#")
        page.goto("about:blank")
        page.goto(f"{self.address}{before}?lang={language}{mark}{after}")
        page.locator(drawn).first.wait_for()
        self.note(page, name, language)

    def note(self, page, name, language):
        """Takes what was kept since the last note."""
        page.wait_for_timeout(200)
        self.outside[name, language], self.errors[name, language] = list(page.outside), list(page.errors)
        page.outside.clear()
        page.errors.clear()


def in_front(walk, room, language):
    """All screens of the facilitator, the projector, and the debrief of the round."""
    page = walk.page(room.state)
    for name, place in (IN_FRONT | PLAYED | {"explain, other": LIKES_ONE}).items():
        walk.see(page, place, language, name)
    walk.see(page, SCREENS["debrief"], language, "debrief")
    page.locator(".asked button").click()
    page.locator(".taken, .bridge").first.wait_for()
    page.locator(".headline-words").first.wait_for()
    walk.note(page, "debrief, shown", language)
    page.context.close()


def on_phones(walk, room, language):
    """The page of a phone that has not joined, and of one that has a seat."""
    for name, place in ON_PHONES.items():
        page = walk.page(room.phones[0].context.storage_state() if name == "phone" else None)
        walk.see(page, place, language, name)
        page.context.close()


def from_disk(walk, room, language, folder):
    """The replay as a file that somebody was given, without a server."""
    file = folder / f"replay-{language}.html"
    file.write_bytes(room.console.request.get(f"{walk.address}/export/replay.html?lang={language}").body())
    page = walk.page(None, file.as_uri())
    page.goto(file.as_uri())
    page.locator("main canvas").first.wait_for()
    page.get_by_role("button").first.click()
    walk.note(page, REPLAY, language)
    page.context.close()


@pytest.fixture(scope="module")
def walk(studio, chromium, room, tmp_path_factory):
    """All pages seen, in every language."""
    walk, folder = Walk(chromium, studio.address), tmp_path_factory.mktemp("replay")
    for language in LANGUAGES:
        in_front(walk, room, language)
        on_phones(walk, room, language)
        from_disk(walk, room, language, folder)
    return walk


def test_no_page_asks_anything_of_another_machine(walk):
    assert {place: asked for place, asked in walk.outside.items() if asked} == {}


def test_no_page_reports_an_error_or_breaks_a_rule_of_its_policy(walk):
    assert {place: said for place, said in walk.errors.items() if said} == {}


def test_every_screen_was_seen_in_every_language(walk):
    seen = {*IN_FRONT, *PLAYED, *ON_PHONES, REPLAY, "debrief, shown"}
    assert {(name, language) for name in seen for language in LANGUAGES} <= walk.errors.keys()
