"""Titles on contrasts of a sweep: which side is higher, by how much, at which horizon; held by the claim guard."""

from collections.abc import Sequence

from sim.charts.numbers import SPACE, Scale, places, plain
from sim.charts.sweep_tables import OutcomeWords
from sim.charts.words import Finding, first_supported_title, join_names, per_cent
from sim.statistics.verdicts import HIGHER, NO_DIFFERENCE, is_precise

AHEAD, BEHIND = "ahead", "behind"


def title_of_contrast(
    gap: Finding, outcome: OutcomeWords, sides: tuple[str, str], scale: Scale, level: float, rest: str = ""
) -> str:
    """A title on one paired difference, with its size where the interval is narrow and the level it is measured from.

    Args:
        gap: The difference. [unit of the outcome]
        outcome: Words of the outcome.
        sides: The two levels, as they stand in a sentence.
        scale: From the unit of the outcome to the reader's.
        level: Mean of the second side; NaN if not known. [unit of the outcome]
        rest: What follows where there is room.
    """
    ours, other = sides
    when = outcome.when
    if not gap.clear:
        claims = [f"{outcome.opening} {NO_DIFFERENCE} in {outcome.noun} between {ours} and {other}"]
        claims.append(f"{when}: {NO_DIFFERENCE} in {outcome.noun}")
    else:
        base = f" ({_number(level, scale)})" if level == level else ""
        claim = f"{outcome.noun} is {gap.verdict} with {ours} than with {other}"
        size = f"{_size(gap, scale, level)} " if is_precise(gap.mean, gap.low, gap.high) else ""
        sized = f"{outcome.noun} is {size}{gap.verdict} with {ours} than with {other}"
        claims = [
            f"{outcome.opening} {sized}{base}",
            f"{outcome.opening} {sized}",
            f"{outcome.opening} {claim}",
            f"{when}: {claim}",
        ]
        claims.append(f"{when}: {outcome.noun} is {gap.verdict}")
    return first_supported_title([f"{claim}; {rest}" for claim in claims if rest] + claims, [gap])


def _number(value: float, scale: Scale) -> str:
    shown = value * scale.factor
    text = plain(shown, places([shown]))
    unit, _, size = scale.unit.partition(SPACE)
    if scale.unit == "%":
        return f"{text}{SPACE}%"
    return f"{unit}{SPACE}{text}{SPACE}{size}".strip() if size else f"{text}{SPACE}{unit}".strip()


def _size(gap: Finding, scale: Scale, level: float) -> str:
    text = _number(abs(gap.mean), scale if scale.unit != "%" else scale._replace(unit=scale.gap_unit))
    share = per_cent(gap.mean, level)
    return f"{text} ({share})" if share else text


def title_of_cells(
    findings: Sequence[Finding], outcome: OutcomeWords, sides: tuple[str, str], direction: str, what: str
) -> str:
    """A title on many cells: in how many one side is ahead, behind, and not clear.

    Args:
        findings: The difference in each cell.
        outcome: Words of the outcome.
        sides: The two levels, as they stand in a sentence.
        direction: ``higher`` or ``lower``: which outcome is better.
        what: Name of a cell in the plural.
    """
    ours, other = sides
    total, clear = len(findings), [finding for finding in findings if finding.clear]
    ahead = sum(finding.verdict == direction for finding in clear)
    behind, open_cells = len(clear) - ahead, total - len(clear)
    noun = f"{outcome.when}, {outcome.noun}"
    if not clear:
        titles = [f"{noun}: {NO_DIFFERENCE} between {ours} and {other} in any of {total} {what}"]
        return first_supported_title([*titles, f"{noun}: {NO_DIFFERENCE} in any of {total} {what}"], findings)
    counts = [f"{AHEAD} in {ahead}"] * bool(ahead) + [f"{BEHIND} in {behind}"] * bool(behind)
    summary = join_names([*counts, *[f"not clear in {open_cells}"] * bool(open_cells)])
    titles = [
        f"{noun}: {ours} is {summary} of {total} {what}, against {other}",
        f"{noun}: {ours} is {summary} of {total} {what}",
        f"{noun}: {summary} of {total} {what}",
    ]
    return first_supported_title(titles, findings)


def better_side(mean: float, direction: str) -> bool:
    """Whether a difference is good for the first side."""
    return (mean > 0.0) == (direction == HIGHER)
