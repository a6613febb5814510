"""The page of what sources say otherwise: each value that ships beside the figures that were found for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.commands.assumptions_text import INITIALS
from sim.parameters import Scenario
from sim.parameters.assumptions import REACH, UNMOVED, Assumption, assumptions_of, why_idle
from sim.parameters.parameter import ASSUMED
from sim.validation.other_figures import (
    PASSAGES,
    TABLE_DEFAULT,
    OtherFigure,
    grade_in,
    other_figures,
    row_of,
    unfound,
)

StudyRow = Mapping[str, Any]
NO_REASON = "no good reason"  # so begins the text of an entry that has none
OTHERWISE_HEAD = """# What sources say otherwise

[Sources](sources.md) lists the values whose source says them, [assumptions](assumptions.md) those that nobody has
measured. This page lists **figures that were found for a number and that are not the number that ships**, whether that
is sourced, calibrated or assumed. No value was changed for it: worlds are calibrated with the values that ship, and a
change makes all results anew. Where there is no good reason for a value the page says so. It is written by
`sim params --format otherwise` from `sim/validation/other_figures.yaml`; a test holds the values told here against
the table and the worlds.

{looked} numbers graded as assumed were looked at, and {graded} of another grade: by memory, in notes and in data, and
those that looked most likely to have a figure by a search for its passage. Nobody has searched the literature number by
number, so the list is too short. Figures were found in {figures} cases; in {differ} of them the shipped value lies
outside, in {reasonless} of those without a good reason. *Recalled* and *by memory* mean that the passage was not seen:
such a figure can be wrong.

| how the passage is known | meaning | figures | of them otherwise |
|---|---|---|---|
{seen}

The last column is from the study of assumptions in `{world}`: how the differences in net present value between policies
change, in thousand {currency}, when the number of that world is moved by {reach}, whichever world the row is about (CC
is `customer_centric`, OS `osfa`, PC `product_centric`; unmoved CC − OS is {osfa}, CC − PC {product}). `*` marks a
change whose 95 % interval excludes zero; all others may be luck. Many figures lie further off than {reach}, and nothing
says what several of them do together. A number that was not moved may matter more than one that was.
"""
DIFFER_HEAD = """
## Sources say otherwise

Those that move the differences beyond luck stand first, then those that are furthest off.

| number | ships | sources say | shipped is | who says what | known | why it was kept | in `{world}`, moved by {reach} |
|---|---|---|---|---|---|---|---|"""
AGREE_HEAD = """
## Sources say about the same

The value lies within what was found. That is no measurement of it.

| number | ships | sources say | who says what | known | remark |
|---|---|---|---|---|---|"""
NOTHING_HEAD = """
## Looked for, and nothing to set beside it

| numbers, all graded as assumed | why |
|---|---|"""


def otherwise_page(about: StudyRow, rows: Iterable[StudyRow]) -> str:
    """The page in Markdown.

    Args:
        about: What the study of assumptions says of itself.
        rows: Its table.
    """
    moves, world = _by_key(rows), Scenario.load(about["scenario"])
    assumed = {number.key: number for number in assumptions_of(world)}
    study = {"world": world.name, "reach": f"{REACH:.0%}".replace("%", " %")}
    differ = [figure for figure in other_figures() if figure.worlds_that_differ]
    agree = [figure for figure in other_figures() if not figure.worlds_that_differ]
    differ.sort(key=lambda figure: (-_most_clear(moves.get(figure.key, ())), -_distance(figure)))
    lines = [
        OTHERWISE_HEAD.format(**_counts(differ, agree), **_unmoved(moves), **study, currency=world.currency),
        DIFFER_HEAD.lstrip("\n").format(**study),
        *(_differing(figure, _moved(figure.key, moves, assumed, world)) for figure in differ),
        AGREE_HEAD,
        *(_agreeing(figure) for figure in agree),
        NOTHING_HEAD,
        *(f"| {', '.join(f'`{key}`' for key in group.keys)} | {group.reason} |" for group in unfound()),
    ]
    return "\n".join(lines) + "\n"


def _by_key(rows: Iterable[StudyRow]) -> dict[str, list[StudyRow]]:
    table: dict[str, list[StudyRow]] = {}
    for row in rows:
        table.setdefault(row["key"], []).append(row)
    return table


def _counts(differ: Sequence[OtherFigure], agree: Sequence[OtherFigure]) -> dict[str, Any]:
    grades = {figure.key: {grade_in(figure.key, world) for world in figure.shipped} for figure in (*differ, *agree)}
    looked = {key for key, several in grades.items() if ASSUMED in several} | {
        key for group in unfound() for key in group.keys
    }
    known, apart = (Counter(figure.seen for figure in group) for group in ((*differ, *agree), differ))
    seen = [f"| {level} | {meaning} | {known[level]} | {apart[level]} |" for level, meaning in PASSAGES.items()]
    return {
        "looked": len(looked),
        "graded": len(set(grades) - looked),
        "figures": len(differ) + len(agree),
        "differ": len(differ),
        "reasonless": sum(figure.kept.startswith(NO_REASON) for figure in differ),
        "seen": "\n".join(seen),
    }


def _unmoved(moves: Mapping[str, Sequence[StudyRow]]) -> dict[str, str]:
    return {row["against"].partition("_")[0]: _signed(row["gap"], "") for row in moves[UNMOVED]}


def _signed(money: float, plus: str) -> str:
    return f"{money / 1000.0:{plus}.0f}".replace("-", "−")


def _clear(row: StudyRow) -> bool:
    return bool(row["change_low"] > 0.0 or row["change_high"] < 0.0)


def _most_clear(rows: Sequence[StudyRow]) -> float:
    return max((abs(row["change"]) for row in rows if _clear(row)), default=0.0)


def _distance(figure: OtherFigure) -> float:
    return float("inf") if figure.factor is None else max(figure.factor, 1.0 / figure.factor)


def _moved(
    key: str, moves: Mapping[str, Sequence[StudyRow]], assumed: Mapping[str, Assumption], world: Scenario
) -> str:
    if key not in assumed:
        return f"not moved: {grade_in(key, world.name)} there"
    rows = moves.get(key, ())
    if not any(row["change"] for row in rows):
        return f"nothing: {why_idle(assumed[key], world) or 'it does not act there'}"
    return "; ".join(_largest(against, rows) for against in dict.fromkeys(row["against"] for row in rows))


def _largest(against: str, rows: Sequence[StudyRow]) -> str:
    of_pair = [row for row in rows if row["against"] == against]
    row = max([row for row in of_pair if _clear(row)] or of_pair, key=lambda row: abs(row["change"]))
    return f"CC − {INITIALS[against]} {_signed(row['change'], '+')}{'*' if _clear(row) else ''}"


def _differing(figure: OtherFigure, moved: str) -> str:
    factor = "–" if figure.factor is None else f"× {figure.factor:.2g}"
    return (
        f"| {_key_and_unit(figure)} | {_shipped(figure)} | {_range(figure)} | {factor} | {figure.says} | {figure.seen} "
        f"| {figure.kept} | {moved} |"
    )


def _agreeing(figure: OtherFigure) -> str:
    parts = (_key_and_unit(figure), _shipped(figure), _range(figure), figure.says, figure.seen, figure.kept)
    return f"| {' | '.join(parts)} |"


def _key_and_unit(figure: OtherFigure) -> str:
    return f"`{figure.key}` [{row_of(figure.key).unit}]"


def _range(figure: OtherFigure) -> str:
    ends = dict.fromkeys((figure.low, figure.high))
    return " to ".join(f"{end:g}" for end in ends).replace("-", "−")


def _shipped(figure: OtherFigure) -> str:
    grades = [grade_in(figure.key, world) for world in figure.shipped]
    values = [f"{'' if world == TABLE_DEFAULT else f'`{world}` '}{value:g}" for world, value in figure.shipped.items()]
    if len(set(grades)) == 1:
        return f"{', '.join(values)} ({grades[0]})"
    return ", ".join(f"{value} ({grade})" for value, grade in zip(values, grades, strict=True))
