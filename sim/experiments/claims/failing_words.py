"""Words of the sentence on where a claim does not hold, in English and German."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.files.language_texts import language_texts
from sim.parameters.table import MARKET

WHOLE_IN_PERCENT = 100.0  # per cent in one


@cache
def claim_texts(language: str) -> Mapping[str, Any]:
    """All texts of a language by section and key.

    Raises:
        BadInput: There is no such language.
    """
    return language_texts(Path(__file__).parent, language)


@dataclass(frozen=True)
class ClaimWords:
    """Texts of one language.

    Args:
        language: ``en`` or ``de``.
    """

    language: str = "en"

    def __call__(self, section: str, key: str, **parts: Any) -> str:
        """The text of a key with its parts filled in."""
        return str(claim_texts(self.language)[section][key]).format(**parts)

    def listed(self, names: Sequence[str]) -> str:
        """Names in a sentence.

        >>> ClaimWords().listed(["telecom"]), ClaimWords("de").listed(["b2b", "cdnow", "telecom"])
        ('telecom', 'b2b, cdnow und telecom')
        """
        parts = (", ".join(names[:-1]), names[-1] if names else "")
        return f" {claim_texts(self.language)['and']} ".join(part for part in parts if part)

    def side_of(self, factor: str, side: str, at: float) -> str:
        """A clause that says on which side of a factor a world lies.

        Args:
            factor: Name of the factor.
            side: ``above`` or ``below`` of a number, ``active`` or ``absent`` of a switch.
            at: The number that divides the sides; not used of a switch.

        >>> ClaimWords().side_of("unit_cost", "below", 0.52), ClaimWords("de").side_of("unit_cost", "above", 0.52)
        ('unit cost is at most 52 % of the price', 'die Stückkosten mehr als 52 % des Preises betragen')
        >>> ClaimWords().side_of("lenders", "absent", float("nan"))
        'firms never run short of money'
        >>> ClaimWords().side_of("payment_terms", "above", 2.0)
        'payment terms is more than 2'
        """
        texts = claim_texts(self.language)
        own = texts["factors"].get(factor)
        if side in texts["switch"]:
            text = own[side] if own else texts["switch"][side]
            return str(text).format(label=_label(factor)[0])
        label, unit = _label(factor)
        numbers = {"value": self.number(at), "percent": self.number(WHOLE_IN_PERCENT * at)}
        text = str(own or texts["number"]).format(side=texts["side"][side], label=label, unit=unit, **numbers)
        return re.sub(r"\s+", " ", text).strip()

    def number(self, value: float) -> str:
        """A number with the decimal sign and the minus sign of the language.

        >>> ClaimWords("de").number(-0.5)
        '−0,5'
        """
        return f"{value:.6g}".replace("-", "−").replace(".", claim_texts(self.language)["decimal"])


def _label(factor: str) -> tuple[str, str]:
    """Words and unit of a factor without a text of its own: those of the market's one parameter of that name."""
    known = [row for row in MARKET if row.name.replace(".", "_") == factor or row.name.rpartition(".")[2] == factor]
    if len(known) != 1:
        return factor.replace("_", " "), ""
    meaning = re.split(r"[;:(]", known[0].meaning)[0].strip()
    unit = "" if known[0].unit in ("1", "share") else known[0].unit
    return meaning[:1].lower() + meaning[1:], unit
