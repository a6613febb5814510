"""Rounds of a game: forks of one world, the same from the same log, and undone by going back."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.experiments.game.game import TeamGame
from sim.experiments.game.game_log import effective
from sim.experiments.game.record import ChangedModel
from sim.parameters import BadInput
from tests.support.made_up_games import JOINED, TEAMS, WALLS, buy, close, decide, small_design, small_game

CHOSEN = {"red": decide("service", senior=0.5) | decide("sales", price=1.1)}
LOG = (close(1, CHOSEN), close(2, {"blue": decide("marketing", targeting=0.5)}))
FIGURES = {"buy": "figures", "about": "service"}


@pytest.fixture(scope="module")
def game():
    return small_game()


def months(game, log, episode=WALLS):
    return game.worlds.result(game.script(log, episode)).monthly


def paths_set(game, log, number):
    return dict(game.script(log, WALLS).rounds[number - 1])


def test_rounds_are_the_world_that_is_run_at_once(game):
    at_once = game.worlds.at_once(game.script(LOG, WALLS), 0)
    assert at_once.monthly.equals(months(game, LOG))


def test_another_game_of_the_same_record_and_log_has_the_same_numbers(game):
    other = TeamGame.of(game.record(), small_design())
    assert other.standing(LOG, WALLS) == game.standing(LOG, WALLS)


def test_a_game_of_fewer_rounds_has_the_same_numbers_as_the_first_rounds_of_a_longer_one(game):
    longer = replace(small_design(), rounds=3)
    assert months(TeamGame(longer, TEAMS, 1, rounds=2), LOG).equals(months(TeamGame(longer, TEAMS), LOG))


def test_a_game_is_built_again_with_the_rounds_that_were_chosen():
    longer = replace(small_design(), rounds=3)
    assert TeamGame.of(TeamGame(longer, TEAMS, rounds=2).record(), longer).design.rounds == 2


def test_names_of_teams_move_nothing(game):
    log = [{**entry, "choices": {name.upper(): roles for name, roles in entry["choices"].items()}} for entry in LOG]
    assert months(small_game(("RED", "BLUE")), log).equals(months(game, LOG))


def test_another_seed_has_other_people(game):
    assert not months(small_game(seed=2), LOG).equals(months(game, LOG))


def test_looking_changes_nothing(game):
    fresh = small_game()
    for number in range(len(LOG) + 1):
        fresh.views(LOG[:number], WALLS)
        fresh.quote(LOG[:number], WALLS, "red", CHOSEN["red"])
    assert months(fresh, LOG).equals(months(game, LOG))


def test_who_chooses_nothing_carries_on_as_before(game):
    settings = paths_set(game, [close(1, CHOSEN), close(2)], 2)
    assert settings == {}
    view = game.view([close(1, CHOSEN), close(2)], WALLS, "red", "service")
    assert view["decisions"]["senior"] == 0.5


def test_after_going_back_a_round_is_played_as_if_for_the_first_time(game):
    log = [*LOG, {"do": "back", "episode": WALLS, "round": 1}, close(1)]
    assert game.standing(log, WALLS) == game.standing([close(1)], WALLS)


def test_going_back_in_one_episode_leaves_the_other():
    log = [close(1), close(1, episode=JOINED), {"do": "back", "episode": WALLS, "round": 1}]
    assert effective(log) == [close(1, episode=JOINED)]


def test_a_round_that_is_not_the_next_is_refused():
    with pytest.raises(BadInput, match="round 2 of episode walls was closed; the next is round 1"):
        effective([close(2)])


def test_no_more_rounds_are_played_than_there_are(game):
    with pytest.raises(BadInput, match="episode walls has 2 rounds, and all were played"):
        game.close([close(1), close(2), close(3)])


def test_a_standing_says_where_the_episode_is(game):
    standing = game.close(list(LOG))
    assert (standing["round"], standing["month"], standing["over"]) == (2, 9, True)


def test_a_standing_has_scores_side_by_side_and_no_places(game):
    scores = game.close(list(LOG))["scores"]
    assert list(scores) == ["red", "blue"]
    assert {"profit", "customer_equity", "customers_kept"} <= set(scores["red"])


def test_what_is_bought_is_undone_after_a_round(game):
    log = [close(1, {"red": buy("sales", FIGURES)}), close(2)]
    path = "firms.0.organisation.walls.sales_service"
    assert (paths_set(game, log, 1)[path], paths_set(game, log, 2)[path]) == (-1.0, 0.0)


def test_what_is_bought_again_stays(game):
    log = [close(number, {"red": buy("sales", FIGURES)}) for number in (1, 2)]
    assert paths_set(game, log, 2) == paths_set(game, log, 1)


def test_after_a_survey_as_many_are_asked_as_before(game):
    log = [close(1, {"red": buy("product", {"buy": "survey", "people": 2000})}), close(2)]
    neutral = small_design().box.market["neutral.survey_size"]
    assert paths_set(game, log, 2)["firms.0.decisions.survey_size"] == neutral


@pytest.mark.parametrize(
    "bought", [FIGURES, {"buy": "report"}, {"buy": "survey", "people": 2000}], ids=["figures", "report", "survey"]
)
def test_information_costs_what_the_model_charges(game, bought):
    assert game.quote(LOG[:1], WALLS, "red", buy("sales", bought))["total"] > 0.0


def test_an_empty_draft_costs_nothing(game):
    assert game.quote(LOG[:1], WALLS, "red", {}) == {"cost": {}, "total": 0}


SENSITIVE = {"marketing": {"marketing": 0.03}, "sales": {"price": 1.3}, "product": {"research": 0.1, "depth": 0.5}}


@pytest.mark.parametrize("department", SENSITIVE)
def test_a_quote_has_no_account_that_follows_the_revenue_behind_a_wall(game, department):
    cost = game.quote(LOG[:1], WALLS, "red", decide(department, **SENSITIVE[department]))["cost"]
    assert not cost.keys() & {"cost_goods", "cost_research", "cost_overhead"}


def test_a_quote_leaves_the_next_month_alone(game):
    state = game.worlds.state(game.script(LOG[:1], WALLS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state.market, "fork", None)
        assert game.quote(LOG[:1], WALLS, "red", decide("service", senior=0.9))["cost"]


def test_what_was_bought_for_the_last_round_is_not_in_a_quote(game):
    ask = decide("service", senior=0.9)
    bought = [close(1, {"red": buy("finance", {"buy": "report"}) | buy("product", {"buy": "survey", "people": 2000})})]
    assert game.quote(bought, WALLS, "red", ask)["cost"].keys() == {"cost_service"}


def test_both_episodes_have_the_same_first_customers(game):
    first = [game.worlds._beginning(game.script([], name), 0).world.people.person for name in (WALLS, JOINED)]
    assert np.array_equal(first[0]["supplier"], first[1]["supplier"])


def test_people_come_and_go_alike_in_both_episodes(game):
    logs = [[close(1, CHOSEN, name)] for name in (WALLS, JOINED)]
    there = [game.worlds.state(game.script(log, log[0]["episode"])).market.world.people.person for log in logs]
    assert np.array_equal(there[0]["generation"], there[1]["generation"])


def test_a_changed_model_is_refused_by_name(game):
    with pytest.raises(ChangedModel, match=r"begun with model 0123; here is model [0-9a-f]{16}"):
        TeamGame.of(game.record() | {"model": "0123"}, small_design())


def test_a_changed_design_is_refused_by_name(game):
    with pytest.raises(ChangedModel, match="begun with design 0123"):
        TeamGame.of(game.record() | {"design": "0123"}, small_design())


@pytest.mark.parametrize(
    ("department", "choice", "message"),
    [
        ("sales", {"decisions": {"senior": 0.5}}, "decision 'senior' is not this role's to take"),
        ("finance", {"decisions": {"walls": 0.15}}, "decision 'walls' is not this role's to take now"),
        ("service", {"decisions": {"senior": 0.9}}, "must be a number between 0 and 0.8"),
        ("service", {"decisions": {"senior": math.nan}}, "decision senior is nan"),
        ("service", {"decisions": {"senior": True}}, "decision senior is True"),
        ("product", {"decisions": {"lines": 1.5}}, "allowed are 1, 2, 3, 4"),
        ("service", {"buys": [{"buy": "spy"}]}, "buy is 'spy'; for sale"),
        ("service", {"buys": [{"buy": "survey", "people": 7}]}, "people is 7; allowed are 800, 1200, 2000"),
        ("service", {"buys": [{"buy": "figures", "about": "service"}]}, "must be another department"),
        ("service", {"drafts": {}}, "a mapping of some of decisions, buys, why"),
    ],
)
def test_what_a_role_may_not_send_is_refused(game, department, choice, message):
    with pytest.raises(BadInput, match=message):
        game.check(WALLS, "red", department, choice)


def test_walls_may_be_moved_where_the_episode_does_not_hold_them(game):
    assert game.check(JOINED, "red", "finance", {"decisions": {"walls": 0.45}})["decisions"] == {"walls": 0.45}


def test_figures_are_not_for_sale_where_no_wall_hides_them(game):
    with pytest.raises(BadInput, match="for sale in episode joined_up are report, survey"):
        game.check(JOINED, "red", "sales", {"buys": [FIGURES]})


def test_a_reason_is_one_line_of_moderate_length(game):
    why = game.check(WALLS, "red", "sales", {"why": "more\nservice " + "x" * 500})["why"]
    assert why.startswith("more service x") and len(why) == 200


def test_two_teams_of_one_name_are_refused():
    with pytest.raises(BadInput, match="two have one name"):
        small_game(("red", "red"))
