"""Policies as texts: a name, a class in a file, or a mixture of two; and where the files that they name are."""

import re
from collections.abc import Iterator
from pathlib import Path

MIXTURE = re.compile(r"(?P<base>.+) with (?P<taken>[a-z_]+(?:\+[a-z_]+)*) of (?P<other>.+)")
_OF_FILE = re.compile(r"(?P<path>.+\.py):(?P<class_name>[^:]+)")


def single_policies(text: str) -> Iterator[str]:
    """The policies that a text names: itself, or both of a mixture.

    >>> list(single_policies("osfa with price+walls of mine.py:Mine"))
    ['osfa', 'mine.py:Mine']
    """
    mixture = MIXTURE.fullmatch(text)
    if mixture is None:
        yield text
        return
    yield from single_policies(mixture["base"])
    yield from single_policies(mixture["other"])


def file_of(text: str) -> Path | None:
    """The file that a single policy is in; None when it is a name.

    >>> file_of("osfa"), file_of("mine.py:Mine").name
    (None, 'mine.py')
    """
    match = _OF_FILE.fullmatch(text)
    return Path(match["path"]) if match else None


def anchor(text: str, folder: Path) -> str:
    """The text with its files named in full; a relative path is relative to a folder, or else to where we are.

    Args:
        text: A policy as written in a file or a call.
        folder: Folder of the file in which it stands.
    """
    mixture = MIXTURE.fullmatch(text)
    if mixture is not None:
        base, other = anchor(mixture["base"], folder), anchor(mixture["other"], folder)
        return f"{base} with {mixture['taken']} of {other}"
    match = _OF_FILE.fullmatch(text)
    if match is None:
        return text
    beside = (folder / match["path"]).absolute()
    return f"{beside if beside.is_file() else Path(match['path']).absolute()}:{match['class_name']}"


def portable(text: str) -> str:
    """The text without the folders of its files, so that a moved file is still the same policy.

    >>> portable("osfa with price of a/b.py:Mine")
    'osfa with price of b.py:Mine'
    """
    mixture = MIXTURE.fullmatch(text)
    if mixture is not None:
        return f"{portable(mixture['base'])} with {mixture['taken']} of {portable(mixture['other'])}"
    match = _OF_FILE.fullmatch(text)
    return f"{Path(match['path']).name}:{match['class_name']}" if match else text
