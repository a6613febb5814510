"""A room of people in Chromium: the facilitator's console, the projector page and phones in one game."""

import json

from tests.support.studio import SIZES

PATIENCE = 120_000  # ms: a world may have to be compiled, and the worker may be busy with what was shown before
PROJECTOR = (1024, 768)  # px


class Room:
    """Pages of one room; each page keeps what the server said to it and its own faults.

    Args:
        studio: The studio that runs.
        chromium: The browser.
        facilitator: What the browser keeps of the facilitator.
    """

    def __init__(self, studio, chromium, facilitator):
        self.address, self.chromium, self.state = studio.address, chromium, facilitator
        self.contexts = []
        self.console = self.page("/#/workshop", SIZES["laptop"], facilitator)
        self.wall = self.page("/projector", PROJECTOR, facilitator)
        self.phones = []

    def page(self, path, size, state=None):
        """A page in a context of its own, once it is open."""
        viewport = dict(zip(("width", "height"), size, strict=True))
        context = self.chromium.new_context(viewport=viewport, storage_state=state, bypass_csp=True)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.said, page.faults = [], []
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("websocket", lambda line: line.on("framereceived", lambda text: page.said.append(text)))
        page.goto(self.address + path)
        return page

    def open_game(self, rounds=4):
        """A game of two teams in its lobby; one that was there ends. rounds: of an episode"""
        console = self.console
        console.wait_for_selector(".console h1")
        if console.get_by_role("button", name="Open the lobby").count() == 0:
            console.get_by_role("button", name="Delete the room").click()
            console.get_by_role("button", name="Delete everything").click()
        console.locator("#teams").select_option("2")
        console.locator("#rounds").select_option(str(rounds))
        console.get_by_role("button", name="Open the lobby").click()
        console.wait_for_selector(".team")

    def join(self, team, department):
        """A phone that has joined by code and taken a seat. team: number, from 0"""
        self.wall.wait_for_selector(".giant")
        code = self.wall.locator(".giant").inner_text()
        phone = self.page(f"/join?code={code}", SIZES["phone"])
        phone.get_by_role("button", name="Join", exact=True).click()
        phone.get_by_role("button", name=department, exact=True).nth(team).click()
        phone.wait_for_selector("text=You head")
        self.phones.append(phone)
        return phone

    def start(self, number):
        """Opens a round. number: of the round"""
        self.console.get_by_role("button", name=f"Start round {number}").click()
        for phone in self.phones:
            phone.wait_for_selector(".decision")

    def close_round(self):
        """Closes the round, once its months are played."""
        self.console.get_by_role("button", name="Close the round").click()
        for phone in self.phones:
            phone.wait_for_selector("text=What came of round")

    def end(self):
        """Closes all pages."""
        for context in self.contexts:
            context.close()


def last(page, say, **fields):
    """The last message of a kind, with some fields, that the server said to a page."""
    texts = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message for message in texts if message["say"] == say and fields.items() <= message.items()][-1]


def fits(page):
    """Whether nothing is cut at the side."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def cut(page):
    """Sizes in which something is cut at the side."""
    sizes = []
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        sizes += [] if fits(page) else [name]
    return sizes


def keys_left(page):
    """Keys of words that no language had, such as ``phone.send``."""
    found = r"\b(workshop|phone|projector|debrief|shell)\.[a-z_]+(\.[a-z_]+)*"
    return page.evaluate("pattern => document.body.innerText.match(new RegExp(pattern, 'g')) ?? []", found)
