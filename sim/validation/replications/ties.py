"""Edge lists for networks of people: everybody with everybody, and personal groups with random ties between them."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from sim.model.network.configuration import configuration

KEY_OF_TIES = 20_010  # of the draws of who is weakly tied to whom; the same ties in every world


def complete_list(folder: Path, people: int) -> Path:
    """A file in which everybody is tied to everybody.

    Args:
        folder: Where it is written.
        people: People. [count]
    """
    path = folder / f"complete-{people}.csv"
    if not path.exists():
        ones, others = np.triu_indices(people, 1)
        _write(path, zip(ones.tolist(), others.tolist(), strict=True))
    return path


def group_list(folder: Path, people: int, group: int, weak: float) -> Path:
    """A file of groups in which all are tied to all, with random ties to anybody between them.

    Args:
        folder: Where it is written.
        people: People, a multiple of the group. [count]
        group: People of a group. [count]
        weak: Mean number of random ties of a person. [ties]
    """
    path = folder / f"groups-{people}-{group}-{weak:g}.csv"
    if not path.exists():
        ones, others = np.triu_indices(group, 1)
        shifts = np.repeat(np.arange(0, people, group), len(ones))
        copies = people // group
        ends = ((np.tile(end, copies) + shifts).tolist() for end in (ones, others))
        _write(path, [*zip(*ends, strict=True), *_random_ties(people, weak), (people - 1, people - 1)])
    return path


def _random_ties(people: int, mean: float) -> list[tuple[int, int]]:
    if mean <= 0.0:
        return []
    network = configuration(people, mean, 0.0, KEY_OF_TIES)
    owners = np.repeat(np.arange(people), np.diff(network.start))
    first = owners < network.ties
    return list(zip(owners[first].tolist(), network.ties[first].tolist(), strict=True))


def _write(path: Path, ties: Iterable[tuple[int, ...]]) -> None:
    path.write_text("\n".join(f"{one_end},{other}" for one_end, other in ties) + "\n", encoding="ascii")
