"""A room that cannot be spoilt: crowds at the door, rounds that cannot be played, files that others cannot read."""

import asyncio
import stat
from types import SimpleNamespace

import pytest

from sim.parameters.errors import BadInput
from sim.web.bets import answers_to
from sim.web.commands_allowed import NotAllowed
from sim.web.compare_commands import COMPARE_CHANGES
from sim.web.frame_store import FrameStore
from sim.web.game_desk import QUOTES_AT_ONCE, GameDesk
from sim.web.limits import MOST_SOCKETS, Caller, has_place
from sim.web.opening_scripts import OpeningScripts
from sim.web.phone_commands import PHONE_CHANGES, PHONE_READS
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


def phone_of(log, commands):
    """Answers to commands of a member in a round that is open."""

    async def play():
        room = await open_round(log)
        await room.record("claim", "claim", "member 1", {"team": "Red", "department": "sales", "member": 1})
        stage = SimpleNamespace(room=room, desk=GameDesk(room, Refusing(), Refusing()), openings=OpeningScripts())
        sender = SimpleNamespace(role="player", member=1, who="member 1", tell=lambda message: None)
        answers = []
        for number, command in enumerate(commands):
            try:
                do = (PHONE_CHANGES | PHONE_READS | COMPARE_CHANGES)[command["do"]]
                await do(stage, sender, command | {"id": f"phone {number}"})
                answers.append("done")
            except NotAllowed as trouble:
                answers.append(trouble.why)
        return answers

    return asyncio.run(play())


def test_the_same_is_bought_once_a_round(log):
    report, survey = {"do": "buy", "what": "report"}, {"do": "buy", "what": "survey", "people": 800}
    more = survey | {"people": 2000}
    assert phone_of(log, [report, report, survey, more]) == ["done", "bought", "done", "bought"]


def test_figures_of_two_departments_are_two_purchases(log):
    assert phone_of(log, [{"do": "buy", "what": "figures", "about": name} for name in ("service", "product")]) == [
        "done", "done",
    ]  # fmt: skip


def test_quotes_are_given_a_few_at_a_time(log):
    answers = phone_of(log, [{"do": "quote"}] * (QUOTES_AT_ONCE + 1))
    assert answers == ["done"] * QUOTES_AT_ONCE + ["often"]


def test_a_bet_on_a_question_that_nobody_asked_is_refused(log):
    assert phone_of(log, [{"do": "bet", "question": "game.teams.walls.profit", "answer": "Red"}]) == ["field"]


def test_an_answer_that_is_not_listed_is_no_bet():
    asked = {"question": "game.teams.walls.profit", "answers": TEAMS}
    assert answers_to("game.teams.walls.profit", None, asked) == TEAMS
    assert answers_to("game.teams.walls.npv", None, asked) == []


def test_a_change_of_nothing_is_refused(log):
    async def change():
        room = Room("AAAA", log, FrameStore())
        room.pair.sides = {"left": "a", "right": "b"}
        command = {"do": "change", "id": "1", "side": "left", "month": 1, "settings": {}}
        await COMPARE_CHANGES["change"](SimpleNamespace(room=room), SimpleNamespace(who="facilitator"), command)

    with pytest.raises(NotAllowed, match="field"):
        asyncio.run(change())


def test_a_script_is_computed_once_however_often_it_is_asked_for():
    async def ask():
        openings, computed = OpeningScripts(), []

        async def compute():
            computed.append(1)
            await asyncio.sleep(0)
            return {"worlds": 0}

        await asyncio.gather(*(openings.script(("a", "b"), compute) for _ in range(5)))
        return computed, [openings.begins(("a", "b"), None) for _ in range(5)]

    assert asyncio.run(ask()) == ([1], [True, False, False, False, False])


def test_a_reload_gets_the_surest_script_and_begins_nothing():
    async def ask():
        openings = OpeningScripts()
        openings.scripts["a", "b"], openings.sure = {"worlds": 50}, {("a", "b")}
        return await openings.script(("a", "b"), None), openings.begins(("a", "b"), None)

    assert asyncio.run(ask()) == ({"worlds": 50}, False)


def test_no_other_file_is_opened_as_a_lesson(tmp_path):
    from sim.web.pair_tasks import lesson_opened  # which loads the model

    with pytest.raises(BadInput, match="is not in the box"):
        lesson_opened(str(tmp_path / "mine.yaml"), str(tmp_path / "own.yaml"))
