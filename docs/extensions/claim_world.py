"""The two worlds of a claim, as its file states them, small enough for a page: from `experiments/claims`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pandas as pd

from sim import Market, Scenario
from sim.journeys.recorder import Journeys
from sim.parameters.yaml_reader import read_yaml
from sim.reports.life import event_clause

FOLDER = Path(__file__).parents[2] / "experiments" / "claims"
SMALL = {"market.customers": 300, "market.size": 3000}
MOST_MONTHS = 36
WATCHED = range(0, 300, 2)
LEAST_TENURE = 6  # months with our firm, so that there is a life to tell
SILENT = "left without a word"
MOST_SENTENCES = 8
# What a reader follows; bills, uses and what neighbours say fill every month.
GRIEVANCES = (
    "saw what newcomers get", "was called on", "gave up a category", "ran into trouble", "was handed on",
    "waited for service", "gave up waiting", "was served, in vain", "kept silent", "was refused a discount", "was held",
)  # fmt: skip
WORTH_TELLING = (*GRIEVANCES, "was served", "was reminded", "considered leaving", "took a further category", SILENT)
WITH_REASON = ("considered leaving", "was refused a discount", SILENT)


@dataclass(frozen=True)
class Life:
    """One customer of a small world who left our firm without a word.

    Args:
        world: Base world.
        arm: Name of the side of the claim on which it happened.
        firm: The firm that was left.
        sentences: Month by month, the last ones before the end.
        elsewhere: What became of the same person on the other side; empty if the claim has one side here.
    """

    world: str
    arm: str
    firm: str
    sentences: list[str]
    elsewhere: str


def contents_of(claim: str) -> dict[str, Any] | None:
    """What the file of a claim says, or None where there is no such file."""
    path = FOLDER / f"{claim}.yaml"
    return dict(read_yaml(path)[0]) if path.is_file() else None


def scenario_of(claim: dict[str, Any], arm: str) -> Scenario:
    """The first world of a claim on one side, with few customers."""
    months = min(int(claim["months"]), MOST_MONTHS)
    settings = {**SMALL, "months": months, **claim.get("settings", {}), **claim["arms"][arm]}
    return Scenario.load(claim["worlds"][0]).with_settings(settings | SMALL)


def seed_of(name: str) -> int:
    """A seed for a name, so that every claim has people of its own.

    >>> seed_of("silent-exit") == seed_of("silent-exit"), 0 <= seed_of("voice-volume") < 1000
    (True, True)
    """
    return crc32(name.encode()) % 1000


def followed(scenario: Scenario, seed: int, places: range | list[int]) -> tuple[Market, Journeys]:
    """A market that has run, and what happened at some places."""
    market = Market(scenario, seed=seed)
    journeys = Journeys(list(places), scenario.customers)
    market.watcher = journeys.look
    return market.run(), journeys


def life_of(claim: dict[str, Any]) -> Life | None:
    """Whoever left our firm without a word and had most kinds of grievances before, or None if nobody left so."""
    arm, *others = claim["arms"]
    seed = seed_of(claim["id"])
    market, journeys = followed(scenario_of(claim, arm), seed, WATCHED)
    firm = market.world.firms[0].name
    events = worth_telling(journeys.table().query("firm == @firm"))
    exits = events[(events["event"] == SILENT) & (events["value"] >= LEAST_TENURE)]
    if not len(exits):
        return None
    lives = [before(events, end) for _, end in exits.iterrows()]
    own = max(
        lives,
        key=lambda life: (life["event"][life["event"].isin(GRIEVANCES)].nunique(), -life["satisfaction"].iloc[-1]),
    )
    elsewhere = fate(scenario_of(claim, others[0]), seed, own.iloc[-1], others[0]) if others else ""
    return Life(claim["worlds"][0], arm, firm, sentences(own), elsewhere)


def before(events: pd.DataFrame, end: pd.Series) -> pd.DataFrame:
    """Events of one person with our firm up to the end, over the months that a page has room for."""
    own = events[(events["unique_id"] == end["unique_id"]) & (events.index <= end.name)]
    return own[own["month"].isin(sorted(own["month"].unique())[-MOST_SENTENCES:])]


def worth_telling(events: pd.DataFrame) -> pd.DataFrame:
    """Events that a reader follows, each with its clause; what rounds to nothing and what is said twice is left out."""
    telling = events[events["event"].isin(WORTH_TELLING)].copy()
    telling = telling[~telling["reason"].str.startswith("0 % off")]
    telling.loc[~telling["event"].isin(WITH_REASON), "reason"] = ""
    telling["clause"] = [event_clause(event) for event in telling.to_dict("records")]
    again = telling.duplicated(["unique_id", "clause"])
    return telling[~(telling["event"].eq("considered leaving") & again)]


def sentences(life: pd.DataFrame) -> list[str]:
    """A sentence for each month of a life."""
    return [f"Month {month}: {'; '.join(dict.fromkeys(part))}." for month, part in life.groupby("month")["clause"]]


def fate(scenario: Scenario, seed: int, end: pd.Series, arm: str) -> str:
    """What became of the same person on the other side of the claim."""
    market, journeys = followed(scenario, seed, [int(end["customer"])])
    events, firm = journeys.table(), market.world.firms[0].name
    exits = events[
        (events["unique_id"] == end["unique_id"]) & (events["firm"] == firm) & events["event"].str.startswith("left ")
    ]
    side = f"On the other side (*{words(arm)}*) the same person, with the same luck,"
    if len(exits):
        first = exits.iloc[0]
        return f"{side} {event_clause(first)}, in month {first['month']}."
    return f"{side} does not leave {firm} within {scenario.months} months."


def words(name: str) -> str:
    """A name of a side as words.

    >>> words("no_walls")
    'no walls'
    """
    return name.replace("_", " ")
