"""Roles: what a kind of calibration needs to know of each row, and the names that files give it."""

import re
import unicodedata
from dataclasses import dataclass

TEXT, TIME, NUMBER, FLAG = "text", "time", "number", "flag"


@dataclass(frozen=True)
class Role:
    """One column that a kind reads.

    Args:
        name: Name of the role, as typed in ``--columns``.
        holds: One of text, time, number and flag.
        meaning: What the column says, in a few words.
        synonyms: Names of such columns in English and German, most telling first.
        required: Whether the kind cannot do without it.
        identity: Whether it tells one row from another, so that a row equal in every column is a duplicate.
    """

    name: str
    holds: str
    meaning: str
    synonyms: tuple[str, ...]
    required: bool = True
    identity: bool = False


def plain_words(name: str) -> str:
    """A column's name in small letters without accents, its words apart.

    >>> plain_words("CustomerID"), plain_words("Kunden-Nr."), plain_words("Fälligkeit")
    ('customer id', 'kunden nr', 'falligkeit')
    """
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("ß", "ss"))
    bare = unicodedata.normalize("NFKD", split).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z]+|\d+", bare.lower()))
