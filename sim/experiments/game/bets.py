"""Bets that a room made, against what came out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sim.experiments.game.score import SCORES
from sim.parameters import BadInput

OF_TEAMS, OF_EPISODES = "teams", "episodes"
Scores = Mapping[str, Mapping[str, Mapping[str, float]]]  # by episode, team and score


def outcome_of(question: Mapping[str, Any], scores: Scores) -> str:
    """The answer to a question: the team, or the episode, that is highest in a score.

    Args:
        question: ``measure`` of `SCORES`; ``about`` teams of an ``episode``, or episodes of a ``team``.
        scores: Scores by episode and team.

    Raises:
        BadInput: A question of another kind, or about what was not played.

    >>> played = {"walls": {"red": {"profit": 1.0}, "blue": {"profit": 2.0}}}
    >>> outcome_of({"about": "teams", "episode": "walls", "measure": "profit"}, played)
    'blue'
    """
    measure, about = question.get("measure"), question.get("about")
    if measure not in SCORES or about not in (OF_TEAMS, OF_EPISODES):
        raise BadInput(
            f"a bet is about {OF_TEAMS} or {OF_EPISODES} in {', '.join(SCORES)}; {dict(question)!r} was found"
        )
    of = str(question.get("episode" if about == OF_TEAMS else "team"))
    if about == OF_TEAMS:
        candidates = {team: score[measure] for team, score in scores.get(of, {}).items()}
    else:
        candidates = {episode: teams[of][measure] for episode, teams in scores.items() if of in teams}
    if not candidates:
        raise BadInput(f"a bet is about {of}, which was not played")
    return max(candidates, key=lambda name: candidates[name])


def bets_against(bets: Iterable[Mapping[str, Any]], scores: Scores) -> list[dict[str, Any]]:
    """Each question with its outcome, how many gave which answer, and how many were right.

    Args:
        bets: ``question``, ``by`` and ``answer``; of the bets of one person on one question the last counts.
        scores: Scores by episode and team.

    Raises:
        BadInput: A question of another kind.
    """
    questions: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for bet in bets:
        key = tuple(sorted((str(name), str(value)) for name, value in bet["question"].items()))
        questions.setdefault(key, {})[str(bet["by"])] = str(bet["answer"])
    rows = []
    for key, answers in questions.items():
        outcome, counts = outcome_of(dict(key), scores), Counter(answers.values())
        rows.append({
            "question": dict(key), "outcome": outcome, "answers": dict(counts), "right": counts[outcome],
            "of": len(answers),
        })  # fmt: skip
    return rows
