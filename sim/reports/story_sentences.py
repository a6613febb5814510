"""The events of a customer's life counted, one sentence a topic: what happened, how often, and with which firm."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from sim.charts.words import join_names
from sim.journeys.event_values import number_with_noun

SMALLEST_MONEY = 0.5  # an amount below it rounds to nothing


class Counted(NamedTuple):
    """How events of one name are counted and put into words.

    Args:
        event: Name of the event.
        text: Words with ``{n}`` for the number, or ``{times}`` for the number of times.
        number: From the events of one firm to the number; zero leaves the clause out.
    """

    event: str
    text: str
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
    Counted("heard of the firm", "heard of it for the first time", rows),
    Counted("bought", "bought {times}", summed),
    Counted("used the product", "used the product in {n} months", rows),
    Counted("was billed", "paid {money}", paid),
    Counted("was invoiced", "was billed {money}", paid),
    Counted("took a further category", "took a further category {times}", rows),
    Counted("gave up a category", "gave up a category {times}", rows),
    Counted("returned a category", "returned a category {times}", rows),
)
ACCOUNT_EVENTS = (
    Counted("paid the account", "paid {money} on account", paid),
    Counted("did not pay", "did not pay {times}", rows),
    Counted("was reminded", "was reminded {times}", rows),
    Counted("was held", "got nothing {times} because supply was held", rows),
    Counted("was supplied all the same", "was supplied all the same {times}", rows),
    Counted("saw that nobody checks", "saw {times} that nobody checks", rows),
    Counted("was made to pay", "had to pay {money} by way of collections", paid),
    Counted("was written off", "owed {money} that was written off", paid),
)
SERVICE_EVENTS = (
    Counted("ran into trouble", "ran into trouble {times}", summed),
    Counted("was handed on", "was handed on {times}{departments}", summed),
    Counted("waited for service", "waited for service in {n} months", rows),
    Counted("gave up waiting", "gave up waiting {times}", rows),
    Counted("was served", "had the trouble put right {times}", rows),
    Counted("was served, in vain", "was served in vain {times}", rows),
)
VOICE_EVENTS = (
    Counted("kept silent", "was disappointed and said nothing {times}", rows),
    Counted("complained", "complained {times}", rows),
    Counted("was made good", "was compensated {times}", rows),
    Counted("was granted a discount", "asked for a discount and got it {times}", rows),
    Counted("was refused a discount", "asked for a discount and got none {times}", rows),
    Counted("said that it is not satisfied", "answered {times} that all was not well when the firm asked", rows),
    Counted("considered leaving", "thought about leaving {times}", rows),
)
APPROACH_EVENTS = (
    Counted("was contacted", "was reached by marketing of {firms}", rows),
    Counted("was called on", "was called on by sales of {firms}", summed),
    Counted("saw what newcomers get", "saw what newcomers get at {firms}", rows),
    Counted("was given notice", "was given notice by {firms}", rows),
    Counted("was turned away", "was turned away by {firms}", rows),
)
WORD_EVENTS = (
    Counted("heard good words", "heard good of {firms}", rows),
    Counted("heard bad words", "heard bad of {firms}", rows),
    Counted("heard of departures", "heard of neighbours who left {firms}", rows),
    Counted("praised", "spoke well of {firms}", rows),
    Counted("blamed", "spoke badly of {firms}", rows),
    Counted("told neighbours that it had left", "told neighbours of having left {firms}", rows),
    Counted("forgot the firm", "forgot {firms}", rows),
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


def times(number: float) -> str:
    """A number of times in words.

    >>> times(1), times(2), times(7)
    ('once', 'twice', '7 times')
    """
    return {1: "once", 2: "twice"}.get(round(number), f"{number:,.0f} times")


def sentence_of(topic: Topic, events: pd.DataFrame, currency: str) -> str:
    """One sentence on all events of a topic, firm by firm; empty if nothing happened.

    Args:
        topic: What it is about.
        events: Events of one person.
        currency: Name of the money.
    """
    own = events[events["event"].isin([kind.event for kind in topic.kinds])]
    text = _event_by_event(topic, own) if topic.by_event else _firm_by_firm(topic, own, currency)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _event_by_event(topic: Topic, events: pd.DataFrame) -> str:
    clauses = []
    for kind in topic.kinds:
        happened = events[events["event"] == kind.event]
        numbers = {str(firm): kind.number(part) for firm, part in happened.groupby("firm", sort=False)}
        order = sorted((firm for firm in numbers if numbers[firm]), key=lambda firm: -numbers[firm])
        if order:
            clauses.append(kind.text.format(firms=join_names([f"{firm} {times(numbers[firm])}" for firm in order])))
    return f"the customer {'; '.join(clauses)}" if clauses else ""


def _firm_by_firm(topic: Topic, events: pd.DataFrame, currency: str) -> str:
    parts = []
    for firm in events["firm"].unique():
        clauses = list(_clauses(topic, events[events["firm"] == firm], currency))
        if clauses:
            parts.append((f"with {firm} " if firm else "") + f"the customer {join_names(clauses)}")
    return "; ".join(parts)


def _clauses(topic: Topic, events: pd.DataFrame, currency: str) -> Iterable[str]:
    for kind in topic.kinds:
        happened = events[events["event"] == kind.event]
        number = kind.number(happened) if len(happened) else 0.0
        if number:
            yield _clause(kind, happened, number, currency)


def _clause(kind: Counted, happened: pd.DataFrame, number: float, currency: str) -> str:
    text = kind.text.replace("{n} months", number_with_noun(number, "month"))
    return text.format(
        times=times(number), money=f"{currency} {number:,.0f}".replace("-", "−"), departments=_departments(happened)
    )


def _departments(events: pd.DataFrame) -> str:
    """Where the customer was handed on to, most often first."""
    counts = events[events["department"] != ""].groupby("department")["value"].sum().sort_values(ascending=False)
    if len(counts) == 1:
        return f", to {counts.index[0]}"
    names = [f"{count:.0f} to {department!s}" for department, count in counts.items()]
    return f" ({', '.join(names)})" if names else ""
