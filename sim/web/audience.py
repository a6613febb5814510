"""Who may be told what: one table of messages by role, which every connection holds itself to."""

from sim.web.commands_allowed import FACILITATOR, GUEST, PLAYER, PROJECTOR
from sim.web.workshop import OVER, Workshop

_TRAINER = frozenset({FACILITATOR})
_LOOKS = frozenset({FACILITATOR, PROJECTOR})
_ROOM = frozenset({FACILITATOR, PROJECTOR, PLAYER})
_PHONE = frozenset({PLAYER})
AUDIENCE: dict[str, frozenset[str]] = {
    "hello": _ROOM | {GUEST}, "refused": _ROOM | {GUEST},
    "ready": _ROOM, "done": _ROOM, "trouble": _LOOKS, "deleted": _ROOM,
    "pair": _LOOKS, "clock": _LOOKS, "band": _LOOKS, "life": _LOOKS, "lesson": _ROOM, "question": _ROOM,
    "reveal": _LOOKS,
    "history": _TRAINER, "settings": _TRAINER, "lessons": _TRAINER, "opening": _LOOKS, "bets": _ROOM,
    "room": _LOOKS, "game": _ROOM, "standing": _LOOKS, "drafts": _TRAINER, "seat": _TRAINER, "projector": _TRAINER,
    "debrief": _LOOKS, "progress": _LOOKS, "assumptions": _LOOKS,
    "you": _PHONE, "view": _PHONE, "draft": _PHONE, "bought": _PHONE, "result": _PHONE, "decided": _PHONE,
}  # fmt: skip


def may_see_score(role: str, game: Workshop) -> bool:
    """Whether a role is told the scores now: those in front, when an episode is over or walls do not hide the whole.

    Args:
        role: Of who would see them.
        game: The game as it stands.
    """
    return role in _LOOKS and (game.phase == OVER or (game.episode != "walls" and game.round > 0))
