"""Pages of a workshop while a round is open and once it is closed: no word is cut in any size and language."""

import pytest

from tests.support.room import Room
from tests.support.studio import LANGUAGES, SIZES
from tests.support.watched import EVERY_SIZE, cut_words

pytestmark = pytest.mark.browser
PAGES = {  # address of each page, and what stands on it in a round
    "console": ("/#/workshop", ".team"),
    "wall": ("/projector", ".tile"),
    "phone": ("/join", ".part-sees .card"),
}


@pytest.fixture(scope="module")
def room(studio, chromium, facilitator):
    """A room in which the first round is open and one head sits at a phone."""
    room = Room(studio, chromium, facilitator)
    room.open_game()
    room.join(0, "Service")
    room.start(1)
    yield room
    room.end()


@pytest.fixture(scope="module")
def closed(room):
    """The same room once the round is closed."""
    room.close_round()
    return room


def cut_anywhere(room, name, language):
    """Words of a page that are cut, by size."""
    path, drawn = PAGES[name]
    before, mark, after = path.partition("#")
    state = room.phones[0].context.storage_state() if name == "phone" else room.state
    page = room.page(f"{before}?lang={language}{mark}{after}", SIZES["laptop"], state)
    page.locator(drawn).first.wait_for()
    cut = {size: words for size in EVERY_SIZE if (words := cut_words(page, size))}
    page.context.close()
    return cut


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_word_is_cut_while_the_round_is_open(room, name, language):
    assert cut_anywhere(room, name, language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_word_is_cut_once_the_round_is_closed(closed, name, language):
    assert cut_anywhere(closed, name, language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_debrief_is_cut(closed, language):
    page = closed.page(f"/?lang={language}#/debrief", SIZES["laptop"], closed.state)
    page.locator(".asked button").click()
    page.locator(".bridge").first.wait_for()
    page.locator(".taken, .curves").first.wait_for()
    assert {size: words for size in EVERY_SIZE if (words := cut_words(page, size))} == {}
