"""The site of docs/: complete, offline, and nothing in it that is not from the code or from results."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "decisions" not in path.parts)
INDEX = (DOCS / "index.md").read_text(encoding="utf-8")
TREES = re.findall(r"^```\{toctree\}\n(.*?)^```$", INDEX, re.MULTILINE | re.DOTALL)
LISTED = {line for tree in TREES for line in tree.splitlines() if line and not line.startswith(":")}
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST_README = 90
VERDICT = {
    "id": "silent-exit", "verdict": "refuted", "effect": "0.012", "low": "0.008", "high": "0.016", "unit": "share",
    "world": "telecom", "reach": "0.31", "reach_worlds": "100", "fails_where": "It fails where nobody speaks.",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def extensions():
    """The extensions of the site can be imported, as its build imports them."""
    sys.path.insert(0, str(DOCS))
    yield
    sys.path.remove(str(DOCS))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_a_page_stands_in_the_index_of_the_site(page):
    name = page.relative_to(DOCS).with_suffix("").as_posix()
    assert name == "index" or name in LISTED


@pytest.mark.parametrize("name", sorted(LISTED))
def test_a_page_of_the_index_exists(name):
    assert (DOCS / f"{name}.md").is_file()


def test_nothing_is_loaded_from_a_network():
    texts = [path.read_text(encoding="utf-8") for path in (DOCS / "conf.py", *(DOCS / "static").glob("*.css"))]
    assert not re.search(r"https?://|intersphinx|mathjax", "\n".join(texts))


def test_the_readme_is_short_and_has_one_picture_and_three_doors():
    assert len(README.splitlines()) <= LONGEST_README
    assert len(re.findall(r"^!\[", README, re.MULTILINE)) == 1
    doors = re.split(r"^\*\*(?:Researcher|Trainer|Consultant)\.\*\*", README, flags=re.MULTILINE)[1:]
    commands = [re.findall(r"^sim .*#", door.partition("```sh")[2].partition("```")[0], re.MULTILINE) for door in doors]
    assert [len(part) for part in commands] == [3, 3, 3]


def test_a_link_to_another_room_becomes_a_download_and_one_to_a_page_stays():
    from extensions.outside_links import rewritten

    text = "[verdict](../results/evidence/verdict.md#x), [model](odd.md), [start](../README.md)"
    assert rewritten(text, DOCS, DOCS) == (
        "{download}`verdict <../results/evidence/verdict.md>`, [model](odd.md), [start](index.md)"
    )


def test_an_equation_becomes_mathml():
    from extensions.mathml import lines_of
    from latex2mathml.converter import convert

    assert lines_of("a = b\n\nc = d\n") == ["a = b", "c = d"]
    assert "<mfrac>" in convert(r"\frac{1}{2}")


def test_a_missing_verdict_is_said_and_not_invented(tmp_path):
    from extensions.claim_pages import verdict_of

    assert verdict_of("silent-exit", tmp_path).startswith("**Not run yet.**")


@pytest.mark.parametrize(
    ("claim", "opening"), [("silent-exit", "**Refuted**: 0.012"), ("prevention", "**Not run yet.**")]
)
def test_a_verdict_is_that_of_the_table(tmp_path, claim, opening):
    from extensions.claim_pages import verdict_of

    (tmp_path / "claims.json").write_text(json.dumps({"quick": True}), encoding="utf-8")
    with (tmp_path / "verdicts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, VERDICT)
        writer.writeheader()
        writer.writerow(VERDICT)
    text = verdict_of(claim, tmp_path)
    assert text.startswith(opening)
    assert ("quick run" in text and "31 %" in text) == (claim == "silent-exit")


def test_a_claim_without_a_file_gives_a_sentence():
    from extensions.claim_pages import NO_FILE, text_of

    assert text_of("no-such-claim") == [NO_FILE]


@pytest.mark.parametrize(
    "claim", re.findall(r"^```\{claim-page\} (\S+)$", (DOCS / "handout.md").read_text(), re.MULTILINE)
)
def test_a_claim_of_the_handout_is_in_the_ledger(claim):
    assert (ROOT / "experiments" / "claims" / f"{claim}.yaml").is_file()


@pytest.mark.long
def test_pictures_that_can_be_drawn_are_drawn_from_the_tables_that_are_kept():
    from extensions.gallery import pictures_of

    shown = {picture.path.stem: picture for picture in pictures_of(ROOT / "results" / "evidence" / "tuned")}
    assert {"gaps", "bridge", "fan", "whale"} <= set(shown)
    assert all("drawn anew" in shown[name].origin for name in ("gaps", "bridge", "fan", "whale"))
    assert all(picture.title and picture.alt for picture in shown.values())


def test_a_chart_whose_name_has_spaces_is_shown_under_a_name_without(tmp_path, monkeypatch):
    """The address of a figure cannot hold spaces; measures of arms have them: reach-…-profit against none.png."""
    from extensions import gallery

    monkeypatch.setattr(gallery, "ROOT", tmp_path)
    monkeypatch.setattr(gallery, "DRAWN", tmp_path / "out")
    (tmp_path / "charts").mkdir()
    chart = tmp_path / "charts" / "profit against none.png"
    chart.write_bytes(b"picture")
    shown = gallery.without_spaces(chart)
    assert shown == tmp_path / "out" / "charts" / "profit_against_none.png" and shown.read_bytes() == b"picture"
    assert gallery.without_spaces(shown) == shown
