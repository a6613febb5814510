"""The band around a pair, and the opening whose numbers come from the runs."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from sim.experiments.live.band import BAND_MEASURES, PairWorlds, bands, better_of, monthly_of
from sim.experiments.live.case import case_table
from sim.experiments.live.customer_life import Lives
from sim.experiments.live.frame_measures import MEASURE_NAMES
from sim.experiments.live.opening import opening_script
from sim.experiments.live.opening_evidence import decisions_apart
from sim.experiments.live.pair import TimelinePair, open_pair
from sim.experiments.live.watched_world import WatchedWorld
from sim.policies.customer_centric import CustomerCentric
from sim.policies.product_centric import ProductCentric
from sim.statistics.intervals import students_interval
from sim.statistics.paired import paired_difference

MONTHS, WORLDS = 8, 10
SMALL = {"customers": 120, "months": MONTHS, "settings": {"market.service.handoff_need": 0.6}}
RESULTS = Path(__file__).parents[2] / "results"
OTHER = {"left": "right", "right": "left", "alike": "alike"}


def lives_of(pair):
    return Lives(*(WatchedWorld(line, pair.firm).run_to(MONTHS) for line in pair.sides))


@pytest.fixture(scope="module")
def pair():
    return open_pair(SMALL)


@pytest.fixture(scope="module")
def worlds(pair):
    paired = PairWorlds(pair)
    for _ in range(WORLDS):
        paired.add()
    return paired


@pytest.fixture(scope="module")
def lives(pair):
    return lives_of(pair)


@pytest.fixture(scope="module")
def script(pair, lives, worlds):
    return opening_script(pair, lives, worlds)


@pytest.fixture(scope="module")
def mirrored(pair, lives, worlds):
    """The script of the same worlds with the sides exchanged."""
    other = PairWorlds(TimelinePair(pair.right, pair.left, pair.firm))
    other.left, other.right = worlds.right, worlds.left
    return opening_script(other.pair, Lives(lives.worlds["right"], lives.worlds["left"]), other)


@pytest.fixture(scope="module")
def null(pair):
    """The script of a pair without a difference."""
    same = TimelinePair(pair.left, pair.left, pair.firm)
    paired = PairWorlds(same)
    paired.add()
    paired.add()
    return opening_script(same, lives_of(same), paired), paired.band()


def test_an_unwatched_run_has_the_measures_of_the_watched_one(pair, lives):
    unwatched = monthly_of(pair.left, pair.firm)
    for name in BAND_MEASURES:
        theirs = lives.worlds["left"].measures[1:, MEASURE_NAMES.index(name)]
        assert unwatched[name] == pytest.approx(theirs, nan_ok=True), name


def test_a_changed_timeline_runs_unwatched_as_it_is_watched(pair):
    line = pair.left.changed(3, {"firms.north.decisions.walls": 0.0})
    theirs = WatchedWorld(line, pair.firm).run_to(MONTHS).measures[1:, MEASURE_NAMES.index("profit")]
    assert monthly_of(line, pair.firm)["profit"].tolist() == theirs.tolist()


def test_the_band_holds_the_mean_and_its_interval_month_by_month(worlds):
    left, right = worlds.values("profit_total")
    band = worlds.band()["measures"]["profit_total"]
    for curve, values in (("left", left), ("right", right), ("difference", right - left)):
        for month in range(MONTHS):
            ends = (values[:, month].mean(), *students_interval(values[:, month]))
            shown = [band[curve][name][month] for name in ("mean", "low", "high")]
            assert shown == pytest.approx(ends, rel=1e-5)


def test_nine_of_ten_worlds_lie_in_the_range(worlds):
    left, _ = worlds.values("customers")
    band = worlds.band()["measures"]["customers"]["left"]
    expected = np.quantile(left[:, -1], [0.05, 0.95])
    assert [band["range_low"][-1], band["range_high"][-1]] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", BAND_MEASURES)
def test_a_side_is_ahead_where_it_is_better(worlds, name):
    left, right = (side[:, -1] for side in worlds.values(name))
    sign = -1.0 if better_of(name) == "lower" else 1.0
    ahead = worlds.band()["measures"][name]["ahead"]
    wins = paired_difference(sign * right, sign * left).wins, paired_difference(sign * left, sign * right).wins
    assert (ahead["right"][-1] * WORLDS, ahead["left"][-1] * WORLDS) == pytest.approx(wins)


def test_few_worlds_have_no_range_and_one_has_no_interval(pair):
    first, second = bands(TimelinePair(pair.left, pair.left, pair.firm), (1, 2))
    side = first["measures"]["profit"]["left"]
    assert (side["low"], side["range_low"]) == ([None] * MONTHS, [None] * MONTHS)
    assert second["measures"]["profit"]["left"]["low"][-1] is not None
    assert [first["worlds"], second["worlds"]] == [1, 2]


def test_worlds_of_a_band_have_other_people(worlds, lives):
    shown = lives.worlds["left"].measures[1:, MEASURE_NAMES.index("profit")].tolist()
    firsts = [world["profit"].tolist() for world in worlds.left]
    assert shown not in firsts
    assert len({tuple(own) for own in firsts}) == WORLDS


def test_a_pair_without_a_difference_has_a_band_of_exactly_zero(null):
    for measure in null[1]["measures"].values():
        curve = measure["difference"]
        assert {value for name in ("mean", "low", "high") for value in curve[name]} <= {0.0, None}
        assert set(measure["ahead"]["left"] + measure["ahead"]["right"]) == {0.0}


def test_script_and_band_can_be_sent_as_json(script, worlds):
    json.dumps([script, worlds.band()], allow_nan=False)


def test_the_story_begins_where_more_is_handed_on(script):
    totals = {side: numbers["handoffs"] for side, numbers in script["totals"].items()}
    assert totals[script["first"]] == max(totals.values())


def test_no_case_of_that_side_that_both_worlds_have_was_handed_on_more(script, lives):
    first, other = (case_table(lives.worlds[side]) for side in (script["first"], OTHER[script["first"]]))
    rows = zip(first.month.tolist(), first.place.tolist(), first.generation.tolist(), strict=True)
    shared = [handoffs for row, handoffs in zip(rows, first.handoffs.tolist(), strict=True) if row in other.addresses()]
    assert script["customer"]["cases"][script["first"]]["handoffs"] == max(shared)


def test_who_left_by_choice_left_in_silence_or_after_a_complaint(script):
    for totals in script["totals"].values():
        assert totals["losses_voluntary"] == totals["losses_silent"] + totals["losses_complained"]


def test_the_case_is_that_of_the_life(script, lives):
    customer = script["customer"]
    life = lives.life(customer["place"], customer["month"])
    for side, case in customer["cases"].items():
        events = [event for event in life["sides"][side]["events"] if event["month"] == customer["month"]]
        assert case["handoffs"] == sum(event["event"] == "handed_on" for event in events)


def test_it_says_how_many_were_handed_on_as_often(script, lives):
    often = script["alike"]["handoffs"]
    for side, world in lives.worlds.items():
        table = case_table(world)
        often_handed = table.handoffs >= often
        people = set(zip(table.place[often_handed].tolist(), table.generation[often_handed].tolist(), strict=True))
        assert script["alike"][side]["as_often"] == len(people)
        assert script["alike"][side]["people"]["as_often"] == len(people) * world.weight


def test_figures_of_departments_are_measured_against_the_first_month(script, lives):
    for side, world in lives.worlds.items():
        for row in script["figures"][side]:
            column = world.measures[:, MEASURE_NAMES.index(row["figure"])]
            assert row["value"] == column[-1]
            expected = column[-1] <= 1.0 if row["figure"] == "utilisation" else column[-1] >= column[1]
            assert row["good"] == expected


def test_the_truth_of_the_bets_is_what_the_shown_world_gives(script):
    handoffs, profit = script["bets"]
    assert handoffs["truth"] == str(script["customer"]["cases"][script["first"]]["handoffs"])
    shown = script["profit"]["shown"]
    assert profit["truth"] == max(shown, key=shown.get)
    assert all(bet["truth"] in bet["answers"] for bet in script["bets"])


def test_profit_is_that_of_the_shown_world_and_of_the_paired_worlds(script, lives, worlds):
    for side, world in lives.worlds.items():
        expected = world.measures[1:, MEASURE_NAMES.index("profit")].sum()
        assert script["profit"]["shown"][side] == pytest.approx(expected)
    left, right = (side[:, -1] for side in worlds.values("profit_total"))
    own = paired_difference(right, left)
    assert script["profit"]["mean"] == pytest.approx(own.mean)
    assert (script["profit"]["ahead"]["right"], script["profit"]["worlds"]) == (own.wins, own.replications)


def test_without_paired_worlds_nothing_is_said_beyond_the_shown_one(pair, lives):
    profit = opening_script(pair, lives, PairWorlds(pair))["profit"]
    assert (profit["worlds"], profit["reading"]) == (0, None)
    assert "mean" not in profit


def test_a_mirrored_world_turns_the_story_round(script, mirrored):
    assert mirrored["first"] == OTHER[script["first"]]
    assert mirrored["customer"]["worse"] == OTHER[script["customer"]["worse"]]
    for side in ("left", "right"):
        for part in ("totals", "figures"):
            assert mirrored[part][side] == script[part][OTHER[side]]
        assert mirrored["customer"]["cases"][side] == script["customer"]["cases"][OTHER[side]]


def test_a_mirrored_world_turns_the_last_sentence_round(script, mirrored):
    assert mirrored["profit"]["reading"] == OTHER[script["profit"]["reading"]]
    assert mirrored["profit"]["mean"] == pytest.approx(-script["profit"]["mean"])
    assert mirrored["profit"]["low"] == pytest.approx(-script["profit"]["high"], rel=0.05)
    assert mirrored["bets"][1]["truth"] == OTHER[script["bets"][1]["truth"]]


def test_a_pair_without_a_difference_says_alike(null):
    script = null[0]
    assert script["customer"]["worse"] == "alike"
    assert script["customer"]["cases"]["left"] == script["customer"]["cases"]["right"]
    assert (script["profit"]["reading"], script["profit"]["mean"], script["profit"]["low"]) == ("alike", 0.0, 0.0)
    assert script["bets"][1]["truth"] == "alike"


def test_a_world_without_incidents_tells_of_no_customer():
    quiet = open_pair({"customers": 30, "months": 2, "settings": {"mechanisms.incidents": False}})
    lives = Lives(*(WatchedWorld(line, quiet.firm).run_to(2) for line in quiet.sides))
    script = opening_script(quiet, lives, PairWorlds(quiet))
    assert (script["customer"], script["alike"]) == (None, None)
    assert [bet["question"] for bet in script["bets"]] == ["opening.profit"]


def test_markets_are_counted_from_the_table(script):
    with (RESULTS / "claims" / "phase.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["question"] == "when-it-pays"]
    markets = script["markets"]
    for policy, count in markets["clear"].items():
        assert count == sum(row["winner"] == policy and row["resolved"] == "True" for row in rows), policy
    assert markets["undecided"] == sum(row["resolved"] != "True" for row in rows)
    assert markets["markets"] == len(rows)


def test_markets_are_those_of_the_world_they_were_made_from(script):
    assert (script["markets"]["world"], script["markets"]["here"]) == ("telecom", True)


def test_the_two_policies_differ_in_every_decision_that_defines_them(script):
    defining = ProductCentric.defining.keys() | CustomerCentric.defining.keys()
    assert script["decisions"]["count"] == len(defining)
    assert script["decisions"]["walls"]


def test_a_decision_held_alike_on_both_sides_is_none_in_which_they_differ(pair, script):
    held = pair.changed("both", 0, {"firms.north.decisions.walls": 0.5})
    count = script["decisions"]["count"]
    assert decisions_apart(held) == {"count": count - 1, "acting": script["decisions"]["acting"] - 1, "walls": False}


def test_firms_that_are_alike_differ_in_no_decision(null):
    assert null[0]["decisions"] == {"count": 0, "acting": 0, "walls": False}


def test_the_silent_are_a_part_of_those_who_left_by_choice(script):
    for side, totals in script["totals"].items():
        left = totals["losses_voluntary"]
        assert script["silent"][side] == (totals["losses_silent"] / left if left else None)


def test_the_flagship_is_quoted_as_it_stands(script):
    with (RESULTS / "evidence" / "conclusions.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["policy"], row["against"]): row for row in csv.DictReader(file)}
    row = rows["customer_centric", "product_centric"]
    assert {name: script["evidence"][name] for name in ("readings", "higher", "lower", "precise")} == {
        name: int(row[name]) for name in ("readings", "higher", "lower", "precise")
    }


def test_the_flagship_is_not_quoted_of_sides_that_differ_in_anything_else(pair, lives):
    other = pair.changed("right", 0, {"firms.north.decisions.walls": 0.5})
    script = opening_script(other, lives, PairWorlds(other))
    assert (script["evidence"], script["markets"]) == (None, None)
