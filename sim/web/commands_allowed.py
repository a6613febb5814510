"""The commands that may come over a socket: who may send each, and what its fields may hold."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from sim.web.fields import CommandField, choice, flag, game_side, number, settings, text, texts, whole, word
from sim.web.workshop import DEPARTMENTS, EPISODES

FACILITATOR, PROJECTOR, PLAYER, GUEST = "facilitator", "projector", "player", "guest"
TRAINER = frozenset({FACILITATOR})
MOST_MONTHS, MOST_SEED, MOST_PLACES, MOST_CUSTOMERS = 120, 2**31 - 1, 65_535, 4000
FASTEST = 60.0  # months per second
MOST_TEAMS, LONGEST_TEAM, LONGEST_REASON = 8, 20, 140  # characters of a name, of a reason
MOST_ROUNDS, LONGEST_TIMER = 40, 3600  # seconds
ROUNDS_OF_EPISODE = (2, 4)  # that a facilitator may choose, as in experiments/game.yaml


class NotAllowed(Exception):
    """A message that is not one of the commands allowed.

    Args:
        why: Key of the reason.
        details: Values that go with it.
    """

    def __init__(self, why: str, **details: Any) -> None:
        super().__init__(why)
        self.why, self.details = why, details


class Allowed(NamedTuple):
    """One command.

    Args:
        roles: Who may send it.
        fields: Its fields by name, beside `do` and `id`.
    """

    roles: frozenset[str]
    fields: Mapping[str, CommandField]


COMPARE: dict[str, Allowed] = {
    "open": Allowed(TRAINER, {
        "world": word().left_out(), "left": settings().left_out(), "right": settings().left_out(),
        "firm": word().left_out(), "months": whole(1, MOST_MONTHS).left_out(),
        "customers": whole(10, MOST_CUSTOMERS).left_out(), "settings": settings().left_out(),
        "seed": whole(0, MOST_SEED).left_out(),
    }),
    "change": Allowed(TRAINER, {
        "side": choice("left", "right", "both"), "month": whole(0, MOST_MONTHS), "settings": settings(),
    }),
    "choose": Allowed(TRAINER, {"left": word().left_out(), "right": word().left_out()}),
    "clock": Allowed(TRAINER, {
        "playing": flag().left_out(), "speed": number(0.1, FASTEST).left_out(),
        "month": number(0, MOST_MONTHS).left_out(),
    }),
    "history": Allowed(TRAINER, {}),
    "settings": Allowed(TRAINER, {}),
    "frames": Allowed(frozenset({FACILITATOR, PROJECTOR}), {
        "side": choice("left", "right"), "from": whole(0, MOST_MONTHS),
    }),
    "band": Allowed(TRAINER, {}),
    "life": Allowed(TRAINER, {"place": whole(0, MOST_PLACES), "at": whole(0, MOST_MONTHS)}),
    "pick": Allowed(TRAINER, {
        "rule": choice("typical", "silent", "saved"), "side": choice("left", "right").left_out(),
    }),
    "opening": Allowed(TRAINER, {}),
    "lessons": Allowed(TRAINER, {}),
    "lesson": Allowed(TRAINER, {"lesson": word()}),
    "bet": Allowed(frozenset({FACILITATOR, PLAYER}), {
        "question": word(), "answer": text(40), "count": whole(0, 999).left_out(),
    }),
    "question": Allowed(TRAINER, {"question": word(), "answers": texts(8, 40)}),
    "reveal": Allowed(TRAINER, {"question": word()}),
}  # fmt: skip
PHONE = frozenset({PLAYER})
_ANY_SEAT = {"team": text(LONGEST_TEAM), "department": choice(*DEPARTMENTS)}
_OWN_SEAT = {"department": choice(*DEPARTMENTS).left_out()}
_CHOICE = {"decisions": settings().left_out(), "why": text(LONGEST_REASON).left_out()}
WORKSHOP: dict[str, Allowed] = {
    "game": Allowed(TRAINER, {
        "teams": texts(MOST_TEAMS, LONGEST_TEAM), "episode": choice(*EPISODES).left_out(),
        "seed": whole(0, MOST_SEED).left_out(), "rounds": whole(*ROUNDS_OF_EPISODE).left_out(),
        "customers": whole(200, MOST_CUSTOMERS).left_out(),
    }),
    "assign": Allowed(TRAINER, {"merge": flag().left_out()}),
    "start": Allowed(TRAINER, {"seconds": whole(5, LONGEST_TIMER).left_out()}),
    "close": Allowed(TRAINER, {"round": whole(1, MOST_ROUNDS).left_out()}),
    "back": Allowed(TRAINER, {"round": whole(1, MOST_ROUNDS)}),
    "episode": Allowed(TRAINER, {"number": whole(1, 2)}),
    "timer": Allowed(TRAINER, {
        "seconds": whole(5, LONGEST_TIMER).left_out(), "extend": whole(5, LONGEST_TIMER).left_out(),
        "off": flag().left_out(), "pause": flag().left_out(), "resume": flag().left_out(),
    }),
    "message": Allowed(TRAINER, {"text": text(140), "team": text(LONGEST_TEAM).left_out()}),
    "carry_on": Allowed(TRAINER, {**_ANY_SEAT, "on": flag().left_out()}),
    "play_for": Allowed(TRAINER, {**_ANY_SEAT, "decisions": settings(), "why": text(LONGEST_REASON).left_out()}),
    "drafts": Allowed(TRAINER, {}),
    "seat": Allowed(TRAINER, _ANY_SEAT),
    "lock": Allowed(TRAINER, {"on": flag()}),
    "claim": Allowed(PHONE, _ANY_SEAT),
    "release": Allowed(PHONE, _OWN_SEAT),
    "draft": Allowed(PHONE, _OWN_SEAT | _CHOICE),
    "send": Allowed(PHONE, _OWN_SEAT | _CHOICE),
    "revise": Allowed(PHONE, _OWN_SEAT),
    "quote": Allowed(PHONE, _OWN_SEAT | {"decisions": settings().left_out()}),
    "buy": Allowed(PHONE, _OWN_SEAT | {
        "what": choice("report", "survey", "figures"), "about": choice(*DEPARTMENTS).left_out(),
        "people": whole(1, 100_000).left_out(), "open": flag().left_out(),
    }),
}  # fmt: skip
_SIDE = game_side(LONGEST_TEAM, EPISODES)
DEBRIEF: dict[str, Allowed] = {
    "debrief": Allowed(TRAINER, {
        "left": _SIDE, "right": _SIDE, "parts": texts(12, 20).left_out(),
    }),
    "debrief_bets": Allowed(TRAINER, {}),
    "assumptions": Allowed(TRAINER, {}),
}  # fmt: skip
ROOMS: dict[str, Allowed] = {
    "delete_room": Allowed(TRAINER, {"code": word()}),
    "new_room": Allowed(TRAINER, {}),
    "projector": Allowed(TRAINER, {}),
}
ALLOWED_COMMANDS = COMPARE | WORKSHOP | DEBRIEF | ROOMS


def command_in(message: str) -> dict[str, Any]:
    """The command in a message, with its name and id; its fields are not looked at yet.

    Args:
        message: What came over the socket.

    Raises:
        NotAllowed: It is no JSON object with `do` and `id`, or holds a number that is none.
    """
    try:
        command = json.loads(message, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise NotAllowed("json") from None
    if not isinstance(command, dict) or not all(word().fits(command.get(name)) for name in ("do", "id")):
        raise NotAllowed("field", field="do, id", allowed=word().allowed)
    return command


def fields_of(command: Mapping[str, Any], role: str) -> dict[str, Any]:
    """The fields of a command, each of the type and in the range allowed.

    Args:
        command: What `command_in` gave.
        role: Of the sender.

    Raises:
        NotAllowed: The command is unknown, the sender may not send it, or a field does not fit.
    """
    allowed = ALLOWED_COMMANDS.get(command["do"])
    if allowed is None:
        raise NotAllowed("unknown_command")
    if role not in allowed.roles:
        raise NotAllowed("not_allowed")
    given = {name: value for name, value in command.items() if name not in ("do", "id")}
    for name in given.keys() - allowed.fields.keys():
        raise NotAllowed("field", field=name[:40], allowed="")
    for name, field in allowed.fields.items():
        if (field.needed or name in given) and not field.fits(given.get(name)):
            raise NotAllowed("field", field=name, allowed=field.allowed)
    return given


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
