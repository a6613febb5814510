"""Tokens that admit: made here, kept as hashes only, the facilitator's link good for one use."""

import hashlib
import secrets

from sim.web.room_log import RoomLog

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0, O, 1, I and L, which look alike on a projector
CODE_LENGTH = 6
TOKEN_BYTES = 16
LINK, FACILITATOR, MEMBER = "link", "facilitator", "member"


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


def new_link(log: RoomLog) -> str:
    """The token of the facilitator's link; links of earlier starts that nobody used are good no more.

    Args:
        log: Where the hash is kept.
    """
    log.delete_tokens(LINK)
    return new_token(log, LINK)


def facilitator_token(log: RoomLog, link: str) -> str | None:
    """Exchange the link's token for that of a cookie; nothing when it is used or unknown.

    Args:
        log: Where the hashes are kept.
        link: Token of the link.
    """
    known = log.token(token_hash(link))
    if known is None or known[0] != LINK or not log.use_token(token_hash(link)):
        return None
    return new_token(log, FACILITATOR)
