"""Which language a page is in, and its words, from the files of `static/locales`."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).with_name("static")
LOCALES = STATIC / "locales"
ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    others = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir() and folder.name != ENGLISH)
    return ENGLISH, *others


def language_for(asked: str | None, kept: str | None, header: str) -> str:
    """The language of a page.

    Args:
        asked: What the address asks for.
        kept: What the cookie keeps.
        header: What the browser accepts (`Accept-Language`).

    >>> language_for("en", None, "fr"), language_for(None, None, "xx;q=0.9, en-GB;q=0.2")
    ('en', 'en')
    """
    wanted = [asked, kept, *_accepted(header)]
    return next((name for name in wanted if name in languages()), ENGLISH)


def _accepted(header: str) -> list[str]:
    """Languages of the header, the most wanted first."""
    weights = re.findall(r"([a-zA-Z]{2,3})(?:-[\w-]+)?(?:\s*;\s*q=([0-9.]{1,5}))?", header[:200])
    return [name.lower() for name, _ in sorted(weights, key=lambda pair: -float(pair[1] or 1))]


def words_of(language: str) -> dict[str, Any]:
    """All words of a language by area; where it lacks one, the English word.

    Args:
        language: One of `languages`.
    """
    english = _areas(ENGLISH)
    if language == ENGLISH:
        return english
    own = _areas(language)
    return {area: english.get(area, {}) | own.get(area, {}) for area in english.keys() | own.keys()}


def _areas(language: str) -> dict[str, Any]:
    files = sorted((LOCALES / language).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}
