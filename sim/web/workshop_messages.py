"""What each role is told of a workshop; nothing that is sealed, and to a phone no more than it needs."""

import time
from typing import Any

from sim.web.audience import may_see_score
from sim.web.commands_allowed import FACILITATOR, PLAYER, PROJECTOR
from sim.web.connection import Connection
from sim.web.game_desk import GameDesk
from sim.web.room import LOOKS, Room
from sim.web.workshop import CLOSING, LOBBY, OVER, Seat, SeatName, Workshop

VIEW_OF = ("team", "department", "episode")  # whose a view is; it goes with every change of it
PHONE_SCORES = ("profit", "customer_equity")
SHOWN_SCORES = ("profit", "customer_equity", "customers_kept", "npv")


def game_for_trainer(room: Room) -> dict[str, Any] | None:
    """The game as facilitator and projector see it: who is where and how far, never what is drafted.

    Args:
        room: The room.
    """
    game = room.workshop
    if game is None:
        return None
    teams = [{"name": team, "seats": [_seat(room, game, team, name) for name in _departments(game, team)]}
             for team in game.teams]  # fmt: skip
    seated = {seat.member for seat in game.seats.values()}
    waiting = [{"member": person.number, "nickname": person.nickname} for person in room.members.present.values()
               if person.number not in seated and not person.watches]  # fmt: skip
    return _common(game) | {"teams": teams, "waiting": waiting, "watching": _watching(room), "message": game.message}


def game_for_phone(room: Room, member: int | None) -> dict[str, Any] | None:
    """The game as a phone sees it: before the first round all seats, then those of the own team.

    Args:
        room: The room.
        member: Whose phone it is.
    """
    game = room.workshop
    if game is None:
        return None
    own = {team for team, _ in game.seats_of(member)}
    teams: list[dict[str, Any]] = []
    for team in game.teams:
        names = _departments(game, team) if team in own or not own else []
        teams.append({"name": team, "seats": [{"department": name, "state": game.seats[team, name].state}
                                              for name in names]})  # fmt: skip
    message = game.message if game.message and game.message.get("team") in (None, *own) else None
    return _common(game) | {"teams": teams, "message": message}


def tell_game(desk: GameDesk, design: bool = False) -> None:
    """Tell everybody how the game stands.

    Args:
        desk: The game.
        design: Whether the design goes with it to phones too, which keep it; it is larger than all the rest.
    """
    trainer = game_for_trainer(desk.room)
    for connection in desk.room.connections:
        if connection.role == PLAYER and trainer and trainer["phase"] == CLOSING:
            continue  # it lasts less than a second
        game = trainer if connection.role in LOOKS else game_for_phone(desk.room, connection.member)
        if game is not None and (design or connection.role in LOOKS):
            game["design"] = desk.design
        message = {"say": "game", "seq": desk.room.seq, "game": game}
        if connection.role == PLAYER:
            _tell_phone_game(connection, message)
        else:
            connection.tell(message)


def _tell_phone_game(phone: Connection, message: dict[str, Any]) -> None:
    """Tell a phone what is new in the game; in the lobby, and without a game, it keeps no views."""
    game = message["game"]
    if game is None or "design" in game:
        phone.forget("game")
    if game is None or game["phase"] == LOBBY:
        phone.forget("view")
    if game is None:
        phone.tell(message)
    else:
        phone.tell_changes(message, "game", ("now",))


def tell_state(desk: GameDesk, where: SeatName) -> None:
    """Tell how far a seat is: all who look, and the phones of its team.

    Args:
        desk: The game.
        where: Team and department.
    """
    room, game = desk.room, desk.game
    trainer = game_for_trainer(room)
    for connection in room.connections:
        if connection.role in LOOKS:
            connection.tell({"say": "game", "seq": room.seq, "game": (trainer or {}) | {"design": desk.design}})
        elif any(team == where[0] for team, _ in game.seats_of(connection.member)):
            connection.forget("game", "teams")
            connection.tell({"say": "decided", "department": where[1], "state": game.seats[where].state})


def tell_phone(desk: GameDesk, phone: Connection) -> None:
    """Tell a phone everything that is its own.

    Args:
        desk: The game.
        phone: The phone.
    """
    tell_you(desk.room, phone)
    if desk.room.workshop is None or not desk.views:
        return
    for where in desk.game.seats_of(phone.member):
        tell_view(desk, phone, where)
        phone.tell(draft_message(where, desk.game.seats[where]))
        if desk.bought.get(where):
            phone.tell({"say": "bought", "department": where[1], "bought": desk.bought[where]})
        tell_result(desk, phone, where)


def tell_you(room: Room, phone: Connection) -> None:
    """Tell a phone whose it is and which seats it has.

    Args:
        room: The room.
        phone: The phone.
    """
    member = room.members.present.get(phone.member or 0)
    seats = room.workshop.seats_of(phone.member) if room.workshop else []
    departments = [department for _, department in seats]
    phone.tell({
        "say": "you", "member": phone.member, "nickname": member.nickname if member else "",
        "watches": bool(member and member.watches), "team": seats[0][0] if seats else None,
        "departments": departments, "department": departments[0] if departments else None,
    })  # fmt: skip


def tell_view(desk: GameDesk, phone: Connection, where: SeatName) -> None:
    """Tell a phone what its department sees.

    Args:
        desk: The game.
        phone: The phone.
        where: Team and department.
    """
    view = desk.views.get(where[0], {}).get(where[1])
    if view is not None:
        phone.tell_changes({"say": "view", "view": view}, "view", VIEW_OF)


def tell_result(desk: GameDesk, phone: Connection, where: SeatName) -> None:
    """Tell a phone what came of the last round for its department.

    Args:
        desk: The game.
        phone: The phone.
        where: Team and department.
    """
    view = desk.views.get(where[0], {}).get(where[1], {})
    if not desk.standing or not desk.standing.get("round") or "pay" not in view:
        return
    before = desk.views_before.get(where[0], {}).get(where[1], {})
    result = {name: desk.standing[name] for name in ("episode", "round")} | {"pay": view["pay"]}
    if "pay" in before:
        result["before"] = before["pay"]
    if desk.game.phase == OVER:
        scores = shown_standing(desk.standing)["scores"]
        result["standing"] = {team: {name: score[name] for name in PHONE_SCORES} for team, score in scores.items()}
    phone.tell({"say": "result", "department": where[1], "result": result})


def tell_standing(desk: GameDesk, connections: list[Connection]) -> None:
    """Tell those who may see them the scores.

    Args:
        desk: The game.
        connections: Who would see them.
    """
    for connection in connections:
        if desk.standing and desk.room.workshop and may_see_score(connection.role, desk.game):
            history = [shown_standing(line) for line in desk.history]
            connection.tell({"say": "standing", "standing": shown_standing(desk.standing), "history": history})


def shown_standing(standing: dict[str, Any]) -> dict[str, Any]:
    """A standing with the scores that the room may see: not the figures that walls hide.

    Args:
        standing: What the game said.
    """
    scores = {team: {name: score[name] for name in SHOWN_SCORES} for team, score in standing["scores"].items()}
    return {"episode": standing["episode"], "round": standing["round"], "scores": scores}


def draft_message(where: SeatName, seat: Seat) -> dict[str, Any]:
    """What a member is told of his own draft.

    Args:
        where: Team and department.
        seat: The seat.
    """
    sent = seat.sent is not None and not seat.drafting
    draft = {"decisions": seat.decisions, "why": seat.why, "sent": sent}
    return {"say": "draft", "department": where[1], "draft": draft}


def _departments(game: Workshop, team: str) -> list[str]:
    return [name for owner, name in game.seats if owner == team]


def _seat(room: Room, game: Workshop, team: str, name: str) -> dict[str, Any]:
    seat = game.seats[team, name]
    member = room.members.present.get(seat.member or 0)
    here = any(person.role == PLAYER and person.member == seat.member for person in room.connections)
    return {"department": name, "by": seat.by, "member": seat.member, "nickname": member.nickname if member else "",
            "here": here, "state": seat.state}  # fmt: skip


def _watching(room: Room) -> int:
    return len([person for person in room.members.present.values() if person.watches])


def _common(game: Workshop) -> dict[str, Any]:
    now = time.time()
    return {
        "phase": game.phase, "episode": game.episode, "round": game.round, "rounds": game.rounds,
        "timer": game.timer.as_message(now), "now": round(now * 1000),
    }  # fmt: skip


def greeting(desk: GameDesk, connection: Connection) -> dict[str, Any]:
    """The room as somebody is told who comes, by his role.

    Args:
        desk: The game of the room.
        connection: Who comes.
    """
    room = desk.room
    added = {"design": desk.design} if desk.design else {}
    if connection.role in (FACILITATOR, PROJECTOR):
        game = game_for_trainer(room)
        described = room.as_message() | {"members": len(room.members.present), "locked": room.members.locked}
    else:
        game = game_for_phone(room, connection.member)
        described = {"code": room.code, "seq": room.seq, "bets": room.bets.as_message(), "lesson": room.lesson,
                     "question": room.question}  # fmt: skip
    return described | {"game": None if game is None else game | added}
