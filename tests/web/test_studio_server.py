"""A studio that runs: who is let in, what stays sealed, and what is there again after its process was killed."""

import json
import urllib.request
from types import SimpleNamespace

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.support.lines import StudioLine, post
from tests.support.studio import free_port, running_studio

SECRET = "a reason that nobody else may read"
TEAMS = ("Red", "Blue")
FORK, SEEN = 3, 6  # months
MONTHS = 8
TOO_LARGE = 1009  # how a websocket says it
SMALL = {"months": MONTHS, "customers": 300}


def play(studio):
    """A room with two worlds, a clock that runs and a round that is open, on several lines."""
    told = SimpleNamespace(studio=studio)
    told.cookie = post(studio.address, "/start", {"token": studio.token})[2]
    told.facilitator = StudioLine(studio.address, "facilitator", told.cookie)
    told.code = told.facilitator.ready()["room"]["code"]
    told.projector = StudioLine(studio.address, "projector", told.cookie)
    told.guest = StudioLine(studio.address, "facilitator")
    open_worlds(told)
    open_round(told)
    return told


def open_worlds(told):
    told.facilitator.do("open", **SMALL)
    for side in ("left", "right"):
        told.facilitator.wait(lambda line, side=side: len(shown_frames(line, side)) == MONTHS + 1)
    settings = {"firms.north.decisions.walls": 0.1}
    told.change = {"do": "change", "id": "fork", "side": "right", "month": FORK, "settings": settings}
    told.facilitator.send(told.change)
    told.facilitator.wait(lambda line: len(shown_frames(line, "right")) == MONTHS - FORK)
    told.facilitator.do("clock", playing=True, speed=0.5, month=2)


def open_round(told):
    told.facilitator.do("game", teams=list(TEAMS))
    told.phones = [phone_of(told, name) for name in ("Ann", "Bob", "Cy", "Di")]
    told.facilitator.do("assign")
    told.facilitator.do("start", seconds=300)
    told.writer, told.other = told.phones[0], told.phones[1]
    view = told.writer.wait(lambda line: line.messages("view"))[-1]["view"]
    decision = sorted(view["decisions"])[0]
    told.draft = {"decisions": {decision: view["decisions"][decision]}, "why": SECRET}
    told.writer.do("send", **told.draft)


def month_of(frame):
    return int.from_bytes(frame[2:4], "little")


def shown_frames(line, side):
    """Frames of the timeline that the last pair shows on a side."""
    serial = line.messages("pair")[-1]["pair"][side]["serial"]
    return [frame for frame in line.all_frames() if int.from_bytes(frame[14:16], "little") == serial]


def phone_of(told, nickname):
    cookie = post(told.studio.address, "/join", {"code": told.code, "nickname": nickname})[2]
    phone = StudioLine(told.studio.address, "phone", cookie)
    phone.ready()
    return phone


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """What was seen before a studio was killed in the middle of a round, and after it was started again."""
    folder, port = tmp_path_factory.mktemp("rooms"), free_port()
    with running_studio(folder, port) as studio:
        before = play(studio)
        before.month = before.facilitator.messages("clock")[-1]["clock"]
        studio.process.kill()
    with running_studio(folder, port) as studio:
        after = SimpleNamespace(studio=studio)
        after.facilitator = StudioLine(studio.address, "facilitator", before.cookie)
        after.hello = after.facilitator.ready()
        after.facilitator.wait(lambda line: len(line.frames()) == 2 * (MONTHS + 1))
        after.phone = StudioLine(studio.address, "phone", before.writer.cookie)
        after.draft = after.phone.wait(lambda line: line.messages("draft"))[-1]
        after.again = after.facilitator.send(before.change)
        after.closed = after.facilitator.do("close")
        after.view = after.phone.wait(
            lambda line: [told for told in line.messages("view") if told["view"]["round"] == 2]
        )
        yield before, after


def test_the_same_room_is_there_after_a_kill(killed):
    before, after = killed
    assert after.hello["room"]["code"] == before.code


def test_the_same_draft_is_there_after_a_kill(killed):
    before, after = killed
    assert after.draft["draft"] == before.draft | {"sent": True}


def test_the_timer_is_paused_with_what_was_left_after_a_kill(killed):
    timer = killed[1].hello["room"]["game"]["timer"]
    assert timer["state"] == "paused"
    assert 200 < timer["left"] <= 300


def test_the_clock_stands_where_it_was_seen_last_after_a_kill(killed):
    clock = killed[1].hello["room"]["clock"]
    assert not clock["playing"]
    assert 2 <= clock["month"] <= MONTHS


def test_frames_are_the_same_to_the_bit_after_a_kill(killed):
    before, after = killed
    assert after.facilitator.frames()[1, SEEN] == before.facilitator.frames()[1, SEEN]


def test_a_command_that_was_done_before_the_kill_is_not_done_again(killed):
    before, after = killed
    assert after.again["say"] == "done"
    assert after.again["seq"] == after.hello["room"]["seq"]


def test_a_command_that_comes_again_is_answered_as_it_was_and_not_done_again(killed):
    _, after = killed
    for line in (
        after.facilitator,
        after.facilitator,
        StudioLine(after.studio.address, "facilitator", killed[0].cookie),
    ):
        line.ready()
        line.send({"do": "projector", "id": "the-link"})  # each one that is made is another
    line.wait(lambda line: line.messages("projector"))
    links = [told["address"] for line in (after.facilitator, line) for told in line.messages("projector")]
    assert len(set(links)) == 1


def test_the_round_closes_after_a_kill_and_the_phone_sees_the_next(killed):
    _, after = killed
    assert after.closed["say"] == "done"
    assert after.view


def test_a_fork_leaves_the_months_before_it_and_changes_those_after(killed):
    before, _ = killed
    assert [month_of(frame) for frame in shown_frames(before.facilitator, "right")] == list(range(FORK + 1, MONTHS + 1))
    assert before.facilitator.messages("pair")[-1]["pair"]["right"]["from"] == FORK + 1


@pytest.mark.parametrize("line", ["facilitator", "projector", "other", "guest"])
def test_a_sealed_reason_never_crosses_the_wire_to_others(killed, line):
    received = getattr(killed[0], line).received
    assert [message for message in received if SECRET in str(message)] == []


def test_a_hidden_fact_never_crosses_the_wire(killed):
    before, _ = killed
    for phone in before.phones:
        for message in phone.messages("view"):
            assert not message["view"]["facts"].keys() & message["view"]["hidden"].keys()


def test_a_phone_is_never_sent_the_view_of_another_seat(killed):
    before, _ = killed
    for phone in before.phones:
        you = phone.messages("you")[-1]
        seen = {(message["view"]["team"], message["view"]["department"]) for message in phone.messages("view")}
        assert seen == {(you["team"], you["department"])}


def test_a_guest_is_told_his_role_and_nothing_else(killed):
    assert {tuple(sorted(message)) for message in killed[0].guest.messages()} == {
        ("lan", "member", "now", "ready", "role", "say", "since", "version")
    }


def test_the_projector_sees_worlds_and_game_but_no_scores_of_a_silo_round(killed):
    before, _ = killed
    assert {message["say"] for message in before.projector.messages()} >= {"hello", "pair", "game"}
    assert before.projector.messages("standing") == []


def test_a_link_is_good_once(killed):
    _, after = killed
    assert post(after.studio.address, "/start", {"token": after.studio.token})[0] == 200
    assert post(after.studio.address, "/start", {"token": after.studio.token})[0] == 403


def test_a_wrong_code_opens_no_room(killed):
    assert post(killed[1].studio.address, "/join", {"code": "WRONG2"})[0] == 403


@pytest.mark.parametrize("path", ["/start", "/join", "/leave"])
def test_a_page_of_another_site_can_post_nothing(killed, path):
    assert post(killed[1].studio.address, path, {}, origin="http://elsewhere.example")[0] == 421


def test_a_socket_of_another_site_is_refused(killed):
    address = killed[1].studio.address.removeprefix("http://")
    with pytest.raises(InvalidStatus):
        connect(f"ws://{address}/ws", origin="http://elsewhere.example")


def test_another_host_name_is_refused(killed):
    request = urllib.request.Request(killed[1].studio.address, headers={"Host": "elsewhere.example"})
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(request)


def test_a_message_that_is_too_large_ends_the_line(killed):
    line = StudioLine(killed[1].studio.address, "facilitator")
    line.wait(lambda line: line.messages("hello"))
    line.say(json.dumps({"do": "bet", "id": "x" * 5000}))
    assert line.wait(lambda line: line.ended) == TOO_LARGE


def test_every_answer_has_the_headers_that_keep_scripts_of_others_out(killed):
    with urllib.request.urlopen(killed[1].studio.address) as answer:
        policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_room_that_is_deleted_is_gone_and_another_begins(killed):
    before, after = killed
    line = StudioLine(after.studio.address, "facilitator", before.cookie)
    line.ready()
    line.do("delete_room", code=before.code)
    assert line.wait(lambda line: [hello for hello in line.messages("hello") if hello["room"]["code"] != before.code])
    assert after.phone.wait(lambda phone: phone.messages("deleted"))
