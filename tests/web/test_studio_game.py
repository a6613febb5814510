"""A whole game over the wire: what a round costs a phone, two episodes, the debrief, and what leaves the room."""

import csv
import io
import sqlite3
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from tests.support.lines import StudioLine, post
from tests.support.studio import LINK, running_studio

TEAMS = [f"Team {number}" for number in range(1, 9)]
OWN = {"team": TEAMS[0], "department": "marketing"}
MOST_A_ROUND = 1000  # bytes
MONTHS = 2
ROUNDS = 2  # of an episode, fewer than usual
FORMULA = '=HYPERLINK("http://elsewhere.example")'
SCRIPT = "</script><script>alert(1)</script>"
PARTS = ["timeline", "episodes", "reap", "decisions"]


def fetch(studio, path, cookie=""):
    """Status and text of an address."""
    request = urllib.request.Request(studio.address + path, headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""


def play_round(seen, number, why):
    """Play a round as one phone does that drafts, asks what that costs, and sends; the bytes that it got."""
    before = seen.phone.wire
    seen.facilitator.do("start", seconds=300)
    seen.phone.wait(lambda line: [game for game in line.messages("game") if game["game"].get("round") == number])
    decisions = {name: value for name, value in seen.view["decisions"].items() if isinstance(value, (int, float))}
    name, value = sorted(decisions.items())[0]
    seen.sent = {"decisions": {name: value}, "why": why}
    seen.phone.do("draft", **seen.sent)
    seen.phone.do("quote")
    seen.phone.do("send", **seen.sent)
    seen.facilitator.do("close")
    seen.phone.wait(lambda line: [told for told in line.messages("result") if told["result"]["round"] == number])
    seen.phone.do("quote")  # refused, and so the last thing that comes of the round
    return seen.phone.wire - before


def play_episode(seen, reasons):
    """Play all rounds of an episode; the bytes of each."""
    return [play_round(seen, number, reasons[number % 2]) for number in range(1, seen.rounds + 1)]


def open_room(studio):
    """A room with small worlds, a game of eight teams and one phone that has a seat."""
    seen = SimpleNamespace(studio=studio, cookie=post(studio.address, "/start", {"token": studio.token})[2])
    seen.facilitator = StudioLine(studio.address, "facilitator", seen.cookie)
    seen.code = seen.facilitator.ready()["room"]["code"]
    seen.facilitator.do("open", months=MONTHS, customers=100)
    seen.facilitator.do("game", teams=TEAMS, rounds=ROUNDS)
    seen.rounds = seen.facilitator.messages("game")[-1]["game"]["rounds"]
    seen.member = post(studio.address, "/join", {"code": seen.code, "nickname": "Ann"})[2]
    seen.phone = StudioLine(studio.address, "phone", seen.member)
    seen.phone.ready()
    seen.phone.do("claim", **OWN)
    return seen


def play(seen):
    """Both episodes."""
    seen.facilitator.do("start")
    seen.view = seen.phone.wait(lambda line: line.messages("view"))[-1]["view"]
    seen.facilitator.do("back", round=1)
    seen.bytes = play_episode(seen, (FORMULA, SCRIPT))
    seen.facilitator.do("episode", number=2)
    seen.bytes += play_episode(seen, ("", ""))


def debrief(seen):
    """Some parts of the debrief, and the bets."""
    sides = {side: {"episode": name, "team": TEAMS[0]} for side, name in (("left", "walls"), ("right", "joined_up"))}
    seen.debriefed = seen.facilitator.do("debrief", **sides, parts=PARTS)
    seen.bets = seen.facilitator.do("debrief_bets")


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What facilitator and phone saw of a game."""
    folder = tmp_path_factory.mktemp("game")
    with running_studio(folder) as studio:
        told = open_room(studio)
        told.folder = folder
        play(told)
        yield told


@pytest.fixture(scope="module")
def debriefed(seen):
    """The same after its debrief."""
    debrief(seen)
    return seen


def test_a_round_costs_a_phone_less_than_a_kilobyte(seen):
    assert max(seen.bytes) < MOST_A_ROUND


def test_a_view_told_in_changes_is_the_whole_view_once_put_together(seen):
    views = seen.phone.messages("view")
    assert any(message.get("changed") for message in views)
    put_together = {}
    for message in views:
        put_together = {**(put_together if message.get("changed") else {}), **message["view"]}
    again = StudioLine(seen.studio.address, "phone", seen.member)
    whole = again.wait(lambda line: line.messages("view"))[-1]
    assert "changed" not in whole
    assert put_together == whole["view"]


def test_an_episode_has_the_rounds_that_were_chosen(seen):
    assert seen.rounds == ROUNDS


def test_the_second_episode_is_played_to_its_end(seen):
    game = seen.facilitator.messages("game")[-1]["game"]
    assert (game["episode"], game["round"], game["phase"]) == ("joined_up", seen.rounds, "over")


def test_the_debrief_goes_through_the_parts_that_were_asked_for_in_their_order(debriefed):
    assert debriefed.debriefed["say"] == "done"
    assert [message["part"] for message in debriefed.facilitator.messages("debrief")][: len(PARTS)] == PARTS


def test_the_bets_on_the_game_are_debriefed(debriefed):
    assert debriefed.bets["say"] == "done"
    assert debriefed.facilitator.messages("debrief")[-1]["part"] == "bets"


def test_a_reason_that_is_a_formula_reaches_a_spreadsheet_as_text(seen):
    rows = list(csv.DictReader(io.StringIO(fetch(seen.studio, "/export/decisions.csv", seen.cookie)[1])))
    assert f"'{FORMULA}" in {row["why"] for row in rows}
    assert FORMULA not in {row["why"] for row in rows}


def test_a_reason_that_is_a_script_stays_text_in_the_replay(seen):
    status, page = fetch(seen.studio, "/export/replay.html", seen.cookie)
    assert status == 200
    assert SCRIPT not in page
    assert SCRIPT.replace("<", "\\u003c") in page


@pytest.mark.parametrize("path", ["/export/replay.html", "/export/decisions.csv", "/qr.svg"])
def test_a_phone_may_export_nothing(seen, path):
    assert fetch(seen.studio, path, seen.member)[0] == 404


def test_a_projector_on_another_machine_comes_in_by_its_own_link(seen):
    seen.facilitator.do("projector")
    address = seen.facilitator.messages("projector")[-1]["address"]
    cookie = post(seen.studio.address, "/start", {"token": address.partition("#start=")[2]})[2]
    assert StudioLine(seen.studio.address, "projector", cookie).ready()["role"] == "projector"
    line = StudioLine(seen.studio.address, "facilitator", cookie)
    assert line.wait(lambda line: line.messages("hello"))[-1]["role"] == "guest"


def test_enter_in_the_console_prints_a_new_link(seen):
    process = seen.studio.process
    process.stdin.write("\n")
    process.stdin.flush()
    link = LINK.match(process.stdout.readline())[1]
    assert post(seen.studio.address, "/start", {"token": link.partition("#start=")[2]})[0] == 200


def test_a_room_that_is_deleted_leaves_no_row_and_no_word(seen):
    line = StudioLine(seen.studio.address, "facilitator", seen.cookie)
    line.ready()
    line.do("new_room")
    new = line.wait(lambda line: [hello for hello in line.messages("hello") if hello["room"]["code"] != seen.code])
    line.do("delete_room", code=seen.code)
    with sqlite3.connect(seen.folder / "rooms.sqlite") as file:
        assert [code for (code,) in file.execute("SELECT code FROM rooms")] == [new[-1]["room"]["code"]]
        for table in ("events", "marks", "tokens"):
            assert file.execute(f"SELECT count(*) FROM {table} WHERE room = ?", (seen.code,)).fetchone() == (0,)
    assert all(b"HYPERLINK" not in path.read_bytes() for path in seen.folder.iterdir())
