"""The analysis of a sweep folder: every table that its design allows, what was refused and why, and how to write it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from sim.experiments.sweep.divergence import divergence
from sim.experiments.sweep.store.declaration import afterwards, declaration
from sim.experiments.sweep.store.tables import read_months
from sim.experiments.sweep.store.verification import find_run, refuse_other_code
from sim.files.atomic_file import commit
from sim.parameters import BadInput
from sim.simulation.market import Market
from sim.statistics.analysis import LIBRARY_OF_BOXES, NO_BOXES, MakeTable, analyses, over_worlds
from sim.statistics.columns import COLUMNS, describe_table
from sim.statistics.contrasts import in_words, within
from sim.statistics.declaration import Contrast, Declared
from sim.statistics.extras import there
from sim.statistics.responses import GOOD, WAITING

DICTIONARY = "dictionary.csv"
COMMON = "common"
OWN_LUCK = "random numbers are independent by design: pairs share no luck, their intervals are wider for it"
Observer = Callable[[str], None]


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
        files = []
        for name, table in {**self.tables, DICTIONARY.removesuffix(".csv"): self.dictionary()}.items():
            files.append(folder / f"{name}.csv")
            commit(files[-1], partial(table.to_csv, index=False, lineterminator="\n"))
        return files

    def dictionary(self) -> pd.DataFrame:
        """Meaning of every column: table, column, meaning."""
        rows = [
            (name, column, table.attrs["columns"][column])
            for name, table in self.tables.items()
            for column in table.columns
        ]
        return pd.DataFrame(rows, columns=["table", "column", "meaning"])


def analyse_sweep(
    folder: Path, runs: pd.DataFrame, design: Declared, units: Mapping[str, str], observe: Observer | None = None
) -> Analysis:
    """All analyses that a design allows, and the reason for each that it does not.

    Args:
        folder: Folder of the sweep.
        runs: Its table of runs.
        design: What was declared.
        units: Units by column.
        observe: Called with the name of each table before it is made.
    """
    tables, refused = dict[str, pd.DataFrame](), dict[str, str]()
    for name, table in _all(folder, runs, design):
        if observe:
            observe(name)
        try:
            tables[name] = with_units(table(), units)
            left_out = tables[name].attrs.pop("left_out", {})
            refused |= {f"{name} of {outcome}": why for outcome, why in left_out.items()}
        except BadInput as trouble:
            refused[name] = str(trouble)
    own_luck = [] if declaration(folder)["random_numbers"] == COMMON else [OWN_LUCK]
    no_boxes = [NO_BOXES] if over_worlds(design) and not there(LIBRARY_OF_BOXES) else []
    return Analysis(tables, refused, notes_on(runs, [*own_luck, *afterwards(folder), *no_boxes]), count_by_status(runs))


def _all(folder: Path, runs: pd.DataFrame, design: Declared) -> list[tuple[str, MakeTable]]:
    """Names and makers; a design that cannot be analysed at all yet is one maker that says why."""
    try:
        tables = list(analyses(runs, design, read_months(folder) if design.contrasts else None))
    except BadInput as trouble:
        return [("analysis", partial(_refusal_table, trouble))]
    worlds = PairedWorlds(folder, design)
    paired = design.contrasts and declaration(folder)["random_numbers"] == COMMON
    return tables + ([("divergence", partial(worlds.all, runs))] if paired else [])


def _refusal_table(trouble: BadInput) -> pd.DataFrame:
    raise trouble


def count_by_status(runs: pd.DataFrame) -> dict[str, int]:
    """Number of runs by status."""
    return {str(status): int(count) for status, count in runs["status"].value_counts().items()}


def notes_on(runs: pd.DataFrame, more: Sequence[str]) -> tuple[str, ...]:
    """What a reader of the tables must know of the runs behind them."""
    counts = count_by_status(runs)
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


class PairedWorlds:
    """Paired worlds of a sweep, re-run to find their first difference.

    Args:
        folder: Folder of the sweep.
        design: What it declared.
    """

    def __init__(self, folder: Path, design: Declared) -> None:
        self.folder, self.design = folder, design

    def all(self, runs: pd.DataFrame) -> pd.DataFrame:
        """Where the worlds of the first whole pair of each contrast part."""
        divergences = [self.divergence(runs, contrast) for contrast in self.design.contrasts]
        return describe_table("divergences", pd.concat(divergences, ignore_index=True))

    def divergence(self, runs: pd.DataFrame, contrast: Contrast) -> pd.DataFrame:
        """First difference of the first whole pair of worlds of a contrast.

        Raises:
            BadInput: No such pair, or the folder was lived by other code.
        """
        refuse_other_code(self.folder)
        first, second, at, replicate = self._pair(runs, contrast)
        table = divergence(self._market(first), self._market(second))
        whole = table.assign(contrast=contrast.name, at=at, replicate=replicate)
        return describe_table("divergences", whole[list(COLUMNS["divergences"])])

    def _pair(self, runs: pd.DataFrame, contrast: Contrast) -> tuple[str, str, str, int]:
        """Keys of the first whole pair, its setting in words and its replicate."""
        others = [name for name in self.design.factors if name != contrast.factor]
        here = within(runs, contrast)
        good = here[here["status"] == GOOD].sort_values(["replicate", "point"], kind="stable")
        first_runs, second_runs = (good[good[contrast.factor] == level] for level in (contrast.one, contrast.other))
        both = first_runs.merge(second_runs, on=["replicate", *others], suffixes=("_one", "_other"))
        if not len(both):
            raise BadInput(f"{contrast.label}: there is no whole pair yet")
        first = both.iloc[0]
        at = in_words(others, [first[name] for name in others])
        return first["key_one"], first["key_other"], at, int(first["replicate"])

    def _market(self, key: str) -> Market:
        run, scenario, _ = find_run(self.folder, key)
        return Market(scenario, seed=run.seed, replicate=run.replicate)
