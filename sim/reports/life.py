"""A customer's life in words: who they are, what happened month by month and why, and how it ended."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.market import Market

TOLD = {
    "left the market": "dies or leaves the category, after {value:.0f} months with {firm}",
    "came to the market": "comes to the market",
    "was contacted": "is reached by marketing of {firm}",
    "heard of the firm": "hears of {firm} for the first time",
    "heard good words": "hears good of {firm} (reputation {value:+.2f})",
    "heard bad words": "hears bad of {firm} (reputation {value:+.2f})",
    "became a customer": "becomes a customer of {firm}",
    "bought": "buys {times} from {firm}",
    "used the product": "uses what {firm} delivers (fit {value:.2f}); satisfaction {satisfaction:.2f}",
    "took a further category": "takes a further category from {firm}, now {value:.0f}",
    "dropped out for good": "will not buy from {firm} again",
    "ran into trouble": "runs into trouble {times}",
    "was handed on": "is handed on {times} between departments of {firm}",
    "waited for service": "waits for the service of {firm} (month {value:.0f})",
    "gave up waiting": "gives up waiting for {firm}; satisfaction {satisfaction:.2f}",
    "was served": "is served by {firm}; satisfaction {satisfaction:.2f}",
    "was served, in vain": "is served by {firm}, but it must be done again; satisfaction {satisfaction:.2f}",
    "complained": "complains to {firm}",
    "was granted a discount": "demands a discount from {firm} and gets it",
    "praised": "speaks well of {firm}",
    "blamed": "speaks badly of {firm}",
}


def told(event: Mapping[str, Any]) -> str:
    """One event as a clause.

    >>> told({"event": "complained", "firm": "north", "value": 1.0, "satisfaction": 0.4})
    'complains to north'
    """
    known = TOLD.get(str(event["event"]))
    firm = event["firm"] or "nobody"
    if known is None:  # leaving carries its manner in its name
        after = f"after {event['value']:.0f} months; satisfaction {event['satisfaction']:.2f}"
        return f"leaves {firm}: {event['event']}, {after}"
    times = "once" if event["value"] == 1 else "twice" if event["value"] == 2 else f"{event['value']:.0f} times"
    return known.format(**{**event, "firm": firm, "times": times})


def portrait(market: Market, customer: int) -> str:
    """Who holds the place at the end of the run."""
    person = market.world.people.person[customer]
    goal = ", ".join(f"{value:+.1f}" for value in person["goal"])
    currency = market.scenario.currency
    return (
        f"Customer {customer} (person {int(person['generation']) + 1} of this place): goal ({goal}); "
        f"{person['rate']:.2f} purchases a month at {currency} {person['spend']:.0f}; {person['incident_rate']:.2f} "
        f"incidents a month; weight of price {person['price_weight']:.1f}, loss aversion "
        f"{person['loss_aversion']:.1f}, voice {person['voice']:.2f}, talkativeness {person['talk']:.1f}."
    )


def ending(market: Market, customer: int) -> str:
    """What it came to."""
    person = market.world.people.person[customer]
    seat = int(person["supplier"])
    if person["present"] != 1:
        state = "is no longer in the market"
    elif seat < 0:
        state = "has no supplier"
    else:
        state = f"is a customer of {market.world.firms[seat].name} for {int(person['tenure'])} months"
    contribution = market.world.people.contribution[customer].sum() / 100.0 / market.world.weight
    money = f"{market.scenario.currency} {contribution:,.0f}"
    return (
        f"At the end customer {customer} {state}; {int(person['served_months'])} months served, contribution {money} "
        f"over the lifetime, {int(person['complaints'])} complaints, {int(person['messages'])} messages."
    )


def records(events: pd.DataFrame) -> list[dict[str, Any]]:
    """Events as mappings by column name."""
    return [dict(zip(events.columns, row, strict=True)) for row in events.itertuples(index=False)]


def life_in_words(market: Market, customer: int, events: pd.DataFrame) -> list[str]:
    """The whole life, one line a month."""
    lines = [portrait(market, customer)]
    for month, part in events.groupby("month", sort=True):
        clauses = [told(event) for event in records(part)]
        lines.append(f"Month {month}: {'; '.join(clauses)}.")
    return [*lines, ending(market, customer)]
