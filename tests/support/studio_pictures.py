"""Pictures of the studio's screens for the pages: `python -m tests.support.studio_pictures FOLDER`."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.support.room import Room
from tests.support.studio import CHROMIUM, SIZES, running_studio

SHEET = ("compare", "explain", "workshop", "debrief")  # of the one picture with four screens
READY = 300_000  # ms: the first start compiles
MONTH = 40  # of the worlds that are shown


def take_pictures(folder):
    """Runs a studio, plays a round of a game, and writes a picture of each screen and one of four of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as rooms, running_studio(Path(rooms)) as studio, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        state = _facilitator(browser, studio)
        room = Room(studio, browser, state)
        _screens(room, folder)
        _game(room, folder)
        room.end()
        browser.close()
    _sheet(folder)


def _facilitator(browser, studio):
    """What the browser keeps of a facilitator, once the worlds are ready."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(studio.link)
    page.goto(f"{studio.address}/#/explain?rule=silent")
    page.wait_for_selector(".swimlane", timeout=READY)
    state = context.storage_state()
    context.close()
    return state


def _screens(room, folder):
    """Play as it begins, Compare in a month, and the life of one who left without a word."""
    play = room.page("/#/play", SIZES["laptop"], room.state)
    play.wait_for_timeout(2_000)
    play.screenshot(path=folder / "studio-play.png")
    compare = room.page("/#/compare", SIZES["laptop"], room.state)
    slider = compare.get_by_role("slider").first
    slider.wait_for()
    slider.focus()
    compare.keyboard.press("Home")
    for _ in range(MONTH):
        compare.keyboard.press("ArrowRight")
        compare.wait_for_timeout(50)
    compare.wait_for_timeout(4_000)
    compare.screenshot(path=folder / "studio-compare.png")
    explain = room.page("/#/explain?rule=silent", SIZES["laptop"], room.state)
    explain.wait_for_selector(".swimlane")
    explain.wait_for_timeout(500)
    explain.screenshot(path=folder / "studio-explain.png")


def _game(room, folder):
    """One round of two teams: a phone, the console, and the debrief."""
    room.open_game()
    phones = [room.join(0, "Service"), room.join(1, "Finance")]
    room.start(1)
    phones[0].locator("#at-utilisation").fill("0.7")
    phones[0].get_by_label("Why?").fill("Less waiting, less trouble")
    phones[0].screenshot(path=folder / "studio-phone.png")
    phones[0].get_by_role("button", name="Send", exact=True).click()
    phones[0].wait_for_selector("text=Change it")
    room.console.wait_for_timeout(500)
    room.console.screenshot(path=folder / "studio-workshop.png")
    room.close_round()
    page = room.page("/#/debrief", SIZES["laptop"], room.state)
    page.locator(".asked button").click()
    page.wait_for_selector(".bridge")
    page.wait_for_selector(".taken")
    page.wait_for_timeout(1_000)
    page.screenshot(path=folder / "studio-debrief.png")


def _sheet(folder):
    """Four screens in one picture."""
    screens = [Image.open(folder / f"studio-{name}.png").convert("RGB") for name in SHEET]
    width, height = screens[0].size
    gap = width // 60
    sheet = Image.new("RGB", (2 * width + 3 * gap, 2 * height + 3 * gap), "#dfe3e8")
    for place, screen in enumerate(screens):
        sheet.paste(screen, (gap + place % 2 * (width + gap), gap + place // 2 * (height + gap)))
    sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS).save(folder / "studio.png")


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]))
