"""What a facilitator does with the two worlds: open, change, go back, run the clock, ask for lives and bands."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from sim.web.bets import answers_to
from sim.web.commands_allowed import FACILITATOR, NotAllowed
from sim.web.connection import Connection
from sim.web.pair_state import SIDES
from sim.web.stage import Stage

WebCommand = dict[str, Any]
LESSON, OPENING = "lesson.", "opening."  # begin the questions of lessons, and of the first minute
CommandHandler = Callable[[Stage, Connection, WebCommand], Awaitable[None]]


async def open_pair(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Open two worlds."""
    asked = {name: value for name, value in command.items() if name not in ("do", "id")}
    pair = await stage.looker.ask("pair", **asked)
    await show_pair(stage, sender.who, command["id"], pair | {"opened": True})


async def change(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Fork one side or both at a month, with other settings from there."""
    _refuse_no_pair(stage)
    if not command["settings"]:
        raise NotAllowed("field", field="settings", allowed="at least one setting")
    asked = {name: command[name] for name in ("side", "month", "settings")}
    descriptions = {side: stage.room.pair.description(side) for side in SIDES}
    await show_pair(stage, sender.who, command["id"], await stage.looker.ask("change", **descriptions, **asked))


async def choose(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Show timelines that were made before."""
    _refuse_no_pair(stage)
    history, descriptions = stage.room.pair.history, {}
    for side in SIDES:
        timeline = command.get(side, stage.room.pair.sides[side])
        if timeline not in history:
            raise NotAllowed("field", field=side, allowed="timeline of this room")
        descriptions[side] = history[timeline].description
    await show_pair(stage, sender.who, command["id"], await stage.looker.ask("both", **descriptions))


async def show_pair(stage: Stage, who: str, id: str, pair: dict[str, Any]) -> None:
    """Show two worlds, and begin to compute them.

    Args:
        stage: Where.
        who: Who wants it.
        id: The sender's name for it.
        pair: What the worker said of the two worlds.
    """
    room, earlier = stage.room, dict(stage.room.pair.sides)
    if await room.record(id, "pair", who, pair):
        for side in earlier:
            room.frames.continue_from(room.pair.sides[side], earlier[side], room.pair.begins[side])
        room.tell_pair()
        stage.playback.follow()


async def run_clock(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Play, pause, jump or change the pace."""
    room = stage.room
    _refuse_no_pair(stage)
    clock = replace(room.clock)
    clock.settle(time.time(), room.ready_both())
    month = min(command.get("month", clock.month), room.pair.months)
    playing = command.get("playing", clock.playing)
    if playing and "month" not in command and month >= room.pair.months:
        month = 0  # play at the end begins again
    asked = {"playing": playing, "speed": command.get("speed", clock.speed), "month": month}
    if await room.record(command["id"], "clock", sender.who, asked):
        room.clock.tick(time.time(), room.ready_both(), room.pair.months)
        room.tell_clock()


async def bet(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Take a bet, or the count of hands in the room for an answer."""
    if command["question"] in stage.room.bets.revealed:
        raise NotAllowed("closed")
    asked = {name: value for name, value in command.items() if name not in ("do", "id")}
    if "count" in asked and sender.role != FACILITATOR:
        raise NotAllowed("not_allowed")
    in_front = sender.role == FACILITATOR and command["question"].startswith(OPENING)
    listed = answers_to(command["question"], stage.room.lesson, stage.room.question)
    if not in_front and command["answer"] not in listed:
        raise NotAllowed("field", field="answer", allowed=", ".join(listed))
    if await stage.room.record(command["id"], "bet", sender.who, asked):
        stage.room.tell({"say": "bets", "bets": stage.room.bets.as_message()})


async def reveal(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Open the answers to a question."""
    if await stage.room.record(command["id"], "reveal", sender.who, {"question": command["question"]}):
        stage.room.tell({"say": "bets", "bets": stage.room.bets.as_message()})
        lesson = command["question"].removeprefix(LESSON)
        if lesson != command["question"]:
            stage.desk.in_background(_tell_result(stage, command["question"], stage.file_of(lesson)))


async def question(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Ask the room something that it can bet on."""
    asked = {"question": command["question"], "answers": command["answers"]}
    if await stage.room.record(command["id"], "question", sender.who, asked):
        stage.room.tell({"say": "question", **asked})


async def _tell_result(stage: Stage, question: str, lesson: str) -> None:
    """Tell what the worlds of a lesson give, as more and more of them are lived."""
    async for result in stage.background.stream("reveal", lesson=lesson, own=stage.own_lesson):
        stage.room.tell({"say": "reveal", "question": question, "result": result})


async def lesson(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Open a lesson and its two worlds."""
    pair = await stage.looker.ask("lesson", lesson=stage.file_of(command["lesson"]), own=stage.own_lesson)
    await show_pair(stage, sender.who, command["id"], pair | {"opened": True})
    message = {"say": "lesson", "lesson": stage.room.lesson, "seq": stage.room.seq}
    for connection in stage.room.connections:
        connection.tell(message | ({"id": command["id"]} if connection is sender else {}))


async def history(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Say which timelines were made."""
    made = stage.room.pair.history.values()
    timelines = [
        {
            "timeline": line.timeline,
            "side": line.side,
            "seq": line.seq,
            "changes": line.description["changes"],
        }
        for line in made
    ]
    sender.tell({"say": "history", "id": command["id"], "timelines": timelines})


async def frames(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send frames again."""
    side = command["side"]
    if side in stage.room.pair.sides:
        sender.shown[side] = stage.room.pair.sides[side], command["from"]
        sender.wake()


async def band(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send the range over paired worlds as it grows."""
    _refuse_no_pair(stage)
    sides = dict(stage.room.pair.sides)
    descriptions = {side: stage.room.pair.description(side) for side in SIDES}
    async for grown in stage.background.stream("band", **descriptions):
        if stage.room.pair.sides != sides:
            return
        stage.room.tell({"say": "band", "pair": sides, "band": grown})


async def life(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send one customer's life in both worlds."""
    await _send_life(stage, sender, command, {"place": command["place"], "at": command["at"]})


async def pick(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send the life of a customer picked by a rule."""
    await _send_life(stage, sender, command, {"rule": command["rule"], "side": command.get("side", "left")})


async def _send_life(stage: Stage, sender: Connection, command: WebCommand, whom: WebCommand) -> None:
    _refuse_no_pair(stage)
    descriptions = {side: stage.room.pair.description(side) for side in SIDES}
    reply = await stage.looker.ask("pick" if "rule" in whom else "life", **descriptions, **whom)
    message = {"say": "life", "id": command["id"], "life": reply, "seq": stage.room.seq}
    for connection in stage.room.connections:
        if connection is sender or connection.role == "projector":
            connection.tell(message)


async def opening(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send the script of the first minute, and again as its end gets surer."""
    _refuse_no_pair(stage)
    sides = dict(stage.room.pair.sides)
    descriptions = {side: stage.room.pair.description(side) for side in SIDES}
    key = tuple(sides[side] for side in SIDES)
    script = await stage.openings.script(key, lambda: stage.looker.ask("opening", **descriptions))
    sender.tell({"say": "opening", "id": command["id"], "pair": sides, "opening": script})
    if stage.openings.begins(key, sender):
        stage.desk.in_background(_surer_opening(stage, sides, descriptions))


async def _surer_opening(stage: Stage, sides: dict[str, str], descriptions: dict[str, Any]) -> None:
    """Tell all who asked as the end of the script gets surer, while the same worlds are shown."""
    openings, key = stage.openings, tuple(sides[side] for side in SIDES)
    try:
        async for script in stage.background.stream("surer_opening", **descriptions):
            openings.scripts[key] = script
            for asker in {id(asker): asker for asker in openings.asking[key]}.values():
                if asker in stage.room.connections:
                    asker.tell({"say": "opening", "pair": sides, "opening": script})
            if stage.room.pair.sides != sides:
                return
        openings.sure.add(key)
    finally:
        del openings.asking[key]


async def lessons(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send the list of lessons."""
    sender.tell(
        {"say": "lessons", "id": command["id"], "lessons": await stage.looker.ask("lessons", own=stage.own_lesson)}
    )


async def settings(stage: Stage, sender: Connection, command: WebCommand) -> None:
    """Send what can be changed."""
    _refuse_no_pair(stage)
    descriptions = {side: stage.room.pair.description(side) for side in SIDES}
    reply = await stage.looker.ask("settings", **descriptions)
    sender.tell({"say": "settings", "id": command["id"], "settings": reply})


def _refuse_no_pair(stage: Stage) -> None:
    if not stage.room.pair.sides:
        raise NotAllowed("no_pair")


COMPARE_CHANGES: dict[str, CommandHandler] = {
    "open": open_pair, "change": change, "choose": choose, "clock": run_clock, "bet": bet, "reveal": reveal,
    "lesson": lesson, "question": question,
}  # fmt: skip
COMPARE_READS: dict[str, CommandHandler] = {
    "history": history, "frames": frames, "band": band, "life": life, "pick": pick, "opening": opening,
    "lessons": lessons, "settings": settings,
}  # fmt: skip
