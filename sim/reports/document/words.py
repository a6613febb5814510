"""The fixed words of documents in a language, and numbers as its readers write them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sim.files.language_texts import language_texts
from sim.reports.document.model import COUNT, MONEY, SHARE, CellValue

MINUS, SPACE = "−", "\u00a0"
NUMBER_DIGITS = 3
_SIZES = ((1e9, "size.billion"), (1e6, "size.million"), (1e3, "size.thousand"))
_MARKS = {"en": (".", ","), "de": (",", ".")}


@cache
def texts_of(language: str) -> Mapping[str, str]:
    """All fixed words of a language by key.

    Raises:
        BadInput: There is no such language.
    """
    texts = language_texts(Path(__file__).parent, language)
    return {str(key): str(value) for key, value in texts.items()}


@dataclass(frozen=True)
class DocumentWords:
    """Words and numbers of one language.

    Args:
        language: ``en`` or ``de``.
        decimal: Decimal sign; that of the language if empty.
        currency: Money of the amounts.
        labels: Words of the reader, by policy, currency or key path; they come before all others.
    """

    language: str = "en"
    decimal: str = ""
    currency: str = "EUR"
    labels: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, **parts: Any) -> str:
        """The text of a key with its parts filled in.

        Raises:
            KeyError: The locale file lacks the key.
        """
        text = texts_of(self.language)[key].format(**parts).strip()
        return text[:1].upper() + text[1:] if text and key.partition(".")[0] in ("title", "front", "say") else text

    def known(self, key: str, otherwise: str) -> str:
        """The text of a key, or what stands in the results where the locale has none."""
        return texts_of(self.language).get(key, otherwise)

    def marks(self) -> tuple[str, str]:
        """Decimal sign and thousands separator."""
        decimal, thousands = _MARKS[self.language]
        if not self.decimal or self.decimal == decimal:
            return decimal, thousands
        return self.decimal, "." if self.decimal == "," else ","

    def plain(self, value: float, decimals: int) -> str:
        """A number with a fixed number of decimals; fewer than none rounds to tens and hundreds.

        >>> DocumentWords("de").plain(-1234.56, 1)
        '−1.234,6'
        """
        text = f"{round(value, decimals):,.{max(0, decimals)}f}"
        text = text[1:] if text.startswith("-") and not text.strip("-0.,") else text
        decimal, thousands = self.marks()
        return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands).replace("-", MINUS)

    def number(self, value: float) -> str:
        """A number with three significant digits, whole from a thousand on.

        >>> DocumentWords().number(0.012345), DocumentWords("de").number(12.345), DocumentWords().number(1234.6)
        ('0.0123', '12,3', '1,235')
        """
        if not math.isfinite(value):
            return self("number.unknown")
        if value == 0.0 or abs(value) >= 1000.0:
            return self.plain(value, 0)
        text = self.plain(value, min(8, max(0, NUMBER_DIGITS - 1 - math.floor(math.log10(abs(value))))))
        decimal = self.marks()[0]
        return text.rstrip("0").rstrip(decimal) if decimal in text else text

    def money(self, value: float, beside: float = 0.0) -> str:
        """An amount in the currency of the document, in thousands or millions of the larger one of the two.

        Args:
            value: The amount.
            beside: Another amount that stands beside it.

        >>> DocumentWords(currency="USD").money(-1_234_000.0).replace(SPACE, " ")
        'USD −1.23 m'
        """
        if not math.isfinite(value):
            return self("number.unknown")
        size, key = next(
            ((size, key) for size, key in _SIZES if max(map(abs, (value, beside))) >= 0.9995 * size), (1.0, "")
        )
        scaled = value / size
        decimals = max(0, NUMBER_DIGITS - 1 - math.floor(math.log10(abs(scaled)))) if scaled else 0
        number = self.plain(scaled, min(decimals, 2) if not key else decimals)
        text = self("money.amount", currency=self.named_currency(), number=number, size=self(key) if key else "")
        return SPACE.join(text.split())

    def percent(self, share: float) -> str:
        """A share in per cent.

        >>> DocumentWords().percent(0.128).replace(SPACE, " "), DocumentWords("de").percent(-0.0512).replace(SPACE, " ")
        ('12.8 %', '−5,12 %')
        """
        return f"{self.number(100.0 * share)}{SPACE}%" if math.isfinite(share) else self("number.unknown")

    def value(self, value: CellValue, kind: str) -> str:
        """A cell as its reader sees it."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if kind == MONEY:
            return self.money(value)
        if kind == SHARE:
            return self.percent(value)
        return self.plain(value, 0) if kind == COUNT or isinstance(value, int) else self.number(value)

    def brackets(self, low: float, high: float, kind: str) -> str:
        """Both ends of an interval in brackets, as beside a bar; amounts without their currency, in one size.

        >>> DocumentWords().brackets(-595.0, 194_000.0, "money").replace(SPACE, " ")
        '[−0.595 k, 194 k]'
        """
        pairs = ((low, high), (high, low))
        texts = [self.money(*pair) if kind == MONEY and all(map(math.isfinite, pair)) else self.value(pair[0], kind)
                 for pair in pairs]  # fmt: skip
        ends = (text.replace(self.named_currency(), "").strip(SPACE) for text in texts)
        return "[{}, {}]".format(*ends)

    def inside(self, text: str) -> str:
        """A term inside a sentence: English writes it small, German as it is.

        >>> DocumentWords().inside("Net present value"), DocumentWords("de").inside("Kapitalwert")
        ('net present value', 'Kapitalwert')
        """
        return text[:1].lower() + text[1:] if self.language == "en" else text

    def interval(self, low: float, high: float, kind: str) -> str:
        """Both ends of an interval."""
        return self("number.interval", low=self.value(low, kind), high=self.value(high, kind))

    def join(self, names: list[str]) -> str:
        """Names as a list in a sentence."""
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {self('word.and')} {names[-1]}"

    def policy(self, name: str, among: list[str]) -> str:
        """Display name of a policy, as charts have it."""
        from sim.charts.theme import looks  # brings matplotlib

        own = self.labels.get(name)
        return own or self.known(f"policy.{name}", looks(among or [name])[name].label)

    def named_currency(self) -> str:
        """The currency in the reader's words; its code if there are none."""
        return self.labels.get(self.currency, self.currency)

    def in_sentence(self, label: str) -> str:
        """A display name of a policy inside a sentence: English writes those of the box small."""
        own = {self.known(f"policy.{name}", "") for name in ("product_centric", "osfa", "customer_centric")}
        return label.lower() if self.language == "en" and label in own else label
