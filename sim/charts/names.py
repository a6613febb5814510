"""Words of the reader for firms, policies, currencies, parameters and factors: own labels, else words of the tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sim.parameters import BadInput
from sim.parameters.decisions import DECISION_ROWS
from sim.parameters.table import FIRM, MARKET

MEANINGS = {section: {row.name: row.meaning for row in rows} for section, rows in (("market", MARKET), ("firms", FIRM))}
NONE: Mapping[str, Any] = MappingProxyType({})
POLICY_NAMES = {
    "product_centric": "Product-centric",
    "osfa": "One-size-fits-all",
    "customer_centric": "Customer-centric",
    "hybrid": "Hybrid",
    "transforming": "Transforming",
}
_LOWER_TO_UPPER = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Names:
    """Display names by key.

    Args:
        given: Labels of the reader, which come before all others.
        paths: Key path that a factor sets, by name of the factor.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        """Words for a policy, firm, currency, factor or key path.

        >>> Names({"EUR": "Euro"}).of("EUR"), Names().of("osfa"), Names().of("my.py:MyOwnPolicy")
        ('Euro', 'One-size-fits-all', 'My own policy')
        >>> Names().of("market.needs.segments"), Names(paths={"n": "market.needs.segments"}).of("n")
        ('Number of segments', 'Number of segments')
        """
        path = self.paths.get(key, key)
        return self.given.get(key) or self.given.get(path) or POLICY_NAMES.get(key) or of_path(path) or of_word(key)

    def factor(self, key: str) -> str:
        """Words for a factor that goes by the name of the parameter it moves, as in tables of sampled worlds.

        >>> Names().factor("handoff_hours"), Names().factor("needs_spread"), Names().factor("walls_of_all")
        ('Extra hours per hand-off', 'Standard deviation of goals per dimension of need space', 'Walls of all')
        """
        known = key in self.given or key in self.paths or bool(of_path(key))
        return self.of(key) if known else of_parameter(key) or self.of(key)

    def inside(self, words: str) -> str:
        """Display words as they stand inside a sentence; a label of the reader stays as it was given.

        >>> Names({"osfa": "Vodafone"}).inside("Vodafone"), Names().inside("Number of segments")
        ('Vodafone', 'number of segments')
        """
        return words if words in self.given.values() else inside(words)

    def currency(self, code: str) -> str:
        """A currency; its code if it has no label."""
        return self.given.get(code, code)


def names_of(about: Mapping[str, Any]) -> Names:
    """The names for the tables of a folder: ``labels`` of the reader and ``paths`` of factors, where it has them."""
    return Names(about.get("labels") or NONE, about.get("paths") or NONE)


def of_path(path: str) -> str:
    """Meaning of the parameter or decision behind a key path, its first clause; empty if there is none.

    >>> of_path("firms.0.decisions.walls"), of_path("nothing")
    ('Walls', '')
    """
    section, _, rest = path.partition(".")
    name = rest if section == "market" else rest.partition(".")[2]
    decision = DECISION_ROWS.get(name.removeprefix("decisions.")) if name.startswith("decisions.") else None
    return decision.label if decision else _clause(MEANINGS.get(section, NONE).get(name, ""))


def of_parameter(name: str) -> str:
    """Meaning of the market's one parameter of that name, dots as underscores, its section left out or not.

    >>> of_parameter("handoff_hours"), of_parameter("no_parameter")
    ('Extra hours per hand-off', '')
    """
    meanings = MEANINGS["market"]
    whole = [path for path in meanings if path.replace(".", "_") == name]
    last = whole or [path for path in meanings if path.rpartition(".")[2] == name]
    return _clause(meanings[last[0]]) if len(last) == 1 else ""


def _clause(meaning: str) -> str:
    return re.split(r"[;:(]", meaning)[0].strip()


def of_word(key: str) -> str:
    """A name in code as words.

    >>> of_word("word_of_mouth"), of_word("shop.py:MyShop"), of_word("B2B")
    ('Word of mouth', 'My shop', 'B2B')
    """
    words = key.rpartition(":")[2].rpartition("/")[2].removesuffix(".py").replace("_", " ").strip()
    parts = _LOWER_TO_UPPER.split(words)
    words = " ".join([parts[0], *(part if part.isupper() else part.lower() for part in parts[1:])])
    return words[:1].upper() + words[1:]


def inside(words: str) -> str:
    """Words as they stand inside a sentence.

    >>> inside("Number of segments"), inside("NPS of the firm")
    ('number of segments', 'NPS of the firm')
    """
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def labels_from(texts: list[str]) -> dict[str, str]:
    """Labels from ``key=Words``.

    Raises:
        BadInput: A text without key or words.

    >>> labels_from(["osfa=Standard offer"])
    {'osfa': 'Standard offer'}
    """
    labels = {}
    for text in texts:
        key, _, words = (part.strip() for part in text.partition("="))
        if not key or not words:
            raise BadInput(f"--label {text!r} is no label; write --label KEY=WORDS, as --label osfa='Standard offer'")
        labels[key] = words
    return labels
