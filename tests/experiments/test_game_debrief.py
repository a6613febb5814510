"""The debrief of a game: exact bridges, exactly zero where nothing differs, and changes that were run."""

import json

import numpy as np
import pytest

from sim.experiments.game.game_debrief import GameDebrief
from sim.parameters import BadInput
from sim.statistics.intervals import students_interval
from tests.support.made_up_games import JOINED, WALLS, buy, close, decide, small_game

CENT = 1e-6
CARE = decide("service", "they wait too long", senior=0.5, utilisation=0.7) | decide("sales", price=1.1)
MORE = decide("marketing", targeting=0.5, promise=0.7) | decide("product", depth=0.25)
LOG = [
    close(1, {"red": CARE, "blue": buy("sales", {"buy": "figures", "about": "service"})}),
    close(2, {"red": decide("service", senior=0.5) | decide("finance", reminders=1.0)}),
    close(1, {"red": CARE | MORE}, JOINED),
    close(2, {"blue": decide("sales", price=0.95)}, JOINED),
]
RED, BLUE = {"episode": WALLS, "team": "red"}, {"episode": WALLS, "team": "blue"}
LATER, BEFORE = {"episode": JOINED, "team": "red"}, RED | {"as_before": True}
PAIRS = [(RED, LATER), (BEFORE, RED), (LATER, BEFORE)]


@pytest.fixture(scope="module")
def debrief():
    return GameDebrief(small_game(), LOG)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_a_bridge_by_accounts_adds_up_to_the_gap(debrief, left, right):
    bridge = debrief.bridge_reap(left, right)
    assert bridge["gap"] != 0.0
    assert bridge["sum"] == pytest.approx(bridge["gap"], rel=0.0, abs=CENT)


def test_a_bridge_by_accounts_is_not_led_between_teams(debrief):
    with pytest.raises(BadInput, match="give two sides of one team"):
        debrief.bridge_reap(RED, BLUE)


@pytest.fixture(scope="module")
def by_decisions(debrief):
    """Bridges by decisions, each led once."""
    sides = {"episodes": (RED, LATER), "nothing": (BEFORE, RED), "teams": (BLUE, RED)}
    return {name: debrief.bridge_decisions(*pair) for name, pair in sides.items()}


@pytest.mark.parametrize("sides", ["episodes", "nothing", "teams"])
def test_a_bridge_by_decisions_adds_up_to_the_gap(by_decisions, sides):
    bridge = by_decisions[sides]
    assert bridge["gap"] != 0.0
    assert bridge["sum"] == pytest.approx(bridge["gap"], rel=0.0, abs=CENT)


def test_between_two_teams_a_term_is_left_for_customers_and_luck(by_decisions):
    assert "start" in by_decisions["teams"]["terms"]
    assert "start" not in by_decisions["nothing"]["terms"]


def test_only_what_differs_is_a_term(by_decisions):
    assert set(by_decisions["nothing"]["terms"]) == {"service", "sales", "finance"}


def test_the_rules_are_the_whole_gap_where_nobody_decides_anything():
    silent = GameDebrief(small_game(), [close(1), close(1, episode=JOINED)])
    bridge = silent.bridge_decisions(RED, LATER)
    assert bridge["terms"] == {"rules": pytest.approx(bridge["gap"], rel=0.0, abs=CENT)}


def test_a_bridge_by_mechanisms_adds_up_to_the_gap(debrief):
    bridge = debrief.bridge_mechanisms(RED, LATER)
    assert set(bridge["terms"]) == {*debrief.design.mechanisms, "without"}
    assert bridge["sum"] == pytest.approx(bridge["gap"], rel=0.0, abs=CENT)


def test_all_bridges_span_the_same_gap(debrief, by_decisions):
    gaps = [debrief.bridge_reap(BEFORE, RED)["gap"], by_decisions["nothing"]["gap"]]
    assert gaps[0] == pytest.approx(gaps[1], rel=0.0, abs=CENT)


def test_a_side_against_itself_is_exactly_zero_in_every_world(debrief):
    measures = debrief.paired(RED, RED, 3)["measures"]
    assert {(row["mean"], row["low"], row["high"], row["ahead"]) for row in measures.values()} == {(0.0, 0.0, 0.0, 0)}


def test_who_decides_as_before_is_exactly_as_before():
    same = decide("service", senior=0.3)  # as it is already
    debrief = GameDebrief(small_game(), [close(1, {"red": same})])
    measures = debrief.paired(BEFORE, RED, 2)["measures"]
    assert {row["mean"] for row in measures.values()} == {0.0}


def test_in_the_world_that_was_played_the_difference_is_that_of_the_scores(debrief):
    scores, paired = debrief.scores(), debrief.paired(RED, LATER, 1)
    gap = scores[JOINED]["red"]["profit"] - scores[WALLS]["red"]["profit"]
    assert paired["measures"]["profit"]["played"] == pytest.approx(gap, rel=0.0, abs=CENT)


def test_over_ten_worlds_there_is_a_range(debrief):
    band = debrief.paired(BEFORE, RED, 10)["band"]["profit"]
    assert all(low <= high for low, high in zip(band["range_low"], band["range_high"], strict=True))


def test_episodes_are_compared_over_the_rounds_that_both_have():
    debrief = GameDebrief(small_game(), LOG[:3])
    assert debrief.episodes()["rounds"] == 1


def test_teams_that_decide_alike_fare_alike_but_for_luck():
    luck = GameDebrief(small_game(), [close(1)]).luck(WALLS, 12)["measures"]
    for row in luck.values():
        assert row["luck"] > 0.8


def test_the_mean_difference_between_identical_firms_is_within_its_interval_of_zero():
    game = small_game()
    results = game.worlds.results([(game.script([], WALLS), number) for number in range(12)])
    gaps = np.array([result.of_firm(0)["profit"].sum() - result.of_firm(1)["profit"].sum() for result in results])
    low, high = students_interval(gaps)
    assert low < 0.0 < high


def test_every_pair_of_teams_is_counted_in_every_world(debrief):
    ahead = debrief.luck(WALLS, 4)["measures"]["profit"]["ahead"]
    assert ahead["red"]["blue"] + ahead["blue"]["red"] == 4


def test_a_timeline_has_what_changed_with_its_reason(debrief):
    rows = debrief.timeline(RED)["decisions"]
    first = [row for row in rows if row["decision"] == "senior"]
    assert [(row["round"], row["month"], row["before"], row["after"]) for row in first] == [(1, 4, 0.3, 0.5)]
    assert first[0]["why"] == "they wait too long"


@pytest.fixture(scope="module")
def best(debrief):
    return debrief.best_change(RED, most=6, worlds=1)


def test_no_more_changes_are_tried_than_asked_for_and_that_is_said(best):
    assert best["tried"] == 6 < best["possible"]


def test_the_gain_of_the_best_change_is_that_of_two_real_runs(debrief, best):
    change = best["best"]["npv"]
    worth = {
        name: sum(
            profit * (1.0 + debrief.worlds.rate) ** -month for month, profit in enumerate(curves["profit"], start=1)
        )
        for name, curves in change["curves"].items()
    }
    assert change["gain"] == pytest.approx(worth["changed"] - worth["played"])


def test_months_before_the_best_change_are_as_played(best):
    change = best["best"]["npv"]
    before = change["change"]["month"] - 1
    assert change["curves"]["played"]["profit"][:before] == change["curves"]["changed"]["profit"][:before]


def test_a_purchase_is_worth_what_the_world_without_it_lacks(debrief):
    (row,) = debrief.value_of_information(BLUE, worlds=1)
    silent = GameDebrief(small_game(), [close(1, {"red": CARE}), *LOG[1:]])
    gap = debrief.scores()[WALLS]["blue"]["npv"] - silent.scores()[WALLS]["blue"]["npv"]
    assert row["alone"]["played"] == pytest.approx(gap, rel=0.0, abs=CENT)


def test_a_team_that_bought_nothing_has_nothing_to_value(debrief):
    assert debrief.value_of_information(RED, worlds=1) == []


def test_bets_are_counted_against_what_came_out(debrief):
    question = {"about": "teams", "episode": WALLS, "measure": "profit"}
    scores = debrief.scores()[WALLS]
    winner = max(scores, key=lambda team: scores[team]["profit"])
    bets = [{"question": question, "by": by, "answer": answer} for by, answer in (("a", "red"), ("b", "blue"))]
    (row,) = debrief.bets(bets)
    assert (row["outcome"], row["right"], row["of"]) == (winner, 1, 2)


def test_of_two_bets_of_one_person_the_last_counts(debrief):
    question = {"about": "episodes", "team": "red", "measure": "customers_kept"}
    bets = [{"question": question, "by": "a", "answer": answer} for answer in (WALLS, JOINED)]
    assert debrief.bets(bets)[0]["answers"] == {JOINED: 1}


def test_a_bet_on_what_was_not_played_is_refused(debrief):
    with pytest.raises(BadInput, match="a bet is about nowhere, which was not played"):
        debrief.bets(
            [{"question": {"about": "teams", "episode": "nowhere", "measure": "profit"}, "by": "a", "answer": ""}]
        )


def test_a_side_that_there_is_not_is_refused(debrief):
    with pytest.raises(BadInput, match="team is 'pink'; this game has red, blue"):
        debrief.timeline({"episode": WALLS, "team": "pink"})


@pytest.mark.parametrize("end", [0, -1])
def test_extreme_decisions_leave_numbers_that_json_has(end):
    game = small_game()
    ranges = {name: game.design.range_of(name, 2) for name in ("price", "utilisation", "marketing", "research")}
    extreme = {name: limits[end] for name, limits in ranges.items()}
    roles = decide("sales", price=extreme["price"]) | decide("service", utilisation=extreme["utilisation"])
    roles |= decide("marketing", marketing=extreme["marketing"]) | decide("product", research=extreme["research"])
    log = [close(1, {"red": roles}), close(2)]
    debrief = GameDebrief(game, log)
    answers = [game.close(log), game.views(log, WALLS), debrief.timeline(RED), debrief.paired(BEFORE, RED, 2)]
    json.dumps(answers, allow_nan=False)
