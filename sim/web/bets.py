"""What a room bets before it sees: counts only, until the answer is shown."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Bets:
    """The bets of a room.

    Args:
        answers: The last answer of everybody, by question.
        revealed: Questions whose answers are open.
    """

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    revealed: set[str] = field(default_factory=set)

    def bet(self, question: str, who: str, answer: str) -> None:
        """Take a bet; a later one of the same person counts instead of the earlier.

        Args:
            question: What it is about.
            who: Who bets.
            answer: The answer.
        """
        self.answers.setdefault(question, {})[who] = answer

    def as_message(self) -> dict[str, Any]:
        """What the room is told."""
        return {question: self._of(question) for question in self.answers.keys() | self.revealed}

    def _of(self, question: str) -> dict[str, Any]:
        given = list(self.answers.get(question, {}).values())
        told: dict[str, Any] = {"count": len(given), "revealed": question in self.revealed}
        if told["revealed"]:
            told["answers"] = {answer: given.count(answer) for answer in sorted(set(given))}
        return told
