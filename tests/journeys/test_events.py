"""What is told of a fully watched population is what was booked: every count, every firm, every month."""

import numpy as np
import pytest

from sim import Market, Scenario
from sim.journeys import event_words
from sim.journeys.recorder import Journeys
from sim.model.counts import Counts, as_matrix
from sim.model.events import (
    COUNT_OF_ONE,
    EVENTS,
    LEFT,
    NO_LOG,
    VALUE,
    OneWhere,
    append,
    empty_log,
    logged_events,
    room_like,
)
from sim.model.month import SERVICE_PHASE
from sim.parameters.table import MARKET, MECHANISMS
from sim.reports.life import TOLD
from tests.support.worlds import small

PLACES = 50
NOT_TOLD = {  # counts that no event books, and why
    "stock at the end of the month": (
        "customers", "satisfaction", "needs_met", "promoters", "detractors", "aware", "reputation", "precision",
        "categories", "categories_needed", "categories_needed_held", "categories_unneeded_held", "fatigue",
        "satisfied", "overdue", "discipline", "standing", "standing_squared", "met_at_profit", "unprofitable",
        "surplus", "outcome", "unsound", "lasting", "relations", "alive", "buyers", "buyers_before", "buyers_again",
        "category_purchases",
    ),
    "work of the desk, not an event of a life": (
        "hours_mean", "hours_typical", "hours_served", "hours_squared", "hours_by_standing", "incidents_mean",
        "complaints_mean", "wait", "cost_service_unprofitable",
    ),
    "part of the cost of goods, by line": ("goods_second", "goods_third", "goods_fourth"),
    "a turn in the rota that the customer does not notice": ("visits", "preparations"),
}  # fmt: skip
RELATIONSHIPS = {"telecom": "contract", "b2b": "contract", "grocery": "repertoire", "cdnow": "repertoire"}
SPREAD = 0.5  # random numbers lie up to this share of their range away from their default
FIXED = ("size", "warm_up", "discount_rate", "needs.segments", "needs.spread", "needs.spread_between")


def random_settings(name, seed):
    """Every mechanism on, and every number of the market somewhere around its value."""
    numbers = np.random.default_rng(seed)
    scenario = Scenario.load(name)
    on = {one: True for one in MECHANISMS if one != "invoices" or RELATIONSHIPS[name] == "contract"}
    found = {f"mechanisms.{one}": true for one, true in on.items()}
    for one in MARKET:
        if one.name in FIXED or one.unit == "count" or numbers.random() < 0.5:
            continue
        value = scenario.market[one.name] * (1.0 + SPREAD * numbers.uniform(-1.0, 1.0))
        found[f"market.{one.name}"] = float(np.clip(value, one.low, one.high))
    ours = {"walls": 0.9, "lines": 3.0, "decline_below": 0.2, "pay_value": 0.4, "hold_after": 1.0, "reminders": 0.5}
    found |= {f"firms.0.decisions.{key}": value for key, value in ours.items()}
    found |= {"firms.0.organisation.form": float(numbers.integers(0, 3)), "market.death": 0.03}
    return found | {"market.service.handoff_need": 0.5, "market.economics.cross_sell": 0.3, "market.refill": 0.5}


def booked_by(event):
    """Count and amount that an event adds to it."""
    for count, source in EVENTS[int(event["code"])].books.items():
        if source == COUNT_OF_ONE:
            yield count, 1
        elif isinstance(source, OneWhere):
            yield count, int(event["details"][source.detail] == source.value)
        elif source == VALUE:
            yield count, round(float(event["value"]))
        else:
            sign = -1 if str(source).startswith("-") else 1
            yield count, sign * round(float(event["details"][abs(int(source))]))


def told_counts(events, firms):
    total = np.zeros((firms, len(Counts._fields)), np.int64)
    for event in events[events["firm"] >= 0]:
        for count, amount in booked_by(event):
            total[event["firm"], Counts._fields.index(count)] += amount
    return total


BOOKED = sorted({count for event in EVENTS.values() for count in event.books})


def watched(scenario, **how):
    """A market that compares told and booked every month; the differences, and the codes that were met."""
    market, journeys = Market(scenario, **how), Journeys(range(scenario.customers), scenario.customers)
    columns, differing, met = [Counts._fields.index(count) for count in BOOKED], [], set()

    def look(phase, world):
        journeys.look(phase, world)
        if phase == SERVICE_PHASE:
            events = logged_events(world.log)
            met.update(events["code"].tolist())
            gap = (as_matrix(world.counts) - told_counts(events, len(world.firms)))[:, columns]
            differing.extend((world.month, BOOKED[k]) for k in np.flatnonzero(gap.any(axis=0)))

    market.watcher = look
    return market.run(), journeys, differing, met


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", RELATIONSHIPS)
def test_everything_booked_is_told_in_random_scenarios_with_every_mechanism(name, seed):
    size = {"market.customers": PLACES, "market.size": 10 * PLACES, "market.warm_up": 1, "months": 6}
    scenario = Scenario.load(name).with_settings(size | random_settings(name, seed))
    market, journeys, differing, met = watched(scenario, seed=seed)
    other, others, differing_other, _ = watched(scenario, seed=seed, engine="agents")
    assert differing == [] and differing_other == []
    assert len(met) > 15
    assert journeys.table().equals(others.table())


def test_a_hand_off_between_units_is_told():
    form = {"mechanisms__organisation_form": True, "firms__0__organisation__form": 1.0}
    firm = {"firms__0__decisions__walls": 0.9, "firms__0__decisions__lines": 3.0}
    market = {"market__service__handoff_need": 0.5, "market__economics__cross_sell": 0.5, "months": 12}
    _, journeys, differing, _ = watched(small(**form, **firm, **market))
    table = journeys.table()
    assert differing == []
    assert table[table.event == "was handed on"].reason.str.contains("the unit of another line").any()


def test_every_count_is_booked_by_an_event_or_says_why_not():
    excused = [count for counts in NOT_TOLD.values() for count in counts]
    assert sorted([*BOOKED, *excused]) == sorted(Counts._fields)


def test_every_event_has_words_and_a_sentence():
    blank = np.zeros(1, empty_log(np.ones(1, bool), 1).rows.dtype)
    for code in EVENTS:
        for first in (0.0, 1.0):
            blank["code"], blank["value"], blank["details"] = code, -1.0, first
            words = event_words.words_of(blank[0])
            assert words is not None and words.name in TOLD


def test_details_that_are_booked_are_declared():
    for event in EVENTS.values():
        places = [
            source.detail if isinstance(source, OneWhere) else abs(int(source))
            for source in event.books.values()
            if source not in (COUNT_OF_ONE, VALUE)
        ]
        assert max(places, default=0) < max(1, len(event.details))


@pytest.mark.parametrize("threads", [2, 3])
def test_lives_do_not_depend_on_threads(threads):
    tables = []
    for count in (1, threads):
        market = Market(small(market__customers=300, months=4), threads=count)
        market.watcher = (journeys := Journeys(range(0, 300, 7), 300)).look
        market.run()
        tables.append(journeys.table())
    assert len(tables[0]) > 100 and tables[0].equals(tables[1])


def test_a_fork_that_is_watched_goes_on_telling():
    market = Market(small(months=6))
    while market.month < 3:
        market.step()
    forked = market.fork()
    forked.watcher = (journeys := Journeys([1, 2, 3], 120)).look
    forked.run()
    assert set(journeys.table().month) <= {4, 5, 6} and len(journeys.rows) > 0


def test_nothing_is_written_when_nobody_is_watched():
    market = Market(small()).run()
    assert market.world.log is NO_LOG and len(logged_events(NO_LOG)) == 0


def test_events_beyond_the_room_of_a_log_are_refused():
    log = empty_log(np.ones(1, bool), 1)
    log.used[0] = len(log.rows) + 1
    with pytest.raises(OverflowError, match="the log has"):
        logged_events(log)


def test_logs_of_threads_are_put_behind_each_other():
    log, more = (empty_log(np.ones(1, bool), 1) for _ in range(2))
    more.rows["code"][:2], more.used[0] = LEFT, 2
    append(log, more)
    append(log, room_like(log))
    append(log, more)
    assert logged_events(log)["code"].tolist() == [LEFT] * 4
