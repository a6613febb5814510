"""How a policy is asked for: by name, by ``path.py:Class``, or as a mixture of such texts."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

WRITTEN = re.compile(r"(?P<base>.+) with (?P<taken>[a-z_]+(?:\+[a-z_]+)*) of (?P<other>.+)")
ASKED_BY = re.compile(r"firms\.[^.]+\.(policy|policy_settings\.(from|to))")  # key paths whose values are policies


def is_file(text: str) -> bool:
    """Whether a text names a class in a user's file.

    >>> is_file("mine.py:Mine"), is_file("osfa"), is_file("mine.py:")
    (True, False, False)
    """
    return ".py:" in text and not text.endswith(":")


def plain_policies(text: str) -> Iterator[str]:
    """The texts that a text is made of, mixtures resolved as far as they go.

    >>> list(plain_policies("osfa with price of a.py:A with walls of b.py:B"))
    ['osfa', 'a.py:A', 'b.py:B']
    """
    mixture = WRITTEN.fullmatch(text)
    if mixture is None:
        yield text
        return
    yield from plain_policies(mixture["base"])
    yield from plain_policies(mixture["other"])


def with_whole_paths(text: str, folder: Path) -> str:
    """A policy text whose files are named from the root, for it was written in a file of some folder.

    >>> with_whole_paths("osfa with price of pol.py:Mine", Path("/a"))
    'osfa with price of /a/pol.py:Mine'
    """
    mixture = WRITTEN.fullmatch(text)
    if mixture:
        base, other = (with_whole_paths(mixture[end], folder) for end in ("base", "other"))
        return f"{base} with {mixture['taken']} of {other}"
    if not is_file(text):
        return text
    path, _, name = text.rpartition(":")
    return f"{(folder / path).resolve()}:{name}"


def settings_with_whole_paths(settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Settings by key path as written in a file of some folder, with every path in them named from the root.

    >>> settings_with_whole_paths({"firms.us.policy": "b.py:B", "months": 3}, Path("/a"))
    {'firms.us.policy': '/a/b.py:B', 'months': 3}
    """
    return {key: _whole(key, value, folder) for key, value in settings.items()}


def _whole(key: str, value: Any, folder: Path) -> Any:
    if not isinstance(value, str):
        return value
    if ASKED_BY.fullmatch(key):
        return with_whole_paths(value, folder)
    return str((folder / value).resolve()) if key == "market.network.file" else value
