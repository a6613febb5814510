"""The page of assumed numbers of a world: why each stands where it does, and what the headline does when it moves."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.parameters import Scenario
from sim.parameters.assumptions import REACH, UNMOVED, Assumption, assumptions_of, why_idle
from sim.parameters.parameter import ASSUMED
from sim.policies import policy_named

TableRow = Mapping[str, Any]
SHARE_BY_LUCK = 0.05  # share of 95 % intervals that exclude a true zero
ASSUMPTIONS_HEAD = """# Assumptions

A number is graded as assumed where nobody has measured it ([sources.md](sources.md) has the other grades). This page
lists those of the world `{world}`: value, allowed range, meaning, and **how much the headline moves** when the number
alone is moved. It is written by `sim params --format assumptions` from the table of parameters and from
`{folder}`. `sim study assumptions {world} --out {folder}`
makes that folder; it keeps its work and resumes.

The headline is the difference in net present value of the focal firm between two policies. A number is moved
{reach:.0%} down and {reach:.0%} up, held within its allowed range; counts are moved to whole numbers. Unmoved and moved
worlds are paired: they have the same people and the same luck. The worlds are small: {customers} customers,
{months} months, {replications} replications. The policies are not tuned. An interval is the 95 % t interval of the
mean of that many pairs, so it is wide. Changes are in thousand {currency}.
CC is `customer_centric`, OS `osfa`, PC `product_centric`.

"""
CHANGES_HEAD = (
    "| number | value, unit | allowed | meaning and reason | moved to | CC − OS changes by | CC − PC changes by "
    "| sign turns |"
)
IDLE_HEAD = """
## Numbers that do not act in this world

They are in the table because they act in other worlds, or in this one when a mechanism is switched on.

| number | value | why it does not act |
|---|---|---|
"""
POLICIES_HEAD = """
## Numbers of policies that were not moved

A policy's own rules have numbers that no setting of a world reaches. The decisions that define a policy are assumed in
size as well; their direction has a source (`sim policy show customer_centric`). They are what is compared, and are not
moved here.

| number | value | meaning |
|---|---|---|
"""
INITIALS = {"customer_centric": "CC", "osfa": "OS", "product_centric": "PC"}


class Moved(NamedTuple):
    """What a study shows for one number.

    Args:
        assumption: The number.
        rows: Its rows of the study's table: one for each end and pair of policies.
    """

    assumption: Assumption
    rows: Sequence[TableRow]

    @property
    def most(self) -> float:
        """Largest change of a difference in size. [money]"""
        return max((abs(row["change"]) for row in self.rows), default=0.0)


def assumptions_page(about: TableRow, table: Iterable[TableRow], folder: Path) -> str:
    """The page in Markdown.

    Args:
        about: What the study says of itself.
        table: Its rows.
        folder: Where it lies, as the page names it.
    """
    world, rows = Scenario.load(about["scenario"]), list(table)
    moved = [Moved(number, [row for row in rows if row["key"] == number.key]) for number in assumptions_of(world)]
    acting = sorted((shift for shift in moved if shift.most > 0.0), key=lambda shift: -shift.most)
    parts = {"world": world.name, "folder": folder.as_posix(), "reach": REACH, "currency": world.currency}
    sizes = {name: about[name] for name in ("customers", "months", "replications")}
    return "\n".join(
        [
            ASSUMPTIONS_HEAD.format(**parts, **sizes).rstrip("\n"),
            "",
            *_headline(rows),
            "",
            *_counted(moved, acting),
            "",
            "## Numbers that act, largest change first",
            "",
            CHANGES_HEAD,
            "|---|---|---|---|---|---|---|---|",
            *(line for shift in acting for line in _lines(shift)),
            IDLE_HEAD.rstrip("\n"),
            *(_idle(shift, world) for shift in moved if shift.most == 0.0),
            POLICIES_HEAD.rstrip("\n"),
            *_of_policies(),
            "",
        ]
    )


def _headline(rows: Iterable[TableRow]) -> list[str]:
    unmoved = [row for row in rows if row["key"] == UNMOVED]
    return [
        "| unmoved | difference | 95 % interval |",
        "|---|---|---|",
        *(
            f"| {_pair(row)} | {_thousands(row['gap'])} | {_interval(row['gap_low'], row['gap_high'])} |"
            for row in unmoved
        ),
    ]


def _counted(moved: Sequence[Moved], acting: Sequence[Moved]) -> list[str]:
    changes = [row for shift in acting for row in shift.rows if row["change"] != 0.0]
    clear = sum(row["change_low"] * row["change_high"] > 0.0 for row in changes)
    turning = [shift for shift in acting if any(row["turns"] for row in shift.rows)]
    beyond = [shift for shift in turning if any(_clearly_turned(row) for row in shift.rows)]
    return [
        f"{len(moved)} numbers are assumed. {len(acting)} of them act. They changed a difference {len(changes)} times. "
        f"The interval of the change excludes zero {clear} times; luck alone would do that about "
        f"{SHARE_BY_LUCK * len(changes):.0f} times. The order of the table is uncertain where "
        "intervals are wide; more replications sort it.",
        "",
        f"{len(turning)} numbers turn the sign of a mean difference, {len(beyond)} of them so far that the interval of "
        "the moved difference excludes zero.",
    ]


def _clearly_turned(row: TableRow) -> bool:
    return bool(row["turns"]) and row["gap_low"] * row["gap_high"] > 0.0


def _lines(shift: Moved) -> Iterable[str]:
    number = shift.assumption
    first = (f"`{number.key}`", f"{number.value:g} {number.row.unit}", _allowed(number), _reason(number))
    for place, end in enumerate(dict.fromkeys(row["end"] for row in shift.rows)):
        rows = [row for row in shift.rows if row["end"] == end]
        changes = [_change(row) for pair in ("osfa", "product_centric") for row in rows if row["against"] == pair]
        turns = ", ".join(_turn(row) for row in rows if row["turns"]) or "no"
        yield "| " + " | ".join((*(first if place == 0 else ("", "", "", "")), f"{end:g}", *changes, turns)) + " |"


def _allowed(number: Assumption) -> str:
    return f"{number.row.low:g} to {number.row.high:g}"


def _reason(number: Assumption) -> str:
    why = number.source.removeprefix(ASSUMED).strip(" :;,")
    return f"{number.row.meaning}. {why}".rstrip(". ") if why else number.row.meaning


def _turn(row: TableRow) -> str:
    return f"{_pair(row)}, clearly" if _clearly_turned(row) else f"{_pair(row)}, in the mean"


def _pair(row: TableRow) -> str:
    return f"{INITIALS[row['policy']]} − {INITIALS[row['against']]}"


def _change(row: TableRow) -> str:
    return f"{_thousands(row['change'])} {_interval(row['change_low'], row['change_high'])}"


def _interval(low: float, high: float) -> str:
    return f"[{_thousands(low)}, {_thousands(high)}]" if low == low else "(one pair)"


def _thousands(amount: float) -> str:
    return f"{amount / 1e3:.1f}".replace("-", "−")


def _idle(shift: Moved, world: Scenario) -> str:
    number = shift.assumption
    why = why_idle(number, world)
    if not why:
        why = "moved to either end, no present value changed" if shift.rows else "the world allows no such move"
    return f"| `{number.key}` | {number.value:g} {number.row.unit} | {why} |"


def _of_policies() -> list[str]:
    numbers = [(name, row) for name in INITIALS for row in policy_named(name).numbers]
    return [f"| `{row.name}` of `{name}` | {row.default:g} {row.unit} | {row.meaning} |" for name, row in numbers]
