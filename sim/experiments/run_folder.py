"""The folder of one run: what was run, monthly measures, customers, dictionary, and the state if wanted."""

import functools
import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.files.atomic_folder import RUN_MARK, whole_folder
from sim.journeys.customer_months import CUSTOMER_MONTH_UNITS
from sim.model.measures import MEASURES
from sim.numeric.compiling import source_hash
from sim.simulation.headless import Simulation
from sim.version import __version__

if TYPE_CHECKING:
    from sim.simulation.market import Market

PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy", "pyarrow")


def write_run(
    market: "Market | Simulation",
    folder: Path,
    command: Sequence[str],
    seconds: float,
    save_state: bool,
    journeys: pd.DataFrame | None = None,
    origin: Mapping[str, Any] | None = None,
    months: Mapping[str, NDArray[Any]] | None = None,
) -> Path:
    """Write a run folder beside its place and then rename it, so that a folder that is there is whole.

    Args:
        market: A market that was run.
        folder: Where to; an older run is replaced, anything else refused.
        command: Command to repeat the run.
        seconds: Wall time of the run. [s]
        save_state: Whether to write the whole state too.
        journeys: Events of watched customers, if any were watched.
        origin: Of a fork: the run it was forked from, the month and the settings.
        months: What each customer brought by month, if that was asked for.

    Raises:
        BadInput: The folder holds something else than an older run.
        OSError: The folder cannot be written.
    """
    about = _about(market, command, seconds) | ({"fork": dict(origin)} if origin else {})
    with whole_folder(folder, RUN_MARK) as beside:
        _fill(market, beside, save_state)
        if journeys is not None:
            journeys.to_parquet(beside / "journeys.parquet", index=False)
        if months is not None:
            units = CUSTOMER_MONTH_UNITS | dict.fromkeys(("revenue", "margin"), market.scenario.currency)
            _write_table(months, beside / "customer_months.parquet", units)
        (beside / RUN_MARK).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return folder


def _fill(market: "Market | Simulation", folder: Path, save_state: bool) -> None:
    units = {measure.name: measure.unit_in(market.scenario.currency) for measure in MEASURES}
    _write_table(market.measures(), folder / "monthly.parquet", units)
    _write_table(market.customers_columns(), folder / "customers.parquet", {})
    currency = market.scenario.currency
    rows = (f'{m.name},{m.label},{m.unit_in(currency)},{m.direction},{m.kind},"{m.formula}"' for m in MEASURES)
    lines = ["name,label,unit,direction,kind,formula", *rows]
    (folder / "dictionary.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if save_state:
        assert not isinstance(market, Simulation), "what goes on with a market's memory is a market's to save"
        market.save(folder / "state.npz")


def _write_table(columns: Mapping[str, NDArray[Any]], path: Path, units: Mapping[str, str]) -> None:
    """Write columns as they are, without a table of pandas in between; only texts repeat enough for a dictionary."""
    values = {name: pa.array(column) for name, column in columns.items()}
    about = {name: {"unit": units[name]} if name in units else None for name in columns}
    fields = [pa.field(name, column.type, metadata=about[name]) for name, column in values.items()]
    texts = [field.name for field in fields if pa.types.is_string(field.type)]
    table = pa.Table.from_arrays(list(values.values()), schema=pa.schema(fields))
    pq.write_table(table, path, use_dictionary=texts)


@functools.cache
def _versions() -> dict[str, str]:
    """Versions of the packages, looked up once a process."""
    return {"sim": __version__} | {name: version(name) for name in PACKAGES}


def _about(market: "Market | Simulation", command: Sequence[str], seconds: float) -> dict[str, object]:
    return {
        "scenario": market.scenario.as_mapping(),
        "scenario_sha256": market.scenario.sha256,
        "seed": market.seed_used,
        "replicate": market.replicate,
        "code": source_hash(),
        "versions": _versions(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "command": list(command),
    }
