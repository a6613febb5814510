"""Tokens that admit: made here, kept as hashes only, the facilitator's link good for one use."""

import hashlib
import secrets

from sim.web.room_log import RoomLog

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0, O, 1, I and L, which look alike on a projector
CODE_LENGTH = 6
TOKEN_BYTES = 16
FACILITATOR, PROJECTOR, MEMBER = "facilitator", "projector", "member"
LINK_OF = {FACILITATOR: "link of facilitator", PROJECTOR: "link of projector"}
LINK_LIFE = 600.0  # seconds in which a link must be used


def new_code() -> str:
    """A code for a room that can be read aloud.

    >>> len(new_code())
    6
    """
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def cookie_name(role: str, port: int) -> str:
    """Name of the cookie for a role; cookies are kept by host, and several studios may run on one.

    Args:
        role: What the token in it admits to.
        port: Port of the studio.
    """
    return f"studio_{port}_{role}"


def token_hash(token: str) -> str:
    """What is kept of a token.

    Args:
        token: The token.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(log: RoomLog, role: str, room: str | None = None, member: int | None = None) -> str:
    """A token of 128 random bits, of which the log keeps the hash.

    Args:
        log: Where the hash is kept.
        role: What it admits to.
        room: Code of the room; none for all rooms.
        member: Number of the member in the room.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    log.add_token(token_hash(token), role, room, member)
    return token


def new_link(log: RoomLog, role: str) -> str:
    """The token of a link; links for the same role that nobody used are good no more.

    Args:
        log: Where the hash is kept.
        role: What it admits to: facilitator or projector.
    """
    log.delete_tokens(LINK_OF[role])
    return new_token(log, LINK_OF[role])


def exchanged(log: RoomLog, link: str) -> tuple[str, str] | None:
    """Role and token of a cookie for the token of a link; nothing when that is used, too old or unknown.

    Args:
        log: Where the hashes are kept.
        link: Token of the link.
    """
    known = log.token(token_hash(link))
    role = next((role for role, name in LINK_OF.items() if known and known[0] == name), None)
    if role is None or not log.use_token(token_hash(link), LINK_LIFE):
        return None
    return role, new_token(log, role)
