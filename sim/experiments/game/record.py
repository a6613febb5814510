"""The record of a game, by which it can be played again, and the refusal of one that another model has made."""

from collections.abc import Mapping
from typing import Any

from sim.experiments.game.game_design import GameDesign
from sim.numeric.compiling import NOTHING_COMPILED, source_hash
from sim.parameters import BadInput


class ChangedModel(BadInput):
    """A game was begun with another model or design; its numbers would not come out again."""


def model_hash() -> str:
    """Identity of the code that a world follows from."""
    return source_hash(NOTHING_COMPILED)


def record_of(design: GameDesign, teams: tuple[str, ...], seed: int) -> dict[str, Any]:
    """What a game is made of, as plain data."""
    return {
        "model": model_hash(), "design": design.sha256, "name": design.name, "teams": list(teams), "seed": seed,
        "rounds": design.rounds, "agents": design.agents,
    }  # fmt: skip


def refuse_change(record: Mapping[str, Any], design: GameDesign) -> None:
    """Stop a game whose record does not belong to this model and design.

    Raises:
        ChangedModel: Says what was recorded, what is here, and what can be done.
    """
    here = record_of(design, (), 0)
    for what in ("model", "design"):
        if record.get(what) != here[what]:
            raise ChangedModel(
                f"this game was begun with {what} {record.get(what)}; here is {what} {here[what]}. Its numbers would "
                "not come out again: play it with the version that began it, or begin a new game"
            )
