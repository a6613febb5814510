"""Every screen of the studio in a browser: nothing is cut, and nothing is a fault of accessibility."""

import pytest

from tests.support.studio import LANGUAGES
from tests.support.watched import EVERY_SIZE, SCREENS, cut_words, go, wait_for, watched_page

pytestmark = pytest.mark.browser
SCENES = 8  # of the sixty seconds
GUESTS = ("join",)  # screens of those who have no cookie yet


@pytest.fixture(scope="module")
def page_of(studio, chromium, facilitator):
    """One page for each role under the studio's own policy, used again: ``page_of("compare", "de")``."""
    contexts = {guest: chromium.new_context(storage_state=None if guest else facilitator) for guest in (True, False)}
    pages = {guest: watched_page(context, studio.address) for guest, context in contexts.items()}

    def open_page(name, language="en"):
        page = pages[name in GUESTS]
        go(page, name, language)
        return page

    yield open_page
    for context in contexts.values():
        context.close()


@pytest.fixture(scope="module")
def axe_on(studio, chromium, facilitator):
    """Faults of accessibility on a screen; only here the policy of the pages is passed by, for axe is put in."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    contexts = [chromium.new_context(storage_state=state, bypass_csp=True) for state in (facilitator, None)]
    pages = [watched_page(context, studio.address) for context in contexts]

    def run(name, language):
        page = pages[name in GUESTS]
        go(page, name, language)
        return axe.run(page)

    yield run
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", EVERY_SIZE, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_no_word_of_a_screen_is_cut_and_nothing_scrolls_sideways(page_of, name, language, size):
    assert cut_words(page_of(name, language), size) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_no_fault_of_accessibility(axe_on, name, language):
    found = axe_on(name, language)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_sixty_seconds_is_cut(page_of, language):
    page = page_of("play", language)
    page.reload()
    page.locator(".opening button.primary:enabled").press("Enter")
    seen = {}
    for scene in range(SCENES):
        page.locator(".controls button").first.click() if scene == 0 else page.keyboard.press("ArrowRight")
        wait_for(page, lambda page: page.locator(".opening h1").inner_text())
        seen[scene] = [words for size in EVERY_SIZE for words in cut_words(page, size)]
    assert seen == dict.fromkeys(range(SCENES), [])
