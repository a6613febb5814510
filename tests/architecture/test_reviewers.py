"""The page for reviewers has every element of three guidelines, and what it names can be opened or run."""

import re
from pathlib import Path

import pytest

from sim.commands.table import COMMAND_NAMES
from tests.architecture.test_names_in_pages import LINK, anchors

ROOT = Path(__file__).parents[2]
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("reviewers", "criticism")}
GUIDELINES = re.split(r"^## ", PAGES["reviewers"], flags=re.MULTILINE)
TABLES = {part.partition("\n")[0]: re.findall(r"^\| (\S+) .*$", part, re.MULTILINE)[1:] for part in GUIDELINES}
ELEMENTS = {
    "TRACE": [str(number) for number in range(1, 9)],
    "STRESS-ABS": [
        *("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4"),
        *("3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1"),
    ],
    "ODD+D": [
        *("I.i", "I.ii", "I.iii", "II.i", "II.ii", "II.iii", "II.iv", "II.v", "II.vi", "II.vii", "II.viii", "II.ix"),
        *("II.x", "III.i", "III.ii", "III.iii", "III.iv"),
    ],
}
ROWS = [
    line
    for part in GUIDELINES
    if part.partition("\n")[0] in ELEMENTS
    for line in re.findall(r"^\| [\dI].*$", part, re.MULTILINE)
]
COMMANDS = sorted({command for page in PAGES.values() for command in re.findall(r"`sim (\w+)", page)})


@pytest.mark.parametrize("guideline", ELEMENTS)
def test_every_element_of_a_guideline_has_a_row(guideline):
    assert list(dict.fromkeys(TABLES[guideline])) == ELEMENTS[guideline]


@pytest.mark.parametrize("row", ROWS)
def test_an_element_is_answered_by_a_link_or_a_command_or_not_done(row):
    assert LINK.search(row) or "`sim " in row or "`make " in row or "not done" in row


@pytest.mark.parametrize("page", PAGES)
def test_targets_of_links_exist_with_their_anchor(page):
    missing = []
    for path, anchor in LINK.findall(PAGES[page]):
        target = ROOT / "docs" / (path or f"{page}.md")
        if not target.exists() or (anchor and anchor not in anchors(target)):
            missing.append(f"{path}#{anchor}")
    assert missing == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_the_pages_name_exists(command):
    assert command in COMMAND_NAMES


def test_a_missing_anchor_is_seen():
    assert "no-such-section" not in anchors(ROOT / "docs" / "odd.md")
