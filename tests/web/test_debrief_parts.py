"""Every part of a debrief over the wire, in a small game: a decision and a purchase, against nothing done."""

from types import SimpleNamespace

import pytest

from sim.experiments.game.game_debrief import GameDebrief
from sim.web.debrief_commands import DEBRIEF_PARTS
from tests.support.lines import StudioLine, post
from tests.support.studio import running_studio

pytestmark = pytest.mark.long
TEAMS, ROUNDS, CUSTOMERS = ["Red", "Blue"], 2, 300
CENT = 1e-6
PLAYED = {"episode": "walls", "team": "Red"}
WORLDS = {name: GameDebrief.__dict__[name].__defaults__ for name in ("luck", "paired", "best_change")}


def play(line, address):
    """Two rounds: the service head of the first team pays for seniors and buys a report."""
    line.do("game", teams=TEAMS, rounds=ROUNDS, customers=CUSTOMERS)
    member = post(address, "/join", {"code": line.ready()["room"]["code"]})[2]
    phone = StudioLine(address, "phone", member)
    phone.ready()
    phone.do("claim", team="Red", department="service")
    for _ in range(ROUNDS):
        line.do("start")
        phone.do("buy", what="report")
        phone.do("send", decisions={"senior": 0.6}, why="they wait too long")
        line.do("close")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the facilitator was told of the debrief: values and progress by part."""
    with running_studio(tmp_path_factory.mktemp("debrief")) as studio:
        line = StudioLine(studio.address, "facilitator", post(studio.address, "/start", {"token": studio.token})[2])
        line.ready()
        play(line, studio.address)
        answer = line.do("debrief", left=PLAYED | {"as_before": True}, right=PLAYED)
        values = {message["part"]: message["value"] for message in line.messages("debrief")}
        yield SimpleNamespace(answer=answer, values=values, steps=line.messages("progress"))


def test_every_part_is_told(told):
    assert told.answer["say"] == "done"
    assert tuple(told.values) == DEBRIEF_PARTS


def test_the_world_that_was_played_has_the_gap_of_the_bridge(told):
    played = told.values["paired"]["measures"]["npv"]["played"]
    assert played == pytest.approx(told.values["reap"]["gap"], rel=0.0, abs=CENT)


def test_paired_worlds_say_in_how_many_the_team_is_ahead(told):
    worth = told.values["paired"]["measures"]["npv"]
    assert worth["of"] == WORLDS["paired"][0]
    assert 0 <= worth["ahead"] <= worth["of"]
    assert worth["low"] <= worth["mean"] <= worth["high"]


def test_luck_is_a_share_of_every_score(told):
    shares = {name: measure["luck"] for name, measure in told.values["luck"]["measures"].items()}
    assert {"profit", "customer_equity"} <= shares.keys()
    assert all(0.0 <= share <= 1.0 for share in shares.values())


def test_luck_runs_no_world_that_the_pairs_have_run(told):
    assert told.values["luck"]["worlds"] == told.values["paired"]["worlds"]
    assert [step for step in told.steps if step["part"] == "luck"] == []


def test_the_best_change_brings_what_it_brings_in_the_world_that_was_played(told):
    for best in told.values["best"]["best"].values():
        assert best["gain"] == pytest.approx(best["paired"]["played"], rel=0.0, abs=CENT)


def test_as_many_changes_are_tried_as_are_said(told):
    tried = [step for step in told.steps if step["part"] == "best"]
    assert told.values["best"]["tried"] == WORLDS["best_change"][0]
    assert tried[-1]["done"] <= tried[-1]["of"]


def test_every_purchase_has_a_worth_with_and_without_what_was_decided(told):
    rows = told.values["information"]
    assert [(row["round"], row["department"], row["buy"]["buy"]) for row in rows] == [
        (1, "service", "report"),
        (2, "service", "report"),
    ]
    assert all({"alone", "with_decisions"} <= row.keys() for row in rows)


@pytest.mark.parametrize("part", ["reap", "decisions", "mechanisms"])
def test_the_terms_of_a_bridge_add_up_to_its_gap(told, part):
    bridge = told.values[part]
    assert sum(bridge["terms"].values()) == pytest.approx(bridge["gap"], rel=0.0, abs=CENT)


@pytest.mark.parametrize("part", ["paired", "best", "decisions", "mechanisms", "information"])
def test_a_part_that_takes_long_counts_its_worlds(told, part):
    counts = [(step["done"], step["of"]) for step in told.steps if step["part"] == part]
    assert counts == sorted(counts)
    assert 0 < counts[-1][0] <= counts[-1][1]
