"""A customer's life in words: who they are, what happened month by month and why, and how it ended."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.files.records import records
from sim.journeys.recorder import Holder, Journeys
from sim.model.customers.customer_account import reliability
from sim.model.customers.product_categories import in_common
from sim.model.events import NO_LOG
from sim.model.month_context import MonthContext
from sim.simulation.market import Market

TOLD = {
    "died": "dies or moves away",
    "left the category": "leaves the category for good",
    "failed": "goes out of business",
    "came to the market": "comes to the market",
    "was contacted": "is reached by marketing of {firm}",
    "heard of the firm": "hears of {firm} for the first time",
    "heard good words": "hears good of {firm} (reputation {value:+.2f})",
    "heard bad words": "hears bad of {firm} (reputation {value:+.2f})",
    "saw what newcomers get": "sees what {firm} offers to newcomers only",
    "considered leaving": "thinks about leaving {firm}",
    "left without a word": "leaves {firm} without a word after {value:.0f} months",
    "lapsed": "has not bought from {firm} for long and is no customer of it any more",
    "has no relation with the firm any more": "will not come back to {firm}",
    "left after complaining": "leaves {firm} after complaining, after {value:.0f} months",
    "was given notice": "is given notice by {firm}: supply ends in {value:.0f} months",
    "was turned away": "wants to be a customer of {firm} and is turned away",
    "was not kept": "loses {firm}, which does not renew, after {value:.0f} months",
    "became a customer": "becomes a customer of {firm}",
    "bought": "buys {times} from {firm}",
    "was billed": "pays {firm} {value:,.2f}",
    "was invoiced": "is billed {value:,.2f} by {firm}",
    "paid the account": "pays {firm} {value:,.2f}",
    "did not pay": "does not pay {firm} {value:,.2f}",
    "was reminded": "is reminded by {firm}",
    "was held": "gets nothing from {firm}, which holds its supply",
    "was supplied all the same": "is supplied by {firm} all the same",
    "saw that nobody checks": "sees that nobody at {firm} checks (discipline {value:.2f})",
    "was made to pay": "pays {firm} {value:,.2f} by way of collections",
    "was written off": "owes {firm} {value:,.2f}, which is written off",
    "used the product": "uses what {firm} delivers (fit {value:.2f})",
    "took a further category": "takes a further category from {firm}, now {value:.0f}",
    "was called on": "is called on {times} by sales of {firm}",
    "gave up a category": "gives up a category of {firm}",
    "returned a category": "returns a category to {firm} and gets {value:,.2f} back",
    "dropped out for good": "will not buy from {firm} again",
    "ran into trouble": "runs into trouble {times}",
    "was handed on": "is handed on {times} to {department} of {firm}",
    "waited for service": "waits for the service of {firm} (month {value:.0f})",
    "gave up waiting": "gives up waiting for {firm}; satisfaction {satisfaction:.2f}",
    "was served": "is served by {firm}; satisfaction {satisfaction:.2f}",
    "was served, in vain": "is served by {firm}, but it must be done again; satisfaction {satisfaction:.2f}",
    "complained": "complains to {firm}",
    "was made good": "{firm} makes it good; satisfaction {satisfaction:.2f}",
    "kept silent": "is disappointed by {firm} and says nothing",
    "was refused a discount": "demands a discount from {firm} and gets none",
    "was granted a discount": "demands a discount from {firm} and gets it for {value:.0f} months",
    "praised": "speaks well of {firm}",
    "told neighbours that it had left": "tells neighbours that it has left {firm}",
    "heard of departures": "hears of {value:.0f} who left {firm}",
    "lost its supplier": "loses {firm}, which leaves the market",
    "forgot the firm": "forgets {firm}",
    "said that it is not satisfied": "says to {firm} that it is not satisfied",
    "blamed": "speaks badly of {firm}",
}
ENDINGS_OF_LIFE = ("died", "left the category", "failed")
DEGREES = ((0.5, "far less than most"), (0.8, "less than most"), (1.25, "about average"), (2.0, "more than most"))


def event_clause(event: Mapping[str, Any]) -> str:
    """One event as a clause with its reason.

    >>> event_clause({"event": "complained", "firm": "north", "value": 1.0, "satisfaction": 0.4, "reason": "why"})
    'complains to north (why)'
    """
    times = "once" if event["value"] == 1 else "twice" if event["value"] == 2 else f"{event['value']:.0f} times"
    clause = TOLD[event["event"]].format(**{**event, "firm": event["firm"] or "nobody", "times": times})
    return f"{clause} ({event['reason']})" if event["reason"] else clause


def degree(value: float, mean: float) -> str:
    """A value against the mean of all people, in words.

    >>> degree(3.0, 1.0), degree(1.0, 1.0)
    ('far more than most', 'about average')
    """
    ratio = value / mean if mean else 1.0
    return next((words for edge, words in DEGREES if ratio < edge), "far more than most")


def portrait(market: Market, customer: int, holder: Holder) -> str:
    """Portrait of a customer: needs, economics and temper, in words and numbers."""
    person, mean, money = holder.first, market.scenario.market, market.scenario.currency
    goal = ", ".join(f"{value:+.1f}" for value in person.goal)
    traits = (
        (f"buys {{}} ({person.rate:.2f} times a month)", person.rate, "economics.purchase_rate"),
        (f"spends {{}} ({money} {person.spend:,.0f} each time)", person.spend, "economics.spend"),
        (f"minds the price {{}} ({person.price_weight:.1f})", person.price_weight, "economics.price_weight"),
        (
            f"runs into trouble {{}} ({person.incident_rate:.2f} a month)",
            person.incident_rate,
            "economics.incident_rate",
        ),
        (f"takes a shortfall to heart {{}} ({person.loss_aversion:.1f})", person.loss_aversion, "temper.loss_aversion"),
        (f"complains {{}} ({person.voice:.2f})", person.voice, "temper.voice"),
        (f"talks {{}} ({person.talk:.1f})", person.talk, "temper.talk"),
        (f"listens to others {{}} ({person.susceptibility:.1f})", person.susceptibility, "temper.susceptibility"),
        (f"asks for discounts {{}} ({person.boldness:.2f})", person.boldness, "temper.boldness"),
    )
    words = "; ".join(text.format(degree(float(value), mean[key])) for text, value, key in traits)
    words += _needs_text(market, person) + _pays(market, person)
    seat = int(person.supplier)
    whose = (
        f"customer of {market.world.firms[seat].name} for {int(person.tenure)} months" if seat >= 0 else "no supplier"
    )
    start = f" At the start: {whose}." if holder.since == 0 else ""
    most = int(person.weight.argmax()) + 1
    return (
        f"Customer {customer} (person {int(person.generation) + 1} of this place): needs at ({goal}), dimension {most} "
        f"matters most; {words}.{start}"
    )


def _needs_text(market: Market, person: Any) -> str:
    """How many of the categories serve a need, where sales offer them."""
    if not market.scenario.mechanisms["sales_calls"]:
        return ""
    further = int(market.world.parameters.economics_categories) - 1
    return f"; needs {1 + in_common(int(person.wants), int(person.wants), further)} of {1 + further} categories"


def _context_of(market: Market, person: Any) -> MonthContext:
    """The month of one person of whom nothing but the own row is read."""
    world, nothing = market.world, np.zeros(0)
    rest = (world.parameters, nothing, world.clock, nothing, world.counts, world.network, NO_LOG, False)
    return MonthContext(person, nothing, *rest)


def _pays(market: Market, person: Any) -> str:
    """How reliably the customer pays, where bills are owed."""
    if not market.scenario.mechanisms["invoices"]:
        return ""
    chance = reliability(_context_of(market, person))
    return f"; pays what is due {100.0 * chance:.0f} % of the time"


def ending(market: Market, customer: int, holder: Holder, events: pd.DataFrame) -> str:
    """What it came to: where they are or why they went, months served, contribution, complaints, messages."""
    last = holder.last
    money = f"{market.scenario.currency} {holder.contribution / 100.0 / market.world.weight:,.0f}"
    sums = (
        f"{int(last.served_months)} months served, contribution {money} over the lifetime, "
        f"{int(last.complaints)} complaints, {int(last.messages)} messages"
    )
    return f"At the end customer {customer} {_state(market, holder, events)}; {sums}."


def _state(market: Market, holder: Holder, events: pd.DataFrame) -> str:
    own = events[(events["month"] >= holder.since) & (events["month"] <= holder.until)]
    gone = own[own["event"].isin(ENDINGS_OF_LIFE) & (own["month"] == holder.until)]
    if len(gone):
        whose = f"as a customer of {gone['firm'].iloc[0]}" if gone["firm"].iloc[0] else "without a supplier"
        return f"is no longer in the market: {gone['event'].iloc[0]} in month {holder.until} {whose}"
    seat = int(holder.last.supplier)
    if seat >= 0:
        return f"is a customer of {market.world.firms[seat].name} for {int(holder.last.tenure)} months"
    exits = own[own["event"].str.startswith("left ")]
    if not len(exits):
        return "has no supplier and never had one here"
    last = exits.iloc[-1]
    return f"has no supplier: {last['event']} {last['firm']} in month {last['month']} ({last['reason']})"


def people_of(market: Market, journeys: Journeys) -> list[dict[str, Any]]:
    """Everybody who held the watched places: customer, first and last month, portrait, ending."""
    events = journeys.table()
    return [
        {
            "customer": place, "person": generation + 1, "from": holder.since, "to": holder.until,
            "portrait": portrait(market, place, holder),
            "ending": ending(market, place, holder, events[events["customer"] == place]),
        }
        for (place, generation), holder in journeys.holders.items()
    ]  # fmt: skip


def life_in_words(market: Market, journeys: Journeys) -> list[str]:
    """The whole life of a place, one line a month, each person between portrait and ending."""
    months = {
        int(str(month)): f"Month {month}: {'; '.join(map(event_clause, records(part)))}."
        for month, part in journeys.table().groupby("month", sort=True)
    }
    lines = []
    for person in people_of(market, journeys):
        lines.append(person["portrait"])
        presence = range(max(1, person["from"]), person["to"] + 1)
        lines.extend(months[month] for month in presence if month in months)
        lines.append(person["ending"])
    return lines or ["Nobody held this place during the run."]
