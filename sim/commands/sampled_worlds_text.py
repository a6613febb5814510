"""Policies in the same sampled worlds, in words: shares of wins, drivers and boxes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.commands.text import align, short, span

if TYPE_CHECKING:
    import pandas as pd

MOST_FACTORS = 12  # factors shown
BY_CHANCE = 0.05  # share of factors without effect whose 95 % interval leaves out zero


def share_lines(table: "pd.DataFrame") -> Iterator[str]:
    """In how many worlds a contrast is better, equivalent or worse."""
    yield "In which share of the sampled worlds: beyond the smallest effect of interest, 95 % intervals by Wilson"
    rows = [["contrast", "unit", "smallest", "worlds", "finding", "share", "95 % interval", "count", "mean difference"]]
    for row in table.to_dict("records"):
        first = [row["contrast"], row["unit"], short(row["smallest"]), str(row["worlds"])]
        ends = f"[{row['low']:.3f}, {row['high']:.3f}]"
        rows.append([*first, row["finding"], f"{row['share']:.3f}", ends, str(row["count"]), short(row["mean"])])
    yield from align(rows)
    for name, part in table.groupby("contrast", sort=False):
        row_of_part = part.iloc[0]
        count, spread = row_of_part["replicates"], short(row_of_part["luck"])
        luck_note = (
            f"luck moves the difference of one world by {spread}" if count > 1 else "one replicate: luck is not known"
        )
        yield f"  {name}: {count} replicates a world; {luck_note}"


def driver_lines(table: "pd.DataFrame") -> Iterator[str]:
    """With which sampled factors a difference goes."""
    yield "What the difference goes with: rank correlations over the sampled worlds"
    for name, part in table.groupby("contrast", sort=False):
        clear = int(((part["low"] > 0.0) | (part["high"] < 0.0)).sum())
        chance = BY_CHANCE * len(part)
        yield f"  {name}: {clear} of {len(part)} factors are clear by themselves, {chance:.1f} would be by chance"
        head = ["factor", "correlation", "95 % interval"]
        rows = part.head(MOST_FACTORS).to_dict("records")
        yield from align([head, *([r["factor"], short(r["rank_correlation"]), _ends(r)] for r in rows)], "    ")


def _ends(row: "dict[object, float]") -> str:
    return f"[{row['low']:.2f}, {row['high']:.2f}]"


def box_lines(table: "pd.DataFrame") -> Iterator[str]:
    """Limits within which worlds concentrate where a contrast is better."""
    yield "Boxes of worlds in which it is better (PRIM): hypotheses, to be tested in fresh worlds"
    for (name, number), part in table.groupby(["contrast", "box"], sort=False):
        first = part.iloc[0]
        if not number:
            yield f"  {name}: {first['note']}"
            continue
        sizes = f"{first['coverage']:.0%} of them lie in it, {first['density']:.0%} of its worlds are such"
        yield f"  {name}, box {number}: {sizes}; {first['mass']:.0%} of all worlds".replace("%", " %")
        rows = [["factor", "unit", "within", "p"]]
        for row in part.to_dict("records"):
            limits = row["names"] or span(row["low"], row["high"])
            rows.append([row["factor"], row["factor_unit"], limits, f"{row['p']:.2g}"])
        yield from align(rows, "    ")
