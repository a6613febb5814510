"""A customer's life in at most ten plain sentences, from the events of the run and what is known of the person."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from sim.charts.words import join_names
from sim.journeys.event_values import number_with_noun
from sim.journeys.picks import LEAVING, Pick
from sim.journeys.recorder import Holder, Journeys
from sim.journeys.stored_run import StoredRun
from sim.model.person_numbers import number
from sim.parameters import BadInput
from sim.parameters.checking import every_value
from sim.reports.life import degree
from sim.reports.story_sentences import TOPICS, sentence_of
from sim.simulation.market import Market

MOST_SENTENCES = 10
MOST_TURNS = 5
MOST_SETTINGS = 3  # that name a world
AVERAGE_DEGREE = "about average"
TURNING_EVENTS = {
    "became a customer": "became a customer of {firm}",
    "left without a word": "left {firm} without a word",
    "left after complaining": "left {firm} after complaining",
    "lapsed": "had not bought from {firm} for long and was no customer of it any more",
    "has no relation with the firm any more": "was lost to {firm} for good",
    "was not kept": "was not kept by {firm}",
    "dropped out for good": "stopped buying from {firm} for good",
    "lost its supplier": "lost {firm}, which left the market",
    "came to the market": "came to the market",
    "died": "died or moved away",
    "left the category": "left the category for good",
    "failed": "went out of business",
}
TRAITS = (
    ("buys {}", "rate", "economics.purchase_rate"),
    ("spends {}", "spend", "economics.spend"),
    ("minds the price {}", "price_weight", "economics.price_weight"),
    ("runs into trouble {}", "incident_rate", "economics.incident_rate"),
    ("takes a shortfall to heart {}", "loss_aversion", "temper.loss_aversion"),
    ("complains {}", "voice", "temper.voice"),
    ("talks {}", "talk", "temper.talk"),
    ("listens to others {}", "susceptibility", "temper.susceptibility"),
    ("asks for discounts {}", "boldness", "temper.boldness"),
)


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


def tell_story(market: Market, journeys: Journeys, pick: Pick, world: str) -> Story:
    """The story of a person who was followed.

    Args:
        market: The market at the end of the run.
        journeys: What was seen at the place.
        pick: Whose story it is.
        world: What the world is called.

    Raises:
        BadInput: The person never was in this world.
    """
    size = int(market.scenario.customers)
    people = {number(place, generation, size): holder for (place, generation), holder in journeys.holders.items()}
    if pick.person not in people:
        raise BadInput(f"person {pick.person} never was in the world of {world}; the two runs have other people")
    holder, table = people[pick.person], journeys.table()
    events = table[table["unique_id"] == pick.person]
    currency = market.scenario.currency
    texts = {"Who": _who(market, pick, holder), "Temper": _temper(market, holder)}
    texts |= {topic.name: sentence_of(topic, events, currency) for topic in TOPICS}
    texts |= {"Changes": _turns(events), "End": _end(market, holder, events)}
    return Story(pick.customer, pick.person, world, {topic: text for topic, text in texts.items() if text})


def _who(market: Market, pick: Pick, holder: Holder) -> str:
    seat = int(holder.first.supplier)
    start = "was there when the run began" if holder.since == 0 else f"came to the market in month {holder.since}"
    if holder.since:
        return f"Customer {pick.customer} {start}."
    tenure = number_with_noun(float(holder.first.tenure), "month")
    whose = f", a customer of {market.world.firms[seat].name} for {tenure} by then" if seat >= 0 else ", of no firm"
    return f"Customer {pick.customer} {start}{whose}."


def _temper(market: Market, holder: Holder) -> str:
    """What sets the person apart; what is about average is left out."""
    mean = market.scenario.market
    words = {text: degree(float(getattr(holder.first, name)), mean[key]) for text, name, key in TRAITS}
    apart = [text.format(degree_text) for text, degree_text in words.items() if degree_text != AVERAGE_DEGREE]
    return f"By nature the customer {join_names(apart)}." if apart else "In everything the customer is about average."


def _turns(events: pd.DataFrame) -> str:
    """Joining, leaving and what else changes a relation, in order of the months; many are counted in the middle."""
    changes = events[events["event"].isin(TURNING_EVENTS)]
    texts = [f"in month {month} the customer {join_names(_changes(part))}" for month, part in changes.groupby("month")]
    left_out = len(texts) - MOST_TURNS
    if left_out > 0:
        middle = MOST_TURNS // 2
        note = f"{number_with_noun(left_out, 'further month')} of change followed"
        texts = [*texts[: MOST_TURNS - middle], note, *texts[-middle:]]
    text = "; ".join(texts)
    return f"{text[:1].upper()}{text[1:]}." if text else "The customer neither joined nor left a firm."


def _changes(events: pd.DataFrame) -> list[str]:
    return [
        TURNING_EVENTS[event].format(firm=firm) + (f" ({reason})" if reason else "")
        for event, firm, reason in events[["event", "firm", "reason"]].itertuples(index=False)
    ]


def _end(market: Market, holder: Holder, events: pd.DataFrame) -> str:
    parts = [_whose_at_end(market, holder, events), *_satisfaction(events), *_silence(events)]
    money = holder.contribution / 100.0 / market.world.weight
    currency = market.scenario.currency
    if abs(money) >= 0.5:
        parts.append(f"contribution to all firms came to {currency} {money:,.0f}".replace("-", "−"))
    return f"At the end {'; '.join(parts)}."


def _whose_at_end(market: Market, holder: Holder, events: pd.DataFrame) -> str:
    if holder.until < market.month:
        return f"the customer was no longer there, since month {holder.until}"
    seat = int(holder.last.supplier)
    if seat < 0:
        return "the customer had no supplier"
    months = number_with_noun(float(holder.last.tenure), "month")
    return f"the customer was one of {market.world.firms[seat].name}, for {months} now"


def _satisfaction(events: pd.DataFrame) -> list[str]:
    """First and last satisfaction with the firm that most events are about, if there is a change that shows."""
    own = events[events["firm"] != ""]
    if not len(own):
        return []
    firm = str(own["firm"].value_counts().index[0])
    values = own.loc[own["firm"] == firm, "satisfaction"]
    first, last = f"{values.iloc[0]:.2f}", f"{values.iloc[-1]:.2f}"
    text = f"went from {first} to {last}" if first != last else f"was {last}, as at first"
    return [f"satisfaction with {firm} {text}"]


def _silence(events: pd.DataFrame) -> list[str]:
    firms = list(dict.fromkeys(events.loc[events["event"] == LEAVING[0], "firm"]))
    return [f"{join_names(firms)} had heard no complaint in the year before"] if firms else []


def world_names(runs: tuple[StoredRun, StoredRun]) -> tuple[str, str]:
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
        ", ".join(f"{_spoken(run, path)} {_value(values[path])}" for path in apart[:MOST_SETTINGS]) or run.folder.name
        for run, values in ((first, mine), (second, theirs))
    ]
    return names[0], names[1]


def _spoken(run: StoredRun, path: str) -> str:
    """A key path with the name of the firm instead of its place."""
    parts = path.split(".")
    if parts[0] == "firms" and len(parts) > 2:
        return f"{run.scenario.firms[int(parts[1])].name}: {parts[-1].replace('_', ' ')}"
    return parts[-1].replace("_", " ")


def _value(value: object) -> str:
    return str(value).replace("_", "-") if isinstance(value, str) else f"{value}"
