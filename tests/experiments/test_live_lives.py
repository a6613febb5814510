"""Lives of watched customers in both worlds, picks among them, and cases."""

import json
from collections import Counter

import numpy as np
import pytest

from sim import BadInput
from sim.experiments.live.case import CaseTable, case_of, case_table, most_handed_on
from sim.experiments.live.customer_life import Lives
from sim.experiments.live.event_numbers import (
    _NAMES,
    CAUSES_OF_CHANGE,
    EVENT_KEYS,
    REASONS_TO_CONSIDER,
    REASONS_TO_LEAVE,
    SOURCES_OF_JOINING,
    UNEXPLAINED,
    Unit,
    cause_of,
    numbers_of_event,
    parts_of_service,
)
from sim.experiments.live.frame_measures import MEASURE_NAMES
from sim.experiments.live.life_table import LIFE_ENDINGS, LifeTable, alike, pick_from
from sim.experiments.live.pair import TimelinePair, open_pair
from sim.experiments.live.seen_month import KEPT_EVENT, kept_events
from sim.experiments.live.watched_world import WatchedWorld
from sim.journeys.customer_months import CustomerMonths
from sim.journeys.recorder import Journeys
from sim.model import events as happened
from sim.model.customer_parameters import parameters_of
from sim.model.customers.choice import REASONS
from sim.model.customers.sources import REASONS_OF_LOSS, SOURCES_OF_WINS
from sim.model.events import EVENT, EVENTS
from sim.simulation.warm_up import warmed_up

MONTHS = 24
FEW_COME = {"market.service.handoff_need": 0.5, "market.refill": 0.02}  # some places stay empty
SMALL = {"customers": 150, "months": MONTHS, "settings": FEW_COME}


def watched(pair):
    return [WatchedWorld(line, pair.firm).run_to(pair.months) for line in pair.sides]


@pytest.fixture(scope="module")
def pair():
    return open_pair(SMALL)


@pytest.fixture(scope="module")
def lives(pair):
    return Lives(*watched(pair))


@pytest.fixture(scope="module")
def everybody(lives):
    """The life of the first and of the last holder of every second place, by side."""
    holders = np.array([seen.holder for seen in lives.worlds["left"].months])
    held = np.flatnonzero(holders.max(axis=0) >= 0)[::2]
    asked = [(int(place), MONTHS) for place in held]
    asked += [(int(place), 0) for place in held if holders[0, place] not in (-1, holders[:, place].max())]
    answers = [lives.life(*whose) for whose in asked]
    return [(side, own) for answer in answers for side, own in answer["sides"].items() if own]


@pytest.fixture(scope="module")
def recorded(pair):
    """Journeys of all places and money by month of the left side, as a run that is stored has them."""
    market = warmed_up(pair.left.scenario, pair.left.seed).fork(pair.left.settings_at(0))
    journeys, money = Journeys(range(SMALL["customers"]), SMALL["customers"]), CustomerMonths()

    def look(phase, world):
        journeys.look(phase, world)
        money.look(phase, world)

    market.watcher = look
    while market.month < MONTHS:
        market.advance()
    return journeys.table(), money.columns()


def total(lives, side, name):
    return float(lives.worlds[side].measures[1:, MEASURE_NAMES.index(name)].sum())


def test_changes_of_satisfaction_add_up_to_the_change_from_first_to_last(everybody):
    for _, life in everybody:
        events = life["events"]
        if events:
            moved = sum(event["change"] for event in events)
            assert moved == pytest.approx(events[-1]["satisfaction"] - events[0]["before"], abs=1e-4)


def test_no_change_of_satisfaction_is_without_an_event(everybody):
    assert {life["unexplained"] for _, life in everybody} == {0.0}


def test_every_change_has_a_cause_and_nothing_else_has(everybody):
    for _, life in everybody:
        assert all(bool(event["cause"]) == (event["change"] != 0.0) for event in life["events"])


def test_the_last_event_of_a_month_leaves_the_satisfaction_of_its_end(everybody):
    for _, life in everybody:
        for event in life["events"]:
            level = life["satisfaction"][event["month"]]
            last = [other for other in life["events"] if other["month"] == event["month"]][-1]
            assert level is None or level == pytest.approx(last["satisfaction"], abs=1e-5)


@pytest.mark.parametrize(
    ("key", "words"),
    [("handed_on", "was handed on"), ("incident", "ran into trouble"), ("joined", "became a customer")],
)
def test_events_are_those_of_the_stories(lives, recorded, key, words):
    table, firm = recorded[0], lives.worlds["left"].firm
    theirs = table[(table["event"] == words) & (table["firm"] == firm)]
    code = next(code for code, name in EVENT_KEYS.items() if name == key)
    mine = Counter()
    for month, seen in enumerate(lives.worlds["left"].months):
        own = seen.events[(seen.events["code"] == code) & (seen.events["firm"] == 0)]
        mine.update((month, int(place)) for place in own["place"])
    assert mine == Counter(zip(theirs["month"].tolist(), theirs["customer"].tolist(), strict=True))


def test_what_a_customer_brought_is_what_the_books_by_month_say(lives, recorded):
    columns = recorded[1]
    table = lives.tables["left"]
    row = int(np.argmax(table.worth))
    life = lives.life(int(table.place[row]), 0)["sides"]["left"]
    own = (columns["unique_id"] == life["person"]) & (columns["firm"] == "north")
    assert life["contribution"] == pytest.approx(columns["margin"][own].sum(), abs=0.01)


def test_who_stayed_is_a_customer_at_the_end(lives):
    for side, table in lives.tables.items():
        stayed = np.count_nonzero(table.ending == 0) * lives.worlds[side].weight
        assert stayed == lives.worlds[side].months[-1].measures[MEASURE_NAMES.index("customers")]


@pytest.mark.parametrize("side", ["left", "right"])
def test_hand_offs_of_all_customers_add_up_to_the_measure(lives, side):
    assert lives.tables[side].handoffs.sum() * lives.worlds[side].weight == total(lives, side, "handoffs")


def test_cases_hold_every_hand_off_and_every_story_told_again(lives):
    world, table = lives.worlds["left"], case_table(lives.worlds["left"])
    events = [
        seen.events[(seen.events["firm"] == 0) & (seen.events["code"] == happened.HANDED_ON)] for seen in world.months
    ]
    assert table.handoffs.sum() == sum(map(len, events))
    assert table.repeats.sum() == sum(int(own["details"][:, 2].sum()) for own in events)


def test_a_place_that_was_always_empty_has_no_life(lives):
    always = np.max([seen.holder for world in lives.worlds.values() for seen in world.months], axis=0)
    with pytest.raises(BadInput, match="was empty in all 24 months"):
        lives.life(int(np.flatnonzero(always < 0)[0]), 0)


def test_a_life_can_be_sent_as_json(lives):
    answer = lives.life(3, MONTHS)
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_the_same_person_is_followed_on_both_sides(lives):
    sides = lives.life(11, MONTHS)["sides"]
    assert sides["left"]["person"] == sides["right"]["person"]


def test_an_earlier_holder_of_a_place_has_a_life_of_its_own(lives):
    left = lives.worlds["left"]
    place = next(p for p in range(left.places) if len({int(seen.holder[p]) for seen in left.months} - {-1}) > 1)
    first, last = (lives.life(place, month)["sides"]["left"] for month in (0, MONTHS))
    assert first["person"] < last["person"]
    assert first["present"][1] < last["present"][0]


def test_suppliers_of_a_life_are_those_of_the_months(lives):
    life = lives.life(5, 0)["sides"]["left"]
    joined = [event for event in life["events"] if event["event"] == "joined"]
    assert all(life["supplier"][event["month"]] == event["firm"] for event in joined)


def test_equal_sides_have_equal_lives(pair):
    world = watched(TimelinePair(pair.left, pair.left, pair.firm))
    lives = Lives(*world)
    for place in (0, 40, 149):
        answer = lives.life(place, MONTHS)
        assert answer["sides"]["left"] == answer["sides"]["right"]
        assert answer["alike"]["left"] == answer["alike"]["right"]


@pytest.mark.parametrize(("place", "month"), [(-1, 0), (150, 0), (0, MONTHS + 1), ("a", 0), (0, None)])
def test_a_place_or_month_that_is_not_there_is_refused(lives, place, month):
    with pytest.raises(BadInput, match="a whole number from 0 to"):
        lives.life(place, month)


def test_worlds_seen_unequally_far_have_no_lives_together(pair):
    left, right = (WatchedWorld(line, pair.firm) for line in pair.sides)
    with pytest.raises(BadInput, match="seen for 0 months and the right one for 1"):
        Lives(left, right.run_to(1))


def test_kinds_of_lives_are_counted_once_each(lives):
    table, other = lives.tables["left"], lives.tables["right"]
    kinds = {}
    for row in range(len(table.place)):
        own = alike(table, other, row, 2.0)
        kinds[own.ending, own.handed_on] = own
    assert sum(own.number for own in kinds.values()) == len(table.place)
    assert sum(own.worth for own in kinds.values()) == pytest.approx(table.worth.sum())
    assert all(own.people == 2.0 * own.number for own in kinds.values())


def test_what_the_same_people_brought_in_the_other_world_is_added_up():
    table = table_of(ending=[1, 1, 0], worth=[10.0, 20.0, 40.0], generation=[0, 2, 0])
    other = table_of(ending=[0, 0, 0], worth=[100.0, 200.0, 400.0], generation=[0, 1, 0])
    own = alike(table, other, 0, 1.0)
    assert (own.number, own.worth, own.elsewhere) == (2, 30.0, 100.0)


def table_of(**columns):
    size = len(next(iter(columns.values())))
    values = {name: np.zeros(size, np.int64) for name in LifeTable._fields} | {"place": np.arange(size)}
    return LifeTable(**values | {name: np.array(column) for name, column in columns.items()})


def test_the_typical_leaver_is_nearest_to_the_median_of_those_who_left():
    table = table_of(ending=[1, 2, 1, 0, 3], month=[10, 20, 30, 21, 21], tenure=[5, 9, 30, 9, 9])
    assert pick_from("typical", table, table) == 1


def test_the_silent_leaver_had_been_a_customer_longest():
    table = table_of(ending=[1, 1, 2, 1], tenure=[5.0, 40.0, 90.0, 40.0])
    assert pick_from("silent", table, table) == 1


def test_the_saved_customer_left_here_first_and_never_left_there():
    table = table_of(ending=[1, 1, 2, 1, 0], month=[9, 4, 5, 1, 2])
    other = table_of(ending=[0, 1, 0, 0, 0], month=[0, 6, 0, 3, 0])
    assert pick_from("saved", table, other) == 2


@pytest.mark.parametrize("rule", ["typical", "silent", "saved"])
def test_a_pick_for_which_nobody_fits_says_so(rule):
    table = table_of(ending=[0, 3])
    with pytest.raises(BadInput, match=f"pick {rule}: in the months so far nobody"):
        pick_from(rule, table, table)


@pytest.mark.parametrize(
    ("rule", "side", "message"), [("best", "left", "known are typical"), ("silent", "up", "left and")]
)
def test_a_pick_or_side_that_is_not_known_is_refused(lives, rule, side, message):
    with pytest.raises(BadInput, match=message):
        lives.pick(rule, side)


def test_a_picked_leaver_left(lives):
    answer = lives.pick("typical")
    assert answer["sides"]["left"]["end"]["event"] == "left"
    assert answer["alike"]["left"]["ending"].startswith("left_")


def test_every_kind_of_event_has_the_key_of_its_constant():
    assert sorted(EVENT_KEYS) == sorted(EVENTS)
    assert all(getattr(happened, name.upper()) == code for code, name in EVENT_KEYS.items())


@pytest.mark.parametrize("code", sorted(_NAMES), ids=EVENT_KEYS.get)
def test_numbers_of_an_event_are_no_more_than_it_declares(code):
    assert len(_NAMES[code]) <= len(EVENTS[code].details)


def test_reasons_and_sources_are_as_many_as_the_model_has():
    counts = [len(REASONS_TO_CONSIDER), len(REASONS_TO_LEAVE), len(SOURCES_OF_JOINING), len(LIFE_ENDINGS)]
    assert counts == [len(REASONS), len(REASONS_OF_LOSS), len(SOURCES_OF_WINS), 4]


def event_row(code, value=0.0, details=()):
    row = np.zeros(1, KEPT_EVENT)
    row["code"], row["value"] = code, value
    row["details"][0, : len(details)] = details
    return row[0]


def test_money_of_an_event_is_that_of_one_person():
    numbers = numbers_of_event(event_row(happened.BILLED, 0.0, (120_000, 30_000)), Unit(15.0))
    assert (numbers["revenue"], numbers["discount"]) == (80.0, 20.0)


def test_the_discount_of_a_newcomer_is_a_share():
    assert numbers_of_event(event_row(happened.SAW_NEWCOMER_OFFER, 0.0, (0.25,)), Unit(15.0)) == {"discount": 0.25}


def test_stops_of_an_incident_are_named():
    numbers = numbers_of_event(event_row(happened.INCIDENT, 1.0, (0.0, 0.0, 0b1001, 0b10000)), Unit(1.0))
    assert (numbers["needed"], numbers["hidden"]) == (["product", "finance"], ["other_unit"])


@pytest.mark.parametrize(("packed", "senior", "chance"), [(0.5, 0, 0.25), (1.5, 1, 0.25), (1.0, 1, 0.0)])
def test_senior_staff_and_the_chance_of_rework_are_unpacked(packed, senior, chance):
    numbers = numbers_of_event(event_row(happened.SERVED, 0.0, (1, 0, 0, 0, 0, packed)), Unit(1.0))
    assert (numbers["senior"], numbers["rework_chance"]) == (senior, chance)


def parameters(pair, **mechanisms):
    scenario = pair.left.scenario
    return parameters_of(scenario.market, {**scenario.mechanisms, **mechanisms}, True)


def test_a_bad_service_is_split_by_what_the_model_takes_for_each_part(pair):
    numbers = parameters(pair)
    event = event_row(happened.SERVED, 2.0, (1, 1, 0, 3, 1, 0.0))
    assert parts_of_service(event, numbers) == pytest.approx(
        {
            "waiting": -2 * numbers.service_wait_effect,
            "handoff": -3 * numbers.service_handoff_effect,
            "retelling": -numbers.service_told_again_effect,
            "rework": -numbers.service_rework_effect,
        }
    )


def test_the_cause_of_a_bad_service_is_its_largest_part():
    event = event_row(happened.SERVED)
    parts = {"handoff": -0.2, "rework": -0.3, "senior": 0.5}
    assert cause_of(event, parts, -0.1) == "rework"
    assert cause_of(event, parts, 0.1) == "service"
    assert cause_of(event, {"senior": 0.5}, -0.1) == "service"


@pytest.fixture(scope="module")
def demanding():
    """Lives where customers are refused, called on too often and sold what they do not need."""
    settings = {
        "mechanisms.selection": True, "mechanisms.sales_calls": True, "market.selection.resentment": 0.4,
        "market.sales.acceptance": 1.0, "market.sales.giving_up": 0.5,
    }  # fmt: skip
    pair = open_pair({"customers": 150, "months": 18, "settings": settings})
    strict = {"firms.north.decisions.decline_below": 0.15, "firms.north.decisions.most_calls": 1.0}
    return Lives(*watched(pair.changed("left", 0, strict)))


@pytest.fixture(scope="module")
def changes(demanding):
    """Change, cause and satisfaction before of every event, by its key."""
    changes, left = {}, demanding.worlds["left"]
    for place in np.flatnonzero(np.max([seen.holder for seen in left.months], axis=0) >= 0):
        for event in demanding.life(int(place), left.month)["sides"]["left"]["events"]:
            changes.setdefault(event["event"], []).append((event["change"], event["cause"], event["before"]))
    return changes


def test_a_refusal_takes_the_share_that_the_model_says(changes):
    moved = [(change, before) for change, _, before in changes["given_notice"] + changes["turned_away"] if change]
    assert len(moved) > 3
    assert all(change == pytest.approx(-0.4 * before, abs=1e-5) for change, before in moved)


def test_causes_are_known_and_none_is_missing_where_much_happens(changes):
    causes = {cause for rows in changes.values() for change, cause, _ in rows if change}
    assert UNEXPLAINED not in causes
    assert {"refusal", "unneeded", "use"} <= causes <= set(CAUSES_OF_CHANGE)


def test_what_serves_no_need_disappoints_when_it_is_given_up(changes):
    rows = [row for key in ("gave_up_category", "returned_category") for row in changes.get(key, [])]
    assert {cause for change, cause, _ in rows if change} == {"unneeded"}


def test_purchases_and_words_too_weak_to_be_felt_are_not_kept():
    rows = np.zeros(5, EVENT)
    rows["code"] = [happened.BOUGHT, happened.HEARD_WORDS, happened.HEARD_WORDS, happened.USED, happened.USED]
    rows["value"], rows["firm"] = [1.0, 0.001, -0.2, 1.0, 1.0], [0, 0, 0, 0, 1]
    assert kept_events(rows, 0)["code"].tolist() == [happened.HEARD_WORDS, happened.USED]


def test_customers_of_a_firm_that_exits_lose_it(pair):
    world = WatchedWorld(pair.left, pair.firm).run_to(2)
    inside = world._market.world
    inside.firms[0].finance.exited = inside.month
    customers = int(np.count_nonzero(world.months[2].supplier == 0))
    world.run_to(4)
    gone = world.months[3].events
    assert np.count_nonzero(gone["code"] == happened.LOST_SUPPLIER) == customers
    assert not np.count_nonzero(world.months[4].events["code"] == happened.LOST_SUPPLIER)


def cases(**columns):
    size = len(next(iter(columns.values())))
    zero = {name: np.zeros(size, np.int64) for name in CaseTable._fields} | {"place": np.arange(size)}
    return CaseTable(**zero | {name: np.array(column) for name, column in columns.items()})


def test_the_case_that_was_handed_on_most_is_chosen_then_the_story_then_the_month():
    table = cases(handoffs=[3, 4, 4, 4], repeats=[9, 1, 2, 2], month=[1, 1, 7, 5])
    assert most_handed_on(table, table) == 3


def test_a_case_that_both_worlds_have_goes_first():
    table = cases(handoffs=[4, 2], month=[1, 2])
    assert most_handed_on(table, cases(handoffs=[0], month=[2], place=[1])) == 1


def test_without_cases_none_is_chosen():
    empty = cases(handoffs=np.zeros(0, np.int64))
    assert most_handed_on(empty, empty) == -1


def happening(month, event, before=0.5, satisfaction=0.5, department="", **numbers):
    return {
        "month": month, "event": event, "before": before, "satisfaction": satisfaction, "department": department,
        "numbers": numbers,
    }  # fmt: skip


LIFE = [
    happening(2, "used"),
    happening(3, "incident", needed=["product", "finance"], hidden=["product", "finance"]),
    happening(3, "handed_on", department="product", again=1.0),
    happening(3, "handed_on", department="finance", again=0.0),
    happening(3, "served", 0.5, 0.4, again=1.0),
    happening(4, "waited", 0.4, 0.4),
    happening(5, "served", 0.4, 0.3, again=0.0),
    happening(6, "served", 0.3, 0.1, again=0.0),
]


def test_a_case_is_followed_until_it_is_served_for_good():
    assert case_of(LIFE, 3) == {
        "month": 3, "needed": ["product", "finance"], "stops": ["product", "finance"], "handoffs": 2, "repeats": 1,
        "outcome": "solved", "months": 2, "visits": 2, "in_vain": 1, "before": 0.5, "after": 0.3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "outcome"),
    [(happening(4, "left"), "left"), (happening(4, "gave_up_waiting"), "gave_up"), (happening(4, "used"), "open")],
)
def test_a_case_may_end_otherwise_or_not_at_all(last, outcome):
    assert case_of([*LIFE[:4], last], 3)["outcome"] == outcome


def test_a_month_without_incident_has_no_case():
    assert case_of(LIFE, 2) is None
