"""Words of a story in the reader's language: clauses, times, months, money and reasons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sim.charts.words import join_names
from sim.experiments.live.event_numbers import REASONS_TO_LEAVE
from sim.files.language_texts import language_texts
from sim.journeys.picks import PICK_RULES, Pick, title_of
from sim.model.customers.sources import REASONS_OF_LOSS
from sim.reports.document.setting_names import ENGLISH, setting_name, shared_words
from sim.reports.document.words import DocumentWords

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SECTIONS_OF_REASONS = {"mainly for {}": "loss", "won by {}": "source"}


@cache
def story_texts(language: str) -> Mapping[str, Any]:
    """All words of a language by section.

    Raises:
        BadInput: There is no such language.
    """
    return language_texts(Path(__file__).parent, language, "story")


@dataclass(frozen=True)
class StoryWords:
    """Words of one language.

    Args:
        language: ``en`` or ``de``.
        currency: Name of the money.
    """

    language: str = ENGLISH
    currency: str = "EUR"

    def __call__(self, section: str, key: str, **parts: Any) -> str:
        """The text of a key with its parts filled in; a part that is empty leaves no gap."""
        return _without_gaps(str(story_texts(self.language)[section][key]).format(**parts))

    def plain(self, key: str, **parts: Any) -> str:
        """The text of a key that stands in no section."""
        return _without_gaps(str(story_texts(self.language)[key]).format(**parts))

    def sentence(self, clauses: Sequence[str], joined_by: str = "") -> str:
        """Clauses with a place ``{who}``, of which the first names the customer.

        Args:
            clauses: At least one.
            joined_by: What stands between them; left out, they are listed.
        """
        named = [clause.replace("{who}", self.plain("customer") if not place else "")
                 for place, clause in enumerate(clauses)]  # fmt: skip
        whole = [_without_gaps(clause) for clause in named]
        return joined_by.join(whole) if joined_by else self.listed(whole)

    def listed(self, names: Sequence[str]) -> str:
        """Names or clauses as a list in a sentence."""
        return join_names(names, self.plain("and"))

    def times(self, number: float) -> str:
        """A number of times in words.

        >>> StoryWords().times(2), StoryWords().times(7), StoryWords("de").times(1200)
        ('twice', '7 times', '1.200\\xa0Mal')
        """
        kind = {1: "once", 2: "twice"}.get(round(number), "often")
        return self("times", kind, n=self.number(number))

    def months(self, number: float) -> str:
        """A number of months as it stands behind a preposition.

        >>> StoryWords().months(1), StoryWords("de").months(5)
        ('1 month', '5 Monaten')
        """
        return self("months", _form_of(number), n=self.number(number))

    def counted_in(self, section: str, key: str, number: float, **parts: Any) -> str:
        """The text of a key that has a form for one and a form for several."""
        forms = story_texts(self.language)[section][key]
        return _without_gaps(str(forms[_form_of(number)]).format(n=self.number(number), **parts))

    def money(self, amount: float) -> str:
        """An amount without its cents.

        >>> StoryWords().money(-1234.4), StoryWords("de").money(1234.4)
        ('EUR −1,234', '1.234 EUR')
        """
        return self.plain("money", currency=self.currency, n=self.number(amount))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the signs of the language."""
        return DocumentWords(self.language).plain(value, decimals)

    def department(self, name: str) -> str:
        """A department with the preposition that leads to it; in German as the studio calls it."""
        own = name if self.language == ENGLISH else shared_words(self.language, "explain")["lane"].get(name, name)
        return self.plain("department", department=own)

    def reason(self, text: str) -> str:
        """The reason of an event, as `sim.journeys.event_words` has it, in the language.

        >>> german = StoryWords("de")
        >>> german.reason("mainly for the price, no hard feelings"), german.reason("its reputation, 0.53")
        ('vor allem: der Preis, ohne Groll', 'ihr Ruf, 0,53')
        """
        return text if self.language == ENGLISH else ", ".join(map(self._phrase, text.split(", ")))

    def _phrase(self, phrase: str) -> str:
        texts = story_texts(self.language)["reason"]
        if phrase in texts:
            return str(texts[phrase])
        for pattern in (each for each in texts if "{}" in each):
            lead, _, rest = pattern.partition("{}")
            if phrase.startswith(lead) and phrase.endswith(rest):
                return str(texts[pattern]).format(self._term(phrase[len(lead) :], pattern))
        return self._decimals(phrase)

    def _term(self, term: str, pattern: str) -> str:
        """What fills a phrase: a reason of a loss, a source of a win, or a number."""
        kind = _SECTIONS_OF_REASONS.get(pattern)
        if kind == "loss":
            key = REASONS_TO_LEAVE[REASONS_OF_LOSS.index(term)]
            return str(shared_words(self.language, "explain")["reason"][key])
        return str(story_texts(self.language)["source"][term]) if kind else self._decimals(term)

    def _decimals(self, text: str) -> str:
        return _NUMBER.sub(lambda match: match[0].replace(".", DocumentWords(self.language).marks()[0]), text)

    def setting(self, path: str) -> str:
        """A setting in which two worlds differ.

        >>> StoryWords().setting("firms.0.decisions.sales_force"), StoryWords("de").setting("firms.0.decisions.walls")
        ('sales force', 'Mauern')
        """
        if self.language == ENGLISH:
            return path.rpartition(".")[2].replace("_", " ")
        return setting_name(path, DocumentWords(self.language))

    def value(self, value: object) -> str:
        """The value of such a setting.

        >>> StoryWords().value("customer_centric"), StoryWords("de").value(0.5), StoryWords("de").value(True)
        ('customer-centric', '0,5', 'ja')
        """
        if self.language == ENGLISH:
            return str(value).replace("_", "-") if isinstance(value, str) else f"{value}"
        if isinstance(value, str):
            return DocumentWords(self.language).known(f"policy.{value}", value.replace("_", "-"))
        return str(story_texts(self.language)["value"].get(str(value), self._decimals(str(value))))

    def rule(self, name: str | None) -> str:
        """How the person was picked; empty for one who was named."""
        if not name:
            return ""
        return PICK_RULES[name].text if self.language == ENGLISH else self("rule", name)

    def title(self, name: str | None, pick: Pick, months: int) -> str:
        """What the story is about. months: of the run"""
        if self.language == ENGLISH:
            return title_of(name, pick, months)
        return self("title", name or "named", **pick._asdict(), months=months)


def _form_of(number: float) -> str:
    return "one" if number == 1.0 else "other"


def _without_gaps(text: str) -> str:
    return re.sub(" +", " ", text).strip()
