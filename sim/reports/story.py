"""A customer's life in at most ten plain sentences, from the events of the run and what is known of the person."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from sim.journeys.picks import LEAVING, Pick
from sim.journeys.recorder import Holder, Journeys
from sim.journeys.stored_run import StoredRun
from sim.model.person_numbers import number
from sim.parameters import BadInput
from sim.parameters.checking import every_value
from sim.reports.life import degree
from sim.reports.story_sentences import SMALLEST_MONEY, TOPICS, sentence_of
from sim.reports.story_words import StoryWords
from sim.simulation.market import Market

MOST_SENTENCES = 10
MOST_TURNS = 5
SATISFACTION_DIGITS = 2
MOST_SETTINGS = 3  # that name a world
AVERAGE_DEGREE = "about average"
TURNING_EVENTS = (
    "became a customer", "left without a word", "left after complaining", "lapsed",
    "has no relation with the firm any more", "was not kept", "dropped out for good", "lost its supplier",
    "came to the market", "died", "left the category", "failed",
)  # fmt: skip
TRAITS = {
    "rate": "economics.purchase_rate",
    "spend": "economics.spend",
    "price_weight": "economics.price_weight",
    "incident_rate": "economics.incident_rate",
    "loss_aversion": "temper.loss_aversion",
    "voice": "temper.voice",
    "talk": "temper.talk",
    "susceptibility": "temper.susceptibility",
    "boldness": "temper.boldness",
}  # of a person, and the number of the market that is the mean


class Story(NamedTuple):
    """One life.

    Args:
        customer: Place in the market.
        person: Number of the person.
        world: What the world is called.
        sentences: Sentences by topic, in order; at most `MOST_SENTENCES`.
    """

    customer: int
    person: int
    world: str
    sentences: Mapping[str, str]


def tell_story(market: Market, journeys: Journeys, pick: Pick, world: str, words: StoryWords) -> Story:
    """The story of a person who was followed.

    Args:
        market: The market at the end of the run.
        journeys: What was seen at the place.
        pick: Whose story it is.
        world: What the world is called.
        words: Language and money.

    Raises:
        BadInput: The person never was in this world.
    """
    size = int(market.scenario.customers)
    people = {number(place, generation, size): holder for (place, generation), holder in journeys.holders.items()}
    if pick.person not in people:
        raise BadInput(f"person {pick.person} never was in the world of {world}; the two runs have other people")
    holder, table = people[pick.person], journeys.table()
    events = table[table["unique_id"] == pick.person]
    texts = {"Who": _who(market, pick, holder, words), "Temper": _temper(market, holder, words)}
    texts |= {topic.name: sentence_of(topic, events, words) for topic in TOPICS}
    texts |= {"Changes": _turns(events, words), "End": _end(market, holder, events, words)}
    return Story(pick.customer, pick.person, world, {topic: text for topic, text in texts.items() if text})


def _who(market: Market, pick: Pick, holder: Holder, words: StoryWords) -> str:
    if holder.since:
        return words("who", "came", customer=pick.customer, month=holder.since)
    seat = int(holder.first.supplier)
    if seat < 0:
        return words("who", "was_nobodys", customer=pick.customer)
    firm, months = market.world.firms[seat].name, words.months(float(holder.first.tenure))
    return words("who", "was_there", customer=pick.customer, firm=firm, months=months)


def _temper(market: Market, holder: Holder, words: StoryWords) -> str:
    """What sets the person apart; what is about average is left out."""
    mean = market.scenario.market
    degrees = {name: degree(float(getattr(holder.first, name)), mean[key]) for name, key in TRAITS.items()}
    apart = [
        words("trait", name, who="{who}", degree=words("degree", each), often=words("often", each))
        for name, each in degrees.items() if each != AVERAGE_DEGREE
    ]  # fmt: skip
    return words("temper", "sentence", clauses=words.sentence(apart)) if apart else words("temper", "average")


def _turns(events: pd.DataFrame, words: StoryWords) -> str:
    """Joining, leaving and what else changes a relation, in order of the months; many are counted in the middle."""
    changes = events[events["event"].isin(TURNING_EVENTS)]
    texts = [
        words("changes", "month", month=month, clauses=words.sentence(_changes(part, words)))
        for month, part in changes.groupby("month")
    ]
    left_out = len(texts) - MOST_TURNS
    if left_out > 0:
        middle = MOST_TURNS // 2
        note = words.counted_in("changes", "further", float(left_out))
        texts = [*texts[: MOST_TURNS - middle], note, *texts[-middle:]]
    text = "; ".join(texts)
    return f"{text[:1].upper()}{text[1:]}." if text else words("changes", "none")


def _changes(events: pd.DataFrame, words: StoryWords) -> list[str]:
    return [
        words("turn", event, who="{who}", firm=firm) + (f" ({words.reason(reason)})" if reason else "")
        for event, firm, reason in events[["event", "firm", "reason"]].itertuples(index=False)
    ]


def _end(market: Market, holder: Holder, events: pd.DataFrame, words: StoryWords) -> str:
    parts = [_whose_at_end(market, holder, words), *_satisfaction(events, words), *_silence(events, words)]
    money = holder.contribution / 100.0 / market.world.weight
    if abs(money) >= SMALLEST_MONEY:
        parts.append(words("end", "money", money=words.money(money)))
    return words("end", "sentence", clauses="; ".join(parts))


def _whose_at_end(market: Market, holder: Holder, words: StoryWords) -> str:
    if holder.until < market.month:
        return words("end", "gone", month=holder.until)
    seat = int(holder.last.supplier)
    if seat < 0:
        return words("end", "nobodys")
    return words("end", "customer", firm=market.world.firms[seat].name, months=words.months(float(holder.last.tenure)))


def _satisfaction(events: pd.DataFrame, words: StoryWords) -> list[str]:
    """First and last satisfaction with the firm that most events are about, if there is a change that shows."""
    own = events[events["firm"] != ""]
    if not len(own):
        return []
    firm = str(own["firm"].value_counts().index[0])
    values = own.loc[own["firm"] == firm, "satisfaction"]
    first, last = (words.number(float(value), SATISFACTION_DIGITS) for value in (values.iloc[0], values.iloc[-1]))
    return [words("end", "moved" if first != last else "unmoved", firm=firm, first=first, last=last)]


def _silence(events: pd.DataFrame, words: StoryWords) -> list[str]:
    firms = list(dict.fromkeys(events.loc[events["event"] == LEAVING[0], "firm"]))
    return [words.counted_in("end", "silence", float(len(firms)), firms=words.listed(firms))] if firms else []


def world_names(runs: tuple[StoredRun, StoredRun], words: StoryWords) -> tuple[str, str]:
    """What two runs are called: the settings in which they differ, or their folders.

    Raises:
        BadInput: The runs have other people: another seed, replicate or number of customers.
    """
    first, second = runs
    for what, values in {
        "seed": (first.seed, second.seed),
        "replicate": (first.replicate, second.replicate),
        "number of customers": (first.scenario.customers, second.scenario.customers),
    }.items():
        if values[0] != values[1]:
            raise BadInput(
                f"{first.folder} and {second.folder} have other people: their {what} is {values[0]} and {values[1]}; "
                f"run both with the same {what}"
            )
    mine, theirs = (every_value(run.scenario.as_mapping()) for run in runs)
    apart = [path for path in mine if path in theirs and mine[path] != theirs[path]]
    names = [
        ", ".join(f"{_spoken(run, path, words)} {words.value(values[path])}" for path in apart[:MOST_SETTINGS])
        or run.folder.name
        for run, values in ((first, mine), (second, theirs))
    ]
    return names[0], names[1]


def _spoken(run: StoredRun, path: str, words: StoryWords) -> str:
    """A key path with the name of the firm instead of its place."""
    parts = path.split(".")
    if parts[0] == "firms" and len(parts) > 2:
        return f"{run.scenario.firms[int(parts[1])].name}: {words.setting(path)}"
    return words.setting(path)
