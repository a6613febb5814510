"""One studio and one browser for all tests of screens, and pages of the facilitator in any size and language."""

import pytest

from tests.support.studio import CHROMIUM, SIZES, running_studio

SLOW_START = 300_000  # ms: the first world may have to be compiled, on a machine that others use too


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    """A studio that runs for the whole session."""
    with running_studio(tmp_path_factory.mktemp("studio")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    """Chromium; without it the tests of screens are passed over by name."""
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def facilitator(studio, chromium):
    """What the browser keeps of a facilitator who has opened the link, once two worlds stand ready."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(studio.link)
    page.goto(f"{studio.address}/#/explain?rule=silent")
    page.wait_for_selector(".swimlane", timeout=SLOW_START)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def screen(studio, chromium, facilitator):
    """Opens an address of the studio as the facilitator: ``screen("explain?rule=silent", "laptop", "de")``."""
    contexts = []

    def open_page(address, size="laptop", language="en"):
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, storage_state=facilitator, bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.faults, page.said = [], []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("websocket", lambda line: line.on("framereceived", lambda frame: page.said.append(frame)))
        page.goto(f"{studio.address}/?lang={language}#/{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
