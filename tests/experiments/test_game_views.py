"""What a role sees: what the model shows its department, and nothing behind a wall."""

import json
import math

import pytest

from sim.experiments.game.pay import volume_of
from sim.model.firm import decide as deciding
from sim.model.firm.organisation.information import DEPARTMENT_TASKS, KEEPER, PUBLIC, plan_of_departments, views_of
from sim.policies.base import View
from tests.support.made_up_games import JOINED, WALLS, buy, close, decide, small_game

LONGEST_MESSAGE = 1000  # bytes
FIGURES = {"buy": "figures", "about": "service"}
ASKED = buy("sales", FIGURES, {"buy": "survey", "people": 800}) | buy("finance", {"buy": "report"})
LOGS = {
    WALLS: [close(1, {"red": ASKED, "blue": decide("sales", price=1.1)})],
    JOINED: [close(1, {"blue": decide("sales", price=1.1)}, JOINED)],
}
ROLES = [(episode, team, name) for episode in LOGS for team in ("red", "blue") for name in DEPARTMENT_TASKS]


@pytest.fixture(scope="module")
def game():
    return small_game()


def view(game, episode, team, department):
    return game.view(LOGS[episode], episode, team, department)


@pytest.fixture(scope="module")
def shown_by_the_model(game):
    """What the departments of each firm see in the month after the round, taken down while the model plans."""
    taken = {}
    markets = {episode: game.worlds.state(game.script(log, episode)).market.fork() for episode, log in LOGS.items()}
    with pytest.MonkeyPatch.context() as patch:
        for episode, market in markets.items():
            seen = taken[episode] = []

            def look(policy, sight, seen=seen):
                seen.append(dict(zip(DEPARTMENT_TASKS, views_of(sight), strict=True)))
                return plan_of_departments(policy, sight)

            patch.setattr(deciding, "plan_of_departments", look)
            patch.setattr(deciding, "looks", lambda policy: True)  # reports are asked for by who decides by them
            market.step()
    return taken


@pytest.mark.parametrize(("episode", "team", "department"), ROLES)
def test_a_phone_shows_what_the_model_shows_the_department(game, shown_by_the_model, episode, team, department):
    seen = shown_by_the_model[episode][game.teams.index(team)][department]
    expected = {name: value for name, value in seen._asdict().items() if not math.isnan(value)}
    assert view(game, episode, team, department)["facts"] == expected


@pytest.mark.parametrize(("episode", "team", "department"), ROLES)
def test_a_phone_gets_less_than_a_kilobyte(game, episode, team, department):
    assert len(json.dumps(view(game, episode, team, department), allow_nan=False).encode()) < LONGEST_MESSAGE


@pytest.mark.parametrize("department", DEPARTMENT_TASKS)
def test_behind_walls_a_role_sees_its_own_and_public_facts_only(game, department):
    facts = view(game, WALLS, "blue", department)["facts"]
    assert set(facts) == {*PUBLIC, *DEPARTMENT_TASKS[department].keeps}


@pytest.mark.parametrize("department", DEPARTMENT_TASKS)
def test_without_walls_a_role_sees_every_fact(game, department):
    shown = view(game, JOINED, "blue", department)
    assert set(shown["facts"]) == set(View._fields)
    assert shown["hidden"] == {}


def test_a_fact_that_is_hidden_is_said_with_its_keeper_and_without_its_value(game):
    shown = view(game, WALLS, "blue", "marketing")
    assert shown["hidden"] == {name: KEEPER[name] for name in KEEPER if KEEPER[name] != "marketing"}


def test_a_wall_that_was_lowered_shows_the_facts_of_that_department(game):
    shown = view(game, WALLS, "red", "sales")
    assert shown["open"] == ["service"]
    assert "utilisation" in shown["facts"] and "quality" not in shown["facts"]


def test_figures_of_others_are_reported_late_and_inexact(game):
    own, other = (view(game, JOINED, "blue", name)["facts"]["quality"] for name in ("product", "sales"))
    assert own != other


def test_a_survey_comes_with_the_next_view_of_who_bought_it(game):
    answers = view(game, WALLS, "red", "sales")["bought"]["survey"]
    assert answers["people"] == 800 * 3 / 12
    assert answers["low"] < answers["nps"] < answers["high"]


def test_reasons_of_leavers_come_as_shares(game):
    reasons = view(game, WALLS, "red", "finance")["bought"]["report"]
    assert sum(reasons.values()) == pytest.approx(1.0)


def test_who_bought_nothing_gets_nothing(game):
    assert "bought" not in view(game, WALLS, "red", "product")


def test_nobody_is_told_customers_of_the_firm_who_may_not_see_them(game):
    assert set(view(game, WALLS, "blue", "service")["firm"]) == {"profit", "customer_equity"}


def test_pay_by_volume_varies_by_its_part_with_the_volume(game):
    pay = view(game, WALLS, "blue", "marketing")["pay"]
    share = game.worlds.state(game.script([], WALLS)).market.world.market["adoption.pay_share"]
    assert pay["weight"] == 0.0
    assert pay["index"] == pytest.approx(1.0 + share * (pay["volume"] - 1.0), rel=1e-5)


def test_pay_of_sales_is_weighed_by_the_decision_of_finance(game):
    log = [close(1, {"red": decide("finance", pay_value=0.5)}, JOINED)]
    assert game.view(log, JOINED, "red", "sales")["pay"]["weight"] == 0.5


def test_collected_and_owed_cash_is_what_was_billed(game):
    table = game.worlds.state(game.script(LOGS[WALLS], WALLS)).table(0)
    collected = volume_of("finance", table, 35.0)[1:].sum() + table["bad_debt"][1:].sum()
    billed = (table["revenue"] - table["discounts"])[1:].sum()
    assert collected + table["receivables"].iloc[-1] - table["receivables"].iloc[0] == pytest.approx(billed)
