"""A room that cannot be spoilt: crowds at the door, rounds that cannot be played, files that others cannot read."""

import asyncio
import stat

import pytest

from sim.web.commands_allowed import NotAllowed
from sim.web.frame_store import FrameStore
from sim.web.game_desk import GameDesk
from sim.web.limits import MOST_SOCKETS, Caller, has_place
from sim.web.room import Room
from sim.web.room_log import RoomLog
from sim.web.round_end import close_round, restore_game
from sim.web.worker import Refused
from sim.web.workshop import CLOSING, OPEN

CROWD = [Caller("guest", None, "192.0.2.7")] * MOST_SOCKETS
PHONES = [Caller("player", number, "192.0.2.7") for number in range(1, 31)]
TEAMS = ["Red", "Blue"]
CHOICE = {"decisions": {"price": 1.1}, "why": "because"}


def admitted(callers):
    there = []
    for caller in callers:
        if has_place(caller, there):
            there.append(caller)
    return there


@pytest.mark.parametrize("role", ["facilitator", "projector"])
def test_a_crowd_of_guests_leaves_a_place_for_those_in_front(role):
    assert has_place(Caller(role, None, "192.0.2.7"), admitted(CROWD))


def test_a_crowd_of_guests_from_many_addresses_leaves_places_for_members():
    crowd = admitted([Caller("guest", None, f"192.0.2.{number}") for number in range(250)])
    assert len(admitted([*crowd, *PHONES])) == len(crowd) + len(PHONES)


def test_thirty_phones_behind_one_address_come_as_guests_and_as_members():
    guests = [Caller("guest", None, phone.address) for phone in PHONES]
    assert admitted([*guests, *PHONES]) == [*guests, *PHONES]


def test_one_member_cannot_take_the_places_of_others():
    there = admitted([PHONES[0]] * MOST_SOCKETS)
    assert has_place(PHONES[1], there)


class Refusing:
    """A worker that cannot play a round."""

    def __init__(self, able=False):
        self.able = able

    async def ask(self, task, **arguments):
        if task == "game_standing" and arguments["entries"] and not self.able:
            raise Refused("the round cannot be played")
        return {"views": {}, "before": {}, "standing": None, "history": [], "rules": True}


async def open_round(log):
    room = Room("AAAA", log, FrameStore())
    contents = {"record": {"teams": TEAMS}, "rounds": 2, "episode": "walls"}
    await room.record("1", "game", "facilitator", contents)
    await room.record("2", "start", "facilitator", {})
    sent = {"team": "Red", "department": "sales", "sent": True} | CHOICE
    await room.record("3", "draft", "member 1", sent)
    return room


@pytest.fixture
def log(tmp_path):
    log = RoomLog(tmp_path / "rooms.sqlite")
    log.add_room("AAAA", "model")
    yield log
    log.close()


async def refused_round(log):
    room = await open_round(log)
    with pytest.raises(NotAllowed, match="round"):
        await close_round(GameDesk(room, Refusing(), Refusing()), "facilitator", "4")
    return room


def test_a_round_that_cannot_be_played_is_open_again_with_what_was_sent(log):
    game = asyncio.run(refused_round(log)).workshop
    assert (game.phase, game.entries) == (OPEN, [])
    assert game.choices() == {"Red": {"sales": CHOICE}}


def test_a_round_that_was_taken_back_can_be_closed_again(log):
    async def close_again():
        room = await refused_round(log)
        await close_round(GameDesk(room, Refusing(able=True), Refusing()), "facilitator", "5")
        return room.workshop

    assert [entry["round"] for entry in asyncio.run(close_again()).entries] == [1]


def test_a_round_that_was_taken_back_is_open_after_a_restart(log):
    asyncio.run(refused_round(log))
    assert Room("AAAA", log, FrameStore()).workshop.phase == OPEN


def test_a_round_that_cannot_be_played_after_a_restart_is_open_again(log):
    async def restart():
        room = await open_round(log)
        await room.record("4", "close", "facilitator", {"entry": {"do": "close", "episode": "walls", "round": 1}})
        assert room.workshop.phase == CLOSING
        await restore_game(GameDesk(room, Refusing(), Refusing()))
        return room.workshop

    assert asyncio.run(restart()).phase == OPEN


def test_only_the_owner_may_read_rooms(tmp_path, log):
    log.set_marks("AAAA", {"clock": 1.0})
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
