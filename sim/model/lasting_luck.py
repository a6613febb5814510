"""Luck that a person keeps for life: drawn at birth, kept in small whole numbers."""

from sim.model.randomness import BELIEF, STATED, TASTE, normals
from sim.model.state import DIMENSIONS, LASTING_UNIT, Person, Relations
from sim.numeric.compiling import rule
from sim.numeric.mathematics import nearest


@rule
def in_lasting_units(normal: float) -> int:
    """A standard normal number of a person's lasting luck as a small whole number, of `LASTING_UNIT` each."""
    return nearest(normal / LASTING_UNIT)


@rule
def keep_errors(person: Person, key: int) -> None:
    """How the person's words distort what it wants, for life."""
    for half in range(DIMENSIONS // 2):
        first, second = normals(key, person.slot, person.generation, 0, STATED, half, 0)
        person.stated_error[2 * half] = in_lasting_units(first)
        person.stated_error[2 * half + 1] = in_lasting_units(second)


@rule
def keep_feeling_for(relation: Relations, person: Person, key: int, firm: int) -> None:
    """How the person takes to a firm, and how the firm errs about it, for life. firm: its key"""
    relation.taste = in_lasting_units(normals(key, person.slot, person.generation, 0, TASTE, 0, firm)[0])
    for half in range(DIMENSIONS // 2):
        first, second = normals(key, person.slot, person.generation, 0, BELIEF, half, firm)
        relation.belief_error[2 * half] = in_lasting_units(first)
        relation.belief_error[2 * half + 1] = in_lasting_units(second)
