"""Worlds that are watched: timelines, frames and pairs."""

from dataclasses import replace

import numpy as np
import pytest

from sim import BadInput, Market, Scenario
from sim.experiments.live.frame import WORD_ROW, Bounds, dots_of, newcomers_at, read_frame, thinned
from sim.experiments.live.frame_measures import FRAME_MEASURES, MEASURE_NAMES
from sim.experiments.live.pair import TimelinePair, describe, open_pair, unpaired_places
from sim.experiments.live.timeline import Timeline, TimelineChange, allowed_settings
from sim.experiments.live.watched_world import WatchedWorld, WatchedWorlds
from sim.model.measures import BY_NAME

MONTHS = 15
SMALL = {"customers": 60, "months": MONTHS, "settings": {"market.service.handoff_need": 0.6}}
WALLS = {"firms.north.decisions.walls": 0.1}


@pytest.fixture(scope="module")
def pair():
    return open_pair(SMALL)


@pytest.fixture(scope="module")
def worlds(pair):
    left, right = (WatchedWorld(line, pair.firm).run_to(MONTHS) for line in pair.sides)
    return left, right


def frames_of(world):
    return [seen.frame for seen in world.months]


def column(world, name):
    return world.measures[1:, MEASURE_NAMES.index(name)]


def unwatched(line):
    market = Market(line.scenario, line.seed, line.replicate)
    market.live_warm_up()
    market = market.fork(line.settings_at(0))
    return market.run()


def test_a_watched_world_is_the_unwatched_one_to_the_bit(pair, worlds):
    market = unwatched(pair.left)
    theirs = market.measures()
    own = theirs["firm"] == pair.firm
    for name in MEASURE_NAMES:
        if name in BY_NAME:
            assert column(worlds[0], name).tolist() == theirs[name][own].tolist(), name
    assert worlds[0].months[-1].satisfaction.tolist() == market.world.people.satisfaction[:, 0].tolist()


def test_alike_settings_give_frames_alike_to_the_byte(pair, worlds):
    twin = TimelinePair(pair.left, pair.left.changed(0, {"firms.north.policy": "product_centric"}), pair.firm)
    again = WatchedWorld(twin.right, pair.firm).run_to(MONTHS)
    assert frames_of(again) == frames_of(worlds[0])


def test_a_restart_from_scenario_seed_and_changes_gives_the_same_frames(pair, worlds):
    line = Timeline(Scenario.from_mapping(pair.right.scenario.as_mapping()), pair.right.seed, 0, pair.right.changes)
    assert frames_of(WatchedWorld(line, pair.firm).run_to(MONTHS)) == frames_of(worlds[1])


def test_the_two_sides_begin_alike_and_then_differ(worlds):
    first, last = ([world.months[month].frame for world in worlds] for month in (0, MONTHS))
    assert first[0] == first[1]
    assert last[0] != last[1]


def test_a_fork_keeps_the_months_before(pair, worlds):
    forked = WatchedWorld(pair.left.changed(6, WALLS), pair.firm, worlds[0]).run_to(MONTHS)
    same = [mine == theirs for mine, theirs in zip(frames_of(forked), frames_of(worlds[0]), strict=True)]
    assert same == [month <= 6 for month in range(MONTHS + 1)]


@pytest.mark.parametrize("month", [5, 13])
def test_a_fork_from_memory_is_the_same_run_from_the_start(pair, worlds, month):
    line = pair.left.changed(month, WALLS)
    from_memory = WatchedWorld(line, pair.firm, worlds[0]).run_to(MONTHS)
    assert frames_of(from_memory) == frames_of(WatchedWorld(line, pair.firm).run_to(MONTHS))


def test_a_world_from_memory_starts_from_its_nearest_relative(pair):
    kept = WatchedWorlds()
    kept.of(pair.left, pair.firm).run_to(MONTHS)
    assert kept.of(pair.left.changed(13, WALLS), pair.firm).month == 12


def test_worlds_are_forgotten_when_they_take_too_much_memory_but_never_the_two_that_are_shown(pair):
    kept = WatchedWorlds(most=0)
    first = kept.of(pair.left, pair.firm)
    kept.of(pair.right, pair.firm)
    assert kept.of(pair.left, pair.firm) is first
    kept.of(pair.left.changed(1, WALLS), pair.firm)
    assert kept.of(pair.left, pair.firm) is first
    assert kept.of(pair.right, pair.firm).month == 0


def test_frames_come_on_their_side_with_their_serial(worlds):
    frame = list(worlds[0].frames(side=1, start=MONTHS, serial=513))[0]
    assert (frame[1], frame[14:16]) == (1, bytes([1, 2]))
    assert frame[:1] + bytes([0]) + frame[2:14] + bytes(2) + frame[16:] == worlds[0].months[-1].frame


def test_a_frame_can_be_read_back(worlds):
    parts = read_frame(worlds[0].months[-1].frame)
    assert parts.month == MONTHS
    assert len(parts.dots) == SMALL["customers"]
    assert parts.measures.tolist() == worlds[0].months[-1].measures.astype(np.float32).tolist()


def test_a_frame_of_another_version_is_refused(worlds):
    with pytest.raises(ValueError, match="a frame of version 9"):
        read_frame(bytes([9]) + worlds[0].months[0].frame[1:])


def test_the_first_frame_brings_everybody_who_is_there(worlds):
    newcomers = read_frame(worlds[0].months[0].frame).newcomers
    assert newcomers["place"].tolist() == np.flatnonzero(worlds[0].months[0].holder >= 0).tolist()


def test_later_newcomers_are_those_whose_place_has_another_holder(worlds):
    for before, seen in zip(worlds[0].months, worlds[0].months[1:], strict=False):
        changed = np.flatnonzero((seen.holder >= 0) & (seen.holder != before.holder))
        assert read_frame(seen.frame).newcomers["place"].tolist() == changed.tolist()


def test_dots_count_the_customers(worlds):
    for world in worlds:
        counts = [np.count_nonzero(read_frame(seen.frame).dots >> 5 == 1) * world.weight for seen in world.months[1:]]
        assert counts == column(world, "customers").tolist()


@pytest.mark.parametrize(
    ("supplier", "was_ours", "state"),
    [(0, True, 1), (1, False, 2), (-1, False, 3), (1, True, 4), (-1, True, 5), (-2, True, 0), (-2, False, 0)],
)
def test_a_dot_says_whose_customer_it_is_and_was(supplier, was_ours, state):
    assert dots_of(np.array([supplier]), np.array([was_ours]), np.array([0.5]), 0)[0] >> 5 == state


@pytest.mark.parametrize("satisfaction", [0.0, 0.3, 1.0])
def test_a_dot_shows_satisfaction_in_steps(satisfaction):
    shade = dots_of(np.array([0]), np.array([True]), np.array([satisfaction]), 0)[0] & 31
    assert shade == round(31 * satisfaction)


def test_who_never_was_a_customer_shows_no_satisfaction():
    assert dots_of(np.array([1]), np.array([False]), np.array([0.9]), 0)[0] & 31 == 0


def test_needs_are_scaled_to_their_bounds():
    rows = newcomers_at(np.array([0, 1]), np.array([[-1.0, 3.0], [1.0, 9.0]]), Bounds(-1.0, 1.0, 1.0, 5.0))
    assert rows.tolist() == [(0, 0, 32768), (1, 65535, 65535)]


def test_thinning_keeps_the_same_pairs_whatever_else_there_is():
    rows = np.zeros(50, WORD_ROW)
    rows["speaker"], rows["listener"] = np.arange(50), np.arange(50) * 7 % 50
    kept = thinned(rows, ("speaker", "listener"), 10)
    fewer = thinned(
        rows[np.isin(rows["speaker"], kept["speaker"]) | (rows["speaker"] < 25)], ("speaker", "listener"), 10
    )
    assert len(kept) == 10
    assert fewer.tolist() == kept.tolist()


def test_hand_offs_of_a_frame_add_up_to_the_measure(worlds):
    for seen in worlds[0].months[1:]:
        rows = read_frame(seen.frame).handoffs
        total = int((rows["flags"] >> 1).sum()) * worlds[0].weight
        assert total == seen.measures[MEASURE_NAMES.index("handoffs")]


def test_hand_offs_by_department_add_up(worlds):
    names = [name for name in MEASURE_NAMES if name.startswith("handoffs_to_")]
    assert sum(column(worlds[0], name) for name in names).tolist() == column(worlds[0], "handoffs").tolist()


def test_a_department_is_handed_no_more_cases_than_need_it(worlds):
    for stop in ("product", "marketing", "sales", "finance"):
        assert (column(worlds[0], f"handoffs_to_{stop}") <= column(worlds[0], f"cases_for_{stop}")).all()


def test_who_waits_at_the_desk_has_an_open_incident_there(pair):
    busy = open_pair({"customers": 300, "months": 6, "settings": {"market.service.handoff_need": 0.9}})
    world = WatchedWorld(busy.left, busy.firm)
    waited = 0
    for month in range(1, 7):
        people = world.run_to(month)._market.world.people
        open_cases = (people.open_incidents > 0) & (people.supplier == 0) & (people.present == 1)
        shown = dict(zip(MEASURE_NAMES, world.months[month].measures, strict=True))
        assert shown["waiting_at_service"] == np.count_nonzero(open_cases) * world.weight
        assert all(shown[f"waiting_for_{name}"] <= shown["waiting_at_service"] for name in ("product", "finance"))
        waited += shown["waiting_for_product"]
    assert waited > 0


def test_nobody_waits_for_a_department_who_was_not_handed_on(pair):
    joined_up = {"customers": 300, "months": 3, "settings": {"market.service.handoff_need": 0.9}}
    line = open_pair(joined_up).left.changed(0, {"firms.north.decisions.walls": 0.0})
    world = WatchedWorld(line, "north").run_to(3)
    assert column(world, "waiting_at_service").sum() > 0
    assert column(world, "waiting_for_product")[-1] == 0.0


def test_who_comes_to_the_market_has_left_nobody(worlds):
    for seen in worlds[0].months[1:]:
        parts = read_frame(seen.frame)
        assert set((parts.dots[parts.newcomers["place"]] >> 5).tolist()) <= {1, 2, 3}


def test_words_go_along_ties_to_people_who_are_there(worlds):
    for seen in worlds[1].months[1:]:
        words = read_frame(seen.frame).words
        assert (seen.holder[words["listener"]] >= 0).all()
        assert all(word["listener"] in worlds[1].listeners(int(word["speaker"])) for word in words)


def test_speakers_are_as_many_as_the_messages(worlds):
    spoke = 0
    for seen in worlds[1].months[1:]:
        words = read_frame(seen.frame).words
        praised = len(set(words["speaker"][words["sign"] == 1].tolist())) * worlds[1].weight
        assert praised <= seen.measures[MEASURE_NAMES.index("messages_positive")]
        spoke += praised
    assert spoke > 0


def test_profit_is_cumulated(worlds):
    assert column(worlds[0], "profit_total") == pytest.approx(np.cumsum(column(worlds[0], "profit")))


def test_both_sides_hold_the_same_people(worlds):
    assert [unpaired_places(*worlds, month) for month in range(MONTHS + 1)] == [[]] * (MONTHS + 1)


def test_a_place_that_somebody_else_holds_is_unpaired(worlds):
    left, right = worlds
    holder = right.months[3].holder.copy()
    holder[7] += 1
    months = [*right.months[:3], right.months[3]._replace(holder=holder)]
    other = WatchedWorld.__new__(WatchedWorld)
    other.months = months
    assert unpaired_places(left, other, 3) == [7]


def test_the_description_names_every_measure_of_a_frame(worlds):
    about = describe(worlds[0].bounds)
    assert [row["name"] for row in about["measures"]] == list(MEASURE_NAMES)
    assert {row["better"] for row in about["measures"]} <= {"higher", "lower", "neutral"}
    assert about["bounds"] == list(worlds[0].bounds)
    assert {row["figure"] for row in about["departments"]} <= set(MEASURE_NAMES)


def test_no_measure_of_a_frame_is_named_twice():
    assert len(MEASURE_NAMES) == len(set(MEASURE_NAMES)) == len(FRAME_MEASURES)


def test_the_usual_pair_differs_in_the_policy_alone(pair):
    assert pair.differences == [
        {"month": 0, "path": "firms.north.policy", "left": "product_centric", "right": "customer_centric"}
    ]


def test_equal_sides_have_no_differences(pair):
    assert replace(pair, right=pair.left).differences == []


def test_a_difference_that_ends_is_said_with_equal_values(pair):
    ended = pair.changed("right", 9, {"firms.north.policy": "product_centric"})
    assert ended.differences[-1] == {
        "month": 9, "path": "firms.north.policy", "left": "product_centric", "right": "product_centric",
    }  # fmt: skip


def test_changes_of_one_month_are_merged_and_the_newest_wins(pair):
    line = pair.left.changed(4, WALLS | {"firms.north.decisions.price": 1.1}).changed(
        4, {"firms.0.decisions.walls": 0.2}
    )
    assert line.settings_at(4) == {"firms.0.decisions.price": 1.1, "firms.0.decisions.walls": 0.2}


def test_a_change_drops_those_after_it(pair):
    line = pair.left.changed(4, WALLS).changed(9, WALLS)
    assert [change.month for change in line.dropped_by(4)] == [9]
    assert [change.month for change in line.changed(4, WALLS).changes] == [0, 4]


def test_a_change_never_alters_the_timeline_it_came_from(pair):
    before = pair.left.key
    pair.left.changed(4, WALLS)
    assert pair.left.key == before


def test_history_keeps_every_timeline_and_an_earlier_one_can_be_chosen(pair):
    changed = pair.changed("both", 3, WALLS)
    assert [line.key for line in changed.history[:2]] == [pair.left.key, pair.right.key]
    back = changed.chosen(pair.left.key, changed.right.key)
    assert (back.left, len(back.history)) == (pair.left, 4)


def test_the_key_depends_on_the_content_and_not_on_the_spelling(pair):
    first, second = (pair.left.changed(2, {f"firms.{name}.decisions.walls": 0.5}) for name in ("north", "0"))
    assert first.key == second.key != pair.left.key
    assert pair.left.replicated(1).key != pair.left.key


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"firms.north.decisions.walls": 3}, r"firms.0.decisions.walls is 3 0-1; it must lie between 0 and 1"),
        ({"firms.north.decisions.walls": float("nan")}, "must lie between 0 and 1"),
        ({"firms.nort.policy": "osfa"}, "Did you mean north"),
        ({"firms.north.policy": "osf"}, "Did you mean osfa"),
        ({"firms.north.policy": "mine.py:Mine"}, "allowed is a name of the box"),
        ({"firms.north.policy": ["osfa"]}, "one number, truth value or name is needed"),
        ({"market.network.file": "/etc/passwd"}, "makes the people or their ties"),
        ({"market.customers": 500_000}, "makes the people or their ties"),
        ({"market.size": 500_000}, "makes the people or their ties"),
        ({"market.customer_class": "os:system"}, "makes the people or their ties"),
        ({"months": 5}, "months is no setting of a world that is watched"),
        ({"seed": 5}, "seed is no setting"),
        ({"firms.north.name": "best"}, "cannot change; run a new world instead"),
        ({"firms.north.offers.quality": 0.9}, "cannot change; run a new world instead"),
        ({"mechanisms.voice": "yes"}, "true or false is needed"),
        ({"mechanisms.nothing": True}, "is not a known key"),
    ],
)
def test_a_setting_that_is_not_allowed_is_refused_by_name(pair, settings, message):
    with pytest.raises(BadInput, match=message):
        pair.changed("left", 3, settings)


def test_a_hundred_settings_are_the_most_that_change_at_once(pair):
    many = {f"firms.north.decisions.x{k}": 0.5 for k in range(101)}
    with pytest.raises(BadInput, match="101 settings are changed at once; at most 100"):
        pair.left.changed(1, many)


@pytest.mark.parametrize("month", [-1, MONTHS, 1.5, True, None])
def test_a_month_outside_the_run_is_refused(pair, month):
    with pytest.raises(BadInput, match=f"after months 0 to {MONTHS - 1}"):
        pair.left.changed(month, WALLS)


def test_changes_out_of_order_are_refused(pair):
    with pytest.raises(BadInput, match="in rising order"):
        Timeline(pair.left.scenario, 1, 0, (TimelineChange(3, ()), TimelineChange(2, ())))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"wrld": "telecom"}, "Did you mean world"),
        ({"world": "telecm"}, "Did you mean telecom"),
        ({"world": "../secret.yaml"}, "is not in the box"),
        ({"firm": "nort"}, "Did you mean north"),
        ({"customers": 4001}, "from 10 to 4000"),
        ({"months": 121}, "from 1 to 120"),
        ({"left": "osfa"}, "key paths with values are needed"),
        ({"settings": {"market.network.degree": 90}}, "makes the people or their ties"),
    ],
)
def test_a_pair_that_cannot_be_opened_is_refused_by_name(wanted, message):
    with pytest.raises(BadInput, match=message):
        open_pair(wanted)


def test_another_world_shows_its_first_firm_with_no_difference():
    pair = open_pair({"world": "grocery", "customers": 60, "months": 2})
    assert (pair.firm, pair.differences) == (Scenario.load("grocery").firms[0].name, [])


def test_sides_of_other_worlds_make_no_pair(pair):
    with pytest.raises(BadInput, match="seed is 1 on the left and 2 on the right"):
        TimelinePair(pair.left, replace(pair.right, seed=2), pair.firm)
    other = Timeline(pair.left.scenario.with_settings({"market.death": 0.01}), 1)
    with pytest.raises(BadInput, match="start from other worlds"):
        TimelinePair(pair.left, other, pair.firm)


def test_settings_that_are_allowed_are_given_back():
    assert allowed_settings(WALLS) == WALLS
