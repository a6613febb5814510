"""The events of a customer's life counted, one sentence a topic: what happened, how often, and with which firm."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from sim.reports.story_words import StoryWords

SMALLEST_MONEY = 0.5  # an amount below it rounds to nothing


class Counted(NamedTuple):
    """How events of one name are counted; their words stand under ``event`` in the locale files of stories.

    Args:
        event: Name of the event.
        number: From the events of one firm to the number; zero leaves the clause out.
    """

    event: str
    number: Callable[[pd.DataFrame], float]


def rows(events: pd.DataFrame) -> float:
    """How often it happened."""
    return float(len(events))


def summed(events: pd.DataFrame) -> float:
    """The values of all events together."""
    return float(events["value"].sum())


def paid(events: pd.DataFrame) -> float:
    """Money of all events together, 0 if it rounds to nothing."""
    total = summed(events)
    return total if abs(total) >= SMALLEST_MONEY else 0.0


BUYING_EVENTS = (
    Counted("heard of the firm", rows),
    Counted("bought", summed),
    Counted("used the product", rows),
    Counted("was billed", paid),
    Counted("was invoiced", paid),
    Counted("took a further category", rows),
    Counted("gave up a category", rows),
    Counted("returned a category", rows),
)
ACCOUNT_EVENTS = (
    Counted("paid the account", paid),
    Counted("did not pay", rows),
    Counted("was reminded", rows),
    Counted("was held", rows),
    Counted("was supplied all the same", rows),
    Counted("saw that nobody checks", rows),
    Counted("was made to pay", paid),
    Counted("was written off", paid),
)
SERVICE_EVENTS = (
    Counted("ran into trouble", summed),
    Counted("was handed on", summed),
    Counted("waited for service", rows),
    Counted("gave up waiting", rows),
    Counted("was served", rows),
    Counted("was served, in vain", rows),
)
VOICE_EVENTS = (
    Counted("kept silent", rows),
    Counted("complained", rows),
    Counted("was made good", rows),
    Counted("was granted a discount", rows),
    Counted("was refused a discount", rows),
    Counted("said that it is not satisfied", rows),
    Counted("considered leaving", rows),
)
APPROACH_EVENTS = (
    Counted("was contacted", rows),
    Counted("was called on", summed),
    Counted("saw what newcomers get", rows),
    Counted("was given notice", rows),
    Counted("was turned away", rows),
)
WORD_EVENTS = (
    Counted("heard good words", rows),
    Counted("heard bad words", rows),
    Counted("heard of departures", rows),
    Counted("praised", rows),
    Counted("blamed", rows),
    Counted("told neighbours that it had left", rows),
    Counted("forgot the firm", rows),
)


class Topic(NamedTuple):
    """One sentence of a story.

    Args:
        name: What the sentence is about.
        kinds: Events that it counts.
        by_event: Whether it goes event by event and names the firms, instead of firm by firm.
    """

    name: str
    kinds: Sequence[Counted]
    by_event: bool = False


TOPICS = (
    Topic("Buying", BUYING_EVENTS),
    Topic("Account", ACCOUNT_EVENTS),
    Topic("Service", SERVICE_EVENTS),
    Topic("Voice", VOICE_EVENTS),
    Topic("Offers", APPROACH_EVENTS, by_event=True),
    Topic("Word of mouth", WORD_EVENTS, by_event=True),
)


def sentence_of(topic: Topic, events: pd.DataFrame, words: StoryWords) -> str:
    """One sentence on all events of a topic, firm by firm; empty if nothing happened.

    Args:
        topic: What it is about.
        events: Events of one person.
        words: Language and money.
    """
    own = events[events["event"].isin([kind.event for kind in topic.kinds])]
    text = _event_by_event(topic, own, words) if topic.by_event else _firm_by_firm(topic, own, words)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _event_by_event(topic: Topic, events: pd.DataFrame, words: StoryWords) -> str:
    clauses = []
    for kind in topic.kinds:
        happened = events[events["event"] == kind.event]
        numbers = {str(firm): kind.number(part) for firm, part in happened.groupby("firm", sort=False)}
        order = sorted((firm for firm in numbers if numbers[firm]), key=lambda firm: -numbers[firm])
        if order:
            firms = [words.plain("firm_times", firm=firm, times=words.times(numbers[firm])) for firm in order]
            clauses.append(words("event", kind.event, who="{who}", firms=words.listed(firms)))
    return words.sentence(clauses, "; ") if clauses else ""


def _firm_by_firm(topic: Topic, events: pd.DataFrame, words: StoryWords) -> str:
    parts = []
    for firm in events["firm"].unique():
        clauses = list(_clauses(topic, events[events["firm"] == firm], words))
        if clauses:
            frame = "with_firm" if firm else "without_firm"
            parts.append(words.plain(frame, firm=firm, clauses=words.sentence(clauses)))
    return "; ".join(parts)


def _clauses(topic: Topic, events: pd.DataFrame, words: StoryWords) -> Iterable[str]:
    for kind in topic.kinds:
        happened = events[events["event"] == kind.event]
        number = kind.number(happened) if len(happened) else 0.0
        if number:
            yield words(
                "event", kind.event, who="{who}", times=words.times(number), months=words.months(number),
                money=words.money(number), departments=_departments(happened, words),
            )  # fmt: skip


def _departments(events: pd.DataFrame, words: StoryWords) -> str:
    """Where the customer was handed on to, most often first."""
    counts = events[events["department"] != ""].groupby("department")["value"].sum().sort_values(ascending=False)
    if len(counts) == 1:
        return f" {words.department(str(counts.index[0]))}"
    names = [f"{count:.0f} {words.department(str(department))}" for department, count in counts.items()]
    return f" ({', '.join(names)})" if names else ""
