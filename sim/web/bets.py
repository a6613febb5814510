"""What a room bets before it sees: counts only, until the answer is shown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


def answers_to(question: str, lesson: dict[str, Any] | None, asked: dict[str, Any] | None) -> list[str]:
    """The answers that are listed for a question that the room is asked now; none for any other.

    Args:
        question: The question.
        lesson: The lesson that is open.
        asked: What the room was asked last.

    >>> answers_to("game.teams.walls.profit", None, {"question": "game.teams.walls.profit", "answers": ["Red", "Blue"]})
    ['Red', 'Blue']
    """
    if lesson and lesson.get("bet") and question == f"lesson.{lesson['id']}":
        return [choice["id"] for choice in lesson["bet"]["choices"]]
    return list(asked["answers"]) if asked and asked["question"] == question else []


@dataclass
class Bets:
    """The bets of a room.

    Args:
        answers: The last answer of everybody, by question.
        hands: Hands counted in the room, by question and answer.
        revealed: Questions whose answers are open.
    """

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    hands: dict[str, dict[str, int]] = field(default_factory=dict)
    revealed: set[str] = field(default_factory=set)

    def bet(self, question: str, who: str, answer: str) -> None:
        """Take a bet; a later one of the same person counts instead of the earlier.

        Args:
            question: What it is about.
            who: Who bets.
            answer: The answer.
        """
        self.answers.setdefault(question, {})[who] = answer

    def count(self, question: str, answer: str, hands: int) -> None:
        """Take the hands that were counted in the room for an answer; a later count replaces it.

        Args:
            question: What it is about.
            answer: The answer.
            hands: How many.
        """
        self.hands.setdefault(question, {})[answer] = hands

    def on_game(self, teams: Sequence[str]) -> list[dict[str, Any]]:
        """Bets on a game, as it takes them: of `game.teams.EPISODE.MEASURE` and `game.episodes.NUMBER.MEASURE`.

        Args:
            teams: Names of the teams; numbers of teams count from 0.
        """
        given: list[dict[str, Any]] = []
        for name, answers in self.answers.items():
            match name.split("."):
                case ["game", "teams", episode, measure]:
                    question = {"about": "teams", "episode": episode, "measure": measure}
                case ["game", "episodes", number, measure] if number.isdecimal() and int(number) < len(teams):
                    question = {"about": "episodes", "team": teams[int(number)], "measure": measure}
                case _:
                    continue
            given += [{"question": question, "by": who, "answer": answer} for who, answer in answers.items()]
        return given

    def as_message(self) -> dict[str, Any]:
        """What the room is told."""
        known = self.answers.keys() | self.hands.keys() | self.revealed
        return {question: self._of(question) for question in sorted(known)}

    def _of(self, question: str) -> dict[str, Any]:
        given = Counter(self.answers.get(question, {}).values()) + Counter(self.hands.get(question, {}))
        summary: dict[str, Any] = {"count": given.total(), "revealed": question in self.revealed}
        return summary | ({"answers": dict(sorted(given.items()))} if summary["revealed"] else {})
