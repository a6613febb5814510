"""Pages that are watched: what they ask of other machines, what their console says, what is cut, where the focus is."""

import json
from urllib.parse import urlsplit

PATIENCE = 60_000  # ms
EVERY_SIZE = ((1366, 768), (1920, 1080), (1024, 768), (360, 740))  # px
SCREENS = {  # address of each screen, and what stands on it once it is drawn
    "play": ("/#/play", ".opening button.primary:enabled"),
    "compare": ("/#/compare", ".compare[data-month]"),
    "explain": ("/#/explain?rule=silent", ".swimlane"),
    "lessons": ("/#/lessons", ".lesson-list"),
    "lesson": ("/#/lessons?lesson=service-last-stop&step=question", ".step.question"),
    "workshop": ("/#/workshop", ".console h1"),
    "debrief": ("/#/debrief", ".debrief h1"),
    "join": ("/join", "main .card"),
    "projector": ("/projector", ".part-head h1"),
}
LISTENER = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
CUT = """() => {
  const found = [];
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  const hides = (style) => ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const beyond = (box, left, right) => box.right > right + 1.5 || box.left < left - 1.5;
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    const holder = text.parentElement;
    if (!text.data.trim() || !holder.checkVisibility()) continue;
    if (holder.closest(".unseen, .skip, option, script, title")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      let within = holder, cut = false;
      for (; within && within !== document.body && !cut; within = within.parentElement) {
        const style = getComputedStyle(within), edge = within.getBoundingClientRect();
        if (within.matches("button, .button") && beyond(box, edge.left, edge.right)) cut = true;
        if (within.matches("main")) continue;
        if (scrolls(style)) break;
        if (!hides(style) || within.matches("svg, svg *")) continue;
        if (beyond(box, edge.left, edge.right) || box.bottom > edge.bottom + 4 || box.top < edge.top - 4) cut = true;
      }
      if (cut || (within === document.body && beyond(box, 0, innerWidth))) { found.push(text.data.trim()); break; }
    }
  }
  const wide = [document.documentElement, document.body, document.querySelector("main")]
    .filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => `${part.tagName} scrolls sideways`);
  return [...new Set([...wide, ...found])];
}"""
FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here);
  const group = here.closest("li, label") ?? here;
  const marked = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const label = here.labels?.[0]?.querySelector("span")?.textContent;
  const words = here.getAttribute("aria-label") ?? (label || here.textContent);
  return {
    name: words.trim(), tag: here.tagName, type: here.type ?? "", id: here.id,
    marked: here === document.body || marked(style) || marked(getComputedStyle(group)),
  };
}"""


def watched_page(context, address):
    """A page whose requests to other hosts are refused and kept, with all that its console says.

    Args:
        context: Of the browser.
        address: Of the studio; every other host is out of reach.
    """
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.outside, page.errors, page.said, page.unmarked = [], [], [], []
    page.add_init_script(LISTENER)
    page.route(lambda url: urlsplit(url).netloc != urlsplit(address).netloc, lambda route: _refuse(page, route))
    page.on("pageerror", lambda fault: page.errors.append(str(fault)))
    page.on("console", lambda line: page.errors.append(line.text) if line.type == "error" else None)
    page.on("websocket", lambda line: _listen(page, line, address))
    page.home = address
    return page


def _refuse(page, route):
    page.outside.append(route.request.url)
    route.abort()


def _listen(page, line, address):
    if urlsplit(line.url).netloc != urlsplit(address).netloc:
        page.outside.append(line.url)
    line.on("framereceived", lambda frame: page.said.append(frame))


def go(page, name, language="en"):
    """Opens a screen of the table in a language, unless the page is there."""
    path, drawn = SCREENS[name]
    before, mark, after = path.partition("#")
    wanted = f"{page.home}{before}?lang={language}{mark}{after}"
    if page.url != wanted:
        page.goto(wanted)
        page.locator(drawn).first.wait_for()


def cut_words(page, size):
    """Words that are cut, or parts that scroll sideways, at a size. [px]"""
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(CUT)


def tab_to(page, name, most=90):
    """Presses Tab until the control of a name has the focus; keeps what had the focus without showing it."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        passed.append(here["name"])
        if not here["marked"]:
            page.unmarked.append(f"{here['tag']} {here['name']}")
        if here["name"] == name:
            return here
    raise AssertionError(f"no way by Tab to {name!r}; passed {passed}")


def press(page, name, key="Enter"):
    """Goes to a control by Tab and presses a key on it."""
    tab_to(page, name)
    page.keyboard.press(key)


def told(page, say):
    """Messages of a kind that the server sent to a page."""
    texts = [json.loads(text) for text in page.said if isinstance(text, str)]
    return [message for message in texts if message["say"] == say]


def month_of(page):
    """The month that Compare shows."""
    return int(page.locator(".compare").get_attribute("data-month"))


def wait_for(page, fits, patience=PATIENCE, every=50):
    """Waits until a function of the page gives something, and returns it. patience, every: ms"""
    for _ in range(patience // every):
        if found := fits(page):
            return found
        page.wait_for_timeout(every)
    raise TimeoutError(f"not within {patience} ms on {page.url}")
