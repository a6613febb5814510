"""The analysis of a sweep folder: every table that its design allows, what was refused and why, and how to write it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from sim.lab.statistics.analysis import LIBRARY_OF_BOXES, NO_BOXES, Table, analyses, over_worlds
from sim.lab.statistics.columns import COLUMNS, described
from sim.lab.statistics.contrasts import in_words, within
from sim.lab.statistics.declared import Contrast, Declared
from sim.lab.statistics.divergence import divergence
from sim.lab.statistics.extras import there
from sim.lab.statistics.responses import GOOD, WAITING
from sim.lab.store.committing import commit
from sim.lab.store.declaration import afterwards, declaration
from sim.lab.store.reading import read_months
from sim.lab.store.verifying import addressed, refuse_other_code
from sim.market import Market
from sim.parameters import BadInput

DICTIONARY = "dictionary.csv"
COMMON = "common"
OWN_LUCK = "random numbers are independent by design: pairs share no luck, their intervals are wider for it"
Told = Callable[[str], None]


@dataclass(frozen=True)
class Analysis:
    """What a sweep says.

    Args:
        tables: Tables by name.
        refused: Why a table could not be made, by its name.
        notes: What a reader must know: runs that are waiting or failed, contrasts declared afterwards.
        runs: Number of runs by status.
    """

    tables: Mapping[str, pd.DataFrame]
    refused: Mapping[str, str]
    notes: tuple[str, ...]
    runs: Mapping[str, int]

    def write(self, folder: Path) -> list[Path]:
        """Write every table as CSV, and the meaning of all their columns.

        Raises:
            OSError: The folder cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for name, table in {**self.tables, DICTIONARY.removesuffix(".csv"): self.dictionary()}.items():
            made.append(folder / f"{name}.csv")
            commit(made[-1], partial(table.to_csv, index=False, lineterminator="\n"))
        return made

    def dictionary(self) -> pd.DataFrame:
        """Meaning of every column: table, column, meaning."""
        rows = [
            (name, column, table.attrs["columns"][column])
            for name, table in self.tables.items()
            for column in table.columns
        ]
        return pd.DataFrame(rows, columns=["table", "column", "meaning"])


def analysed_sweep(
    folder: Path, runs: pd.DataFrame, design: Declared, units: Mapping[str, str], told: Told | None = None
) -> Analysis:
    """All that a design allows; what cannot be made is told with its reason.

    Args:
        folder: Folder of the sweep.
        runs: Its table of runs.
        design: What was declared.
        units: Units by column.
        told: Called with the name of each table before it is made.
    """
    tables, refused = dict[str, pd.DataFrame](), dict[str, str]()
    for name, table in _all(folder, runs, design):
        if told:
            told(name)
        try:
            tables[name] = with_units(table(), units)
            left_out = tables[name].attrs.pop("left_out", {})
            refused |= {f"{name} of {outcome}": why for outcome, why in left_out.items()}
        except BadInput as trouble:
            refused[name] = str(trouble)
    own_luck = [] if declaration(folder)["random_numbers"] == COMMON else [OWN_LUCK]
    no_boxes = [NO_BOXES] if over_worlds(design) and not there(LIBRARY_OF_BOXES) else []
    return Analysis(tables, refused, notes_on(runs, [*own_luck, *afterwards(folder), *no_boxes]), counted(runs))


def _all(folder: Path, runs: pd.DataFrame, design: Declared) -> list[tuple[str, Table]]:
    """Names and makers; a design that cannot be analysed at all yet is one maker that says why."""
    try:
        made = list(analyses(runs, design, read_months(folder) if design.contrasts else None))
    except BadInput as trouble:
        return [("analysis", partial(_refused, trouble))]
    worlds = Worlds(folder, design)
    paired = design.contrasts and declaration(folder)["random_numbers"] == COMMON
    return made + ([("divergence", partial(worlds.all, runs))] if paired else [])


def _refused(trouble: BadInput) -> pd.DataFrame:
    raise trouble


def counted(runs: pd.DataFrame) -> dict[str, int]:
    """Number of runs by status."""
    return {str(status): int(count) for status, count in runs["status"].value_counts().items()}


def notes_on(runs: pd.DataFrame, more: Sequence[str]) -> tuple[str, ...]:
    """What a reader of the tables must know of the runs behind them."""
    counts = counted(runs)
    waiting, bad = counts.get(WAITING, 0), len(runs) - counts.get(WAITING, 0) - counts.get(GOOD, 0)
    notes = []
    if waiting:
        whole = runs["replicate"].nunique() - runs.loc[runs["status"] == WAITING, "replicate"].nunique()
        notes.append(f"partial: {waiting} of {len(runs)} runs are waiting; {whole} replicates are whole")
    if bad:
        notes.append(f"{bad} runs failed, hung or crashed: contrasts leave their pairs out, designs refuse them")
    return (*notes, *more)


def with_units(table: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """A table with the unit of its columns in ``attrs["units"]``, and of its rows, by outcome, in a column ``unit``.

    The limits of boxes are in the unit of their factor, in a column ``factor_unit``.
    """
    table.attrs["units"] = {name: unit for name, unit in units.items() if name in table}
    if "outcome" in table and "unit" not in table:
        table.insert(list(table.columns).index("outcome") + 1, "unit", table["outcome"].map(units).fillna(""))
        table.attrs["columns"] = table.attrs.get("columns", {}) | {"unit": "unit of the outcome [text]"}
    if "box" in table and "factor_unit" not in table:
        table.insert(list(table.columns).index("factor") + 1, "factor_unit", table["factor"].map(units).fillna(""))
        table.attrs["columns"] = table.attrs.get("columns", {}) | {"factor_unit": "unit of the factor [text]"}
    return table


class Worlds:
    """Paired worlds of a sweep, lived again to see where they part.

    Args:
        folder: Folder of the sweep.
        design: What it declared.
    """

    def __init__(self, folder: Path, design: Declared) -> None:
        self.folder, self.design = folder, design

    def all(self, runs: pd.DataFrame) -> pd.DataFrame:
        """Where the worlds of the first whole pair of each contrast part."""
        found = [self.divergence(runs, one) for one in self.design.contrasts]
        return described("divergences", pd.concat(found, ignore_index=True))

    def divergence(self, runs: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
        """Two worlds of a contrast, the first whole pair, lived side by side until they differ.

        Raises:
            BadInput: No such pair, or the folder was lived by other code.
        """
        refuse_other_code(self.folder)
        one, other, at, replicate = self._pair(runs, contrast)
        table = divergence(self._market(one), self._market(other))
        whole = table.assign(contrast=contrast.name, at=at, replicate=replicate)
        return described("divergences", whole[list(COLUMNS["divergences"])])

    def _pair(self, runs: pd.DataFrame, contrast: Contrast) -> tuple[str, str, str, int]:
        """Keys of the first whole pair, its setting in words and its replicate."""
        others = [name for name in self.design.factors if name != contrast.factor]
        here = within(runs, contrast)
        good = here[here["status"] == GOOD].sort_values(["replicate", "point"], kind="stable")
        one, other = (good[good[contrast.factor] == level] for level in (contrast.one, contrast.other))
        both = one.merge(other, on=["replicate", *others], suffixes=("_one", "_other"))
        if not len(both):
            raise BadInput(f"{contrast.label}: there is no whole pair yet")
        first = both.iloc[0]
        at = in_words(others, [first[name] for name in others])
        return first["key_one"], first["key_other"], at, int(first["replicate"])

    def _market(self, key: str) -> Market:
        run, scenario, _ = addressed(self.folder, key)
        return Market(scenario, seed=run.seed, replicate=run.replicate)
