"""Who came into a room by its code: numbers with a nickname if they wish, and nothing else about them."""

from dataclasses import dataclass, field
from typing import NamedTuple

MOST_MEMBERS = 150
LONGEST_NICKNAME = 20


class Member(NamedTuple):
    """Somebody with a phone.

    Args:
        number: Number in the room, from 1.
        nickname: What he wants to be called; empty for nothing.
        watches: Whether he only looks on.
    """

    number: int
    nickname: str
    watches: bool


@dataclass
class Members:
    """The members of a room.

    Args:
        present: Those who came and did not leave, by number.
        latest: Number of the one who came last.
        locked: Whether nobody else may come.
    """

    present: dict[int, Member] = field(default_factory=dict)
    latest: int = 0
    locked: bool = False

    def join(self, member: Member) -> None:
        """Somebody comes.

        Args:
            member: Who.
        """
        self.present[member.number] = member
        self.latest = max(self.latest, member.number)

    def leave(self, number: int) -> None:
        """Somebody leaves.

        Args:
            number: Number of the member.
        """
        self.present.pop(number, None)
