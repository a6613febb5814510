"""The commands that may come over a socket: who may send each, and what its fields may hold."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from sim.web.fields import Field, choice, flag, number, settings, text, whole, word

FACILITATOR, PROJECTOR, PLAYER, GUEST = "facilitator", "projector", "player", "guest"
TRAINER = frozenset({FACILITATOR})
MOST_MONTHS, MOST_SEED, MOST_PLACES = 120, 2**31 - 1, 65_535
FASTEST = 60.0  # months per second


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
    fields: Mapping[str, Field]


COMPARE: dict[str, Allowed] = {
    "open": Allowed(TRAINER, {
        "world": word().left_out(), "left": settings().left_out(), "right": settings().left_out(),
        "firm": word().left_out(), "months": whole(1, MOST_MONTHS).left_out(),
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
    "pick": Allowed(TRAINER, {"rule": choice("typical", "silent", "saved")}),
    "opening": Allowed(TRAINER, {}),
    "lessons": Allowed(TRAINER, {}),
    "lesson": Allowed(TRAINER, {"lesson": word()}),
    "bet": Allowed(frozenset({FACILITATOR, PLAYER}), {"question": word(), "answer": text(40)}),
    "reveal": Allowed(TRAINER, {"question": word()}),
}  # fmt: skip
COMMANDS = COMPARE


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
    allowed = COMMANDS.get(command["do"])
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
