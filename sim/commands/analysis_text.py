"""The analysis of a sweep in words and aligned tables, as a referee reads them."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.commands.sampled_worlds_text import box_lines, driver_lines, share_lines
from sim.commands.text import align, probability, short, span

if TYPE_CHECKING:
    import pandas as pd

    from sim.experiments.sweep.analysis import Analysis

MOST_ROWS = 12  # rows shown of a long table
WIDEST = 60  # characters of a setting
SIGNS = {"positive": "+", "negative": "−", "open": "·"}


def analysis_lines(analysis: "Analysis", about: Mapping[str, Any]) -> list[str]:
    """All lines: what there is, then table by table, then what was refused."""
    identity = about["identity"]
    runs = ", ".join(f"{count} {status}" for status, count in analysis.runs.items())
    lines = [f"{identity['name']}: {runs} of {sum(analysis.runs.values())} runs; seed {about['seed']}, "
             f"model code {identity['code']}"]  # fmt: skip
    lines += [f"note: {note}" for note in analysis.notes]
    for name, table in analysis.tables.items():
        said = list(TELLERS[name](table)) if name in TELLERS and len(table) else []
        lines += ["", *said] if said else []
    lines += ["", *(f"not made: {name}: {why}" for name, why in analysis.refused.items())] if analysis.refused else []
    return lines


def _grids(table: "pd.DataFrame") -> Iterator[str]:
    """The sign of a contrast in every cell, before any mean over cells."""
    for name, part in table.groupby("contrast", sort=False):
        across, up = (str(part[f"{side}_factor"].iloc[0]) for side in ("across", "up"))
        yield f"{name} in each cell: + interval above zero, − below, · holds zero; {up} up, {across} across"
        signs = part.assign(sign=part["sign"].map(SIGNS)).pivot(index="up", columns="across", values="sign")
        rows = [[_level(level), *signs.loc[level]] for level in list(signs.index)[::-1]]
        yield from align([*rows, ["", *map(_level, signs.columns)]], "    ")


def _level(level: Any) -> str:
    return short(level) if isinstance(level, int | float) and not isinstance(level, bool) else str(level)


def _contrasts(table: "pd.DataFrame") -> Iterator[str]:
    yield f"Declared contrasts: paired differences with 95 % intervals; verdicts at 5 % after Holm over {len(table)}"
    head = [
        "contrast",
        "unit",
        "difference",
        "95 % interval",
        "%",
        "smallest",
        "pairs",
        "p differ",
        "p equiv",
        "verdict",
    ]
    yield from align([head, *(_contrast(row) for row in table.to_dict("records"))])
    for row in table.to_dict("records"):
        missing = f"{row['missing']} pairs missing" if row["missing"] else ""
        about = f"{row['outcome']}, {row['factor']} {row['one']} against {row['other']}"
        rest = [text for text in (row["where"], missing, row["note"]) if text]
        yield f"  {row['contrast']}: {'; '.join([about, *rest])}"


def _contrast(row: Mapping[Any, Any]) -> list[str]:
    numbers = [
        short(row["mean"]),
        span(row["low"], row["high"]),
        short(round(row["per_cent"], 1)),
        short(row["smallest"]),
    ]
    chances = [probability(row["p_difference_holm"]), probability(row["p_equivalence_holm"])]
    return [row["contrast"], row["unit"], *numbers, str(row["pairs"]), *chances, row["verdict"]]


def _by_setting(table: "pd.DataFrame") -> Iterator[str]:
    if (table.groupby("contrast").size() < 2).all():
        return
    yield f"The same at each setting of the other factors; Holm over {len(table)}"
    for name, part in table.groupby("contrast", sort=False):
        counts = part["verdict"].value_counts().to_dict()
        yield f"  {name}, {len(part)} settings: " + ", ".join(f"{count} {word}" for word, count in counts.items())
        if len(part) <= MOST_ROWS:
            head = ["at", "difference", "95 % interval", "pairs", "verdict"]
            yield from align([head, *(_setting(row) for row in part.to_dict("records"))], "    ")


def _setting(row: Mapping[Any, Any]) -> list[str]:
    return [row["at"], short(row["mean"]), span(row["low"], row["high"]), str(row["pairs"]), row["verdict"]]


def _pairing(table: "pd.DataFrame") -> Iterator[str]:
    yield "Health of the pairing: variance with independent seeds over that with paired ones; medians over settings"
    rows = [["contrast", "correlation", "reduction", "least", "as many independent", "pairs alike", "first month"]]
    for name, part in table.groupby("contrast", sort=False):
        middle = part[["correlation", "reduction", "independent", "alike"]].median()
        first = part["first_month"].min() if "first_month" in part else float("nan")
        gained = [_ratio(middle["reduction"]), _ratio(part["reduction"].min()), short(middle["independent"])]
        rows.append([str(name), f"{middle['correlation']:.3f}", *gained, short(middle["alike"]), short(first)])
    yield from align(rows)


def _ratio(value: float) -> str:
    return short(value) if value != value or value in (float("inf"), 0.0) else f"{value:.1f}"


def _divergence(table: "pd.DataFrame") -> Iterator[str]:
    yield "Where paired worlds part (draws have addresses; what differs is consequence):"
    rows = [["contrast", "part", "month", "phase", "first of", "at"]]
    for row in table.to_dict("records"):
        columns = row["columns"].split(", ")
        more = f" and {len(columns) - 2} more" if len(columns) > 2 else ""
        rows.append(
            [row["contrast"], row["part"], str(row["month"]), row["phase"], ", ".join(columns[:2]) + more,
             _cut(row["at"])]
        )  # fmt: skip
    yield from align(rows)


def _cut(words: str) -> str:
    """A setting of many factors, cut.

    >>> _cut("wall = 0.5"), len(_cut("x" * 100))
    ('wall = 0.5', 60)
    """
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


def _zero_lines(table: "pd.DataFrame") -> Iterator[str]:
    yield "Zero lines: where a contrast changes its sign, with the 95 % interval of the crossing"
    head = ["contrast", "at", "crossing", "95 % interval", "turns"]
    yield from align([head, *(_crossing(row) for row in table.to_dict("records"))])


def _crossing(row: Mapping[Any, Any]) -> list[str]:
    at = f"{row['across_factor']} = {short(row['across'])}"
    turns = "positive" if row["rising"] else "negative"
    return [row["contrast"], at, f"{row['up_factor']} = {short(row['up'])}", span(row["low"], row["high"]), turns]


def _effects(table: "pd.DataFrame") -> Iterator[str]:
    yield "Main effects and interactions (difference to the first level; Holm over the terms of an outcome)"
    for outcome, part in table.groupby("outcome", sort=False):
        clear = part[part["p_holm"] < 0.05]
        shown = clear.reindex(clear["mean"].abs().sort_values(ascending=False).index).head(MOST_ROWS)
        yield f"  {outcome} [{part['unit'].iloc[0]}]: {len(clear)} of {len(part)} differ from zero; the largest:"
        head = ["term", "level", "effect", "95 % interval", "p"]
        yield from align([head, *(_effect(row) for row in shown.to_dict("records"))], "    ")


def _effect(row: Mapping[Any, Any]) -> list[str]:
    return [row["term"], row["level"], short(row["mean"]), span(row["low"], row["high"]), probability(row["p_holm"])]


def _sobol(table: "pd.DataFrame") -> Iterator[str]:
    yield "Sobol indices (clean: without replicate noise), with 95 % intervals over rows and replicates"
    for outcome, part in table.groupby("outcome", sort=False):
        first = part.iloc[0]
        noise = (
            f"share of noise {short(first['noise_share'])}"
            if first["replicates"] > 1
            else "one replicate: no clean ones"
        )
        yield f"  {outcome}: {first['rows']} rows, {first['replicates']} replicates, {noise}"
        kind = ("first_clean", "total_clean") if first["replicates"] > 1 else ("first", "total")
        rows = part.sort_values(kind[1], ascending=False).to_dict("records")
        cells = [[row["factor"], *(cell for index in kind for cell in _index(row, index))] for row in rows]
        yield from align([["factor", "first", "95 % interval", "total", "95 % interval"], *cells], "    ")


def _index(row: Mapping[Any, Any], kind: str) -> list[str]:
    return [f"{row[kind]:.3f}", f"[{row[f'{kind}_low']:.3f}, {row[f'{kind}_high']:.3f}]"]


def _morris(table: "pd.DataFrame") -> Iterator[str]:
    yield "Morris screening: mean size of elementary effects over the whole range of a factor"
    for outcome, part in table.groupby("outcome", sort=False):
        clear = part[~(part["low"] <= part["noise_floor"])].sort_values("mu_star", ascending=False)
        stand = f"{len(clear)} of {len(part)} factors stand above noise; the largest:"
        yield f"  {outcome} [{part['unit'].iloc[0]}]: {stand}"
        head = ["factor", "mu_star", "95 % interval", "mu", "sigma", "noise floor"]
        yield from align([head, *(_screening_lines(row) for row in clear.head(MOST_ROWS).to_dict("records"))], "    ")


def _screening_lines(row: Mapping[Any, Any]) -> list[str]:
    rest = [short(row[name]) for name in ("mu", "sigma", "noise_floor")]
    return [row["factor"], short(row["mu_star"]), span(row["low"], row["high"]), *rest]


TELLERS: Mapping[str, Callable[["pd.DataFrame"], Iterator[str]]] = {
    "grids": _grids,
    "contrasts": _contrasts,
    "contrasts_by_setting": _by_setting,
    "pairing": _pairing,
    "divergence": _divergence,
    "shares": share_lines,
    "drivers": driver_lines,
    "boxes": box_lines,
    "zero_lines": _zero_lines,
    "effects": _effects,
    "sobol": _sobol,
    "morris": _morris,
}
