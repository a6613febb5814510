"""Picks: which of the watched customers of a run a story is about, by a rule that is said with the story."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from sim.journeys.stored_run import StoredRun
from sim.parameters import BadInput
from sim.parameters.checking import nearest

LEAVING = ("left without a word", "left after complaining")
GOING_AWAY = (
    *LEAVING, "lapsed", "lost its supplier", "was not kept", "dropped out for good", "died", "left the category",
    "failed",
)  # fmt: skip
PAYING = ("was billed", "was invoiced")
MONTHS_BEFORE_LEAVING = 12  # hand-offs that count for a departure, as complaints do in the model
ENOUGH_TO_WATCH = 200  # customers that a message proposes to watch


class Pick(NamedTuple):
    """The person a story is about.

    Args:
        customer: Place in the market.
        person: Number of the person, the same in every world with the same people.
        firm: Firm that the rule is about; empty for none.
        month: Month that the rule is about; 0 for none. [months]
    """

    customer: int
    person: int
    firm: str = ""
    month: int = 0


class PickRule(NamedTuple):
    """A rule by which a customer is picked.

    Args:
        text: The rule in words.
        title: What the story is about, with places for customer, firm, month and months of the run.
        wanted: What nobody did, for the message when nobody fits.
        choose: From the events of the run, and of the run it is held against, to the person or none.
        two_worlds: Whether the rule needs a second run.
    """

    text: str
    title: str
    wanted: str
    choose: Callable[[pd.DataFrame, pd.DataFrame], Pick | None]
    two_worlds: bool = False


def watched_events(run: StoredRun) -> pd.DataFrame:
    """Events of the watched customers of a run.

    Raises:
        BadInput: Nobody was watched.
    """
    path = run.folder / "journeys.parquet"
    if not path.is_file():
        raise BadInput(
            f"{run.folder}: no customer was watched in this run, so none can be picked; "
            f"run it again with --watch {_to_watch(run)}, or name a customer with --customer"
        )
    return pd.read_parquet(path)


def pick_customer(name: str, run: StoredRun, other: StoredRun | None = None) -> Pick:
    """The watched customer that a rule picks.

    Args:
        name: One of `PICK_RULES`.
        run: The run.
        other: The run it is held against, for rules over two worlds.

    Raises:
        BadInput: No such rule, a second run is missing, nobody was watched, or nobody fits.
    """
    if name not in PICK_RULES:
        raise BadInput(f"--pick {name!r} is not known.{nearest(name, PICK_RULES)} Known: {', '.join(PICK_RULES)}")
    rule = PICK_RULES[name]
    if rule.two_worlds and other is None:
        raise BadInput(f"--pick {name} is about two worlds: {rule.text}; add --against RUN2")
    events = watched_events(run)
    theirs = _of_changed_firms(run, other) if rule.two_worlds and other is not None else events
    picked = rule.choose(events, theirs)
    if picked is None:
        raise BadInput(_nobody(name, run, events))
    return picked


def title_of(name: str | None, pick: Pick, months: int) -> str:
    """What the story of a picked person is about, or of one who was named. months: of the run"""
    title = PICK_RULES[name].title if name else "Customer {customer} over {months} months"
    return title.format(**pick._asdict(), months=months)


def _of_changed_firms(run: StoredRun, other: StoredRun) -> pd.DataFrame:
    """Events of the other world, those of firms whose settings differ if there are any such firms."""
    events = watched_events(other)
    pairs = zip(run.scenario.as_mapping()["firms"], other.scenario.as_mapping()["firms"], strict=False)
    changed = [theirs["name"] for ours, theirs in pairs if ours != theirs]
    return events[events["firm"].isin(changed)] if changed else events


def _nobody(name: str, run: StoredRun, events: pd.DataFrame) -> str:
    rest = [rule for rule in PICK_RULES if rule != name]
    return (
        f"{run.folder}: {events['customer'].nunique()} customers were watched and none of them "
        f"{PICK_RULES[name].wanted}; watch more with sim run … --watch {_to_watch(run)}, simulate more years, "
        f"or pick another: {', '.join(rest)}"
    )


def _to_watch(run: StoredRun) -> int:
    return min(ENOUGH_TO_WATCH, int(run.scenario.customers))


def _silent(events: pd.DataFrame, theirs: pd.DataFrame) -> Pick | None:
    gone = events[events["event"] == LEAVING[0]]
    return _first(gone.sort_values(["value", "unique_id"], ascending=[False, True]))


def _lost_to_silo(events: pd.DataFrame, theirs: pd.DataFrame) -> Pick | None:
    gone = events[events["event"].isin(LEAVING)].copy()
    handed = events[events["event"] == "was handed on"]
    gone["handoffs"] = [
        _handoffs_before(handed, person, firm, month)
        for person, firm, month in zip(gone["unique_id"], gone["firm"], gone["month"], strict=True)
    ]
    gone = gone[gone["handoffs"] > 0]
    return _first(gone.sort_values(["handoffs", "unique_id"], ascending=[False, True]))


def _handoffs_before(handed: pd.DataFrame, person: int, firm: str, month: int) -> float:
    own = handed[(handed["unique_id"] == person) & (handed["firm"] == firm)]
    return float(own.loc[own["month"].between(month - MONTHS_BEFORE_LEAVING, month), "value"].sum())


def _loyal(events: pd.DataFrame, theirs: pd.DataFrame) -> Pick | None:
    gone = set(events.loc[events["event"].isin(GOING_AWAY), "unique_id"])
    paid = events[events["event"].isin(PAYING) & ~events["unique_id"].isin(gone)]
    firms = paid.groupby("unique_id")["firm"].nunique()
    own = paid[paid["unique_id"].isin(firms.index[firms == 1])]
    months = own.groupby(["unique_id", "customer", "firm"])["month"].nunique().reset_index()
    best = months.sort_values(["month", "unique_id"], ascending=[False, True])
    return _first(best.assign(month=0))


def _saved(events: pd.DataFrame, theirs: pd.DataFrame) -> Pick | None:
    gone = theirs[theirs["event"].isin(LEAVING)].sort_values(["month", "unique_id"])
    left_here = events[events["event"].isin(GOING_AWAY)]
    bad = set(zip(left_here["unique_id"], left_here["firm"], strict=True))
    last = events[events["event"].isin(PAYING)].groupby(["unique_id", "firm"])["month"].max().to_dict()
    for person, customer, firm, month in gone[["unique_id", "customer", "firm", "month"]].itertuples(index=False):
        whose = (person, firm)
        if whose not in bad and last.get(whose, 0) > month:
            return Pick(int(customer), int(person), str(firm), int(month))
    return None


def _first(table: pd.DataFrame) -> Pick | None:
    if not len(table):
        return None
    row = table.iloc[0]
    return Pick(int(row["customer"]), int(row["unique_id"]), str(row["firm"]), int(row["month"]))


PICK_RULES = {
    "silent": PickRule(
        "of all watched customers who left a firm without a word, the one who had been with it longest",
        "Customer {customer} left {firm} without a word in month {month}",
        "left a firm without a word",
        _silent,
    ),
    "lost-to-silo": PickRule(
        "of all watched customers who left a firm, the one who was handed on most often there in the twelve months "
        "before",
        "Customer {customer} was handed on at {firm} and left in month {month}",
        "left a firm within twelve months of being handed on there",
        _lost_to_silo,
    ),
    "loyal": PickRule(
        "of all watched customers who paid one firm only and never left it, the one who paid in most months",
        "Customer {customer} never left {firm} in {months} months",
        "paid one firm only and never left it",
        _loyal,
    ),
    "saved": PickRule(
        "of all watched customers who stayed with a firm in this world and left the same firm in the other world, the "
        "one who left there first; if the settings of firms differ between the worlds, only those firms count",
        "Customer {customer} stayed with {firm} in one world and left it in month {month} in the other",
        "stayed with a firm here and left the same firm in the other world",
        _saved,
        two_worlds=True,
    ),
}
