"""The folder of one run: what was run, monthly measures, customers, dictionary, and the state if wanted."""

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim import __version__
from sim.compiling import source_hash
from sim.lab.whole_folder import whole_folder
from sim.market import Market
from sim.measures import MEASURES

MARK = "run.json"
PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy", "pyarrow")


def write_run(
    market: Market,
    folder: Path,
    command: Sequence[str],
    seconds: float,
    save_state: bool,
    journeys: pd.DataFrame | None = None,
    origin: Mapping[str, Any] | None = None,
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

    Raises:
        BadInput: The folder holds something else than an older run.
        OSError: The folder cannot be written.
    """
    about = _about(market, command, seconds) | ({"fork": dict(origin)} if origin else {})
    with whole_folder(folder, MARK) as beside:
        _fill(market, beside, save_state)
        if journeys is not None:
            journeys.to_parquet(beside / "journeys.parquet", index=False)
        (beside / MARK).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return folder


def _fill(market: Market, folder: Path, save_state: bool) -> None:
    pq.write_table(_with_units(market), folder / "monthly.parquet")
    market.customers_table().to_parquet(folder / "customers.parquet", index=False)
    currency = market.scenario.currency
    rows = (f'{m.name},{m.label},{m.unit_in(currency)},{m.direction},{m.kind},"{m.formula}"' for m in MEASURES)
    lines = ["name,label,unit,direction,kind,formula", *rows]
    (folder / "dictionary.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if save_state:
        market.save(folder / "state.npz")


def _with_units(market: Market) -> pa.Table:
    table = pa.Table.from_pandas(market.monthly(), preserve_index=False)
    units = {measure.name: measure.unit_in(market.scenario.currency) for measure in MEASURES}
    fields = [field.with_metadata({"unit": units[field.name]}) for field in table.schema]
    return table.cast(pa.schema(fields))


def _about(market: Market, command: Sequence[str], seconds: float) -> dict[str, object]:
    return {
        "scenario": market.scenario.as_mapping(),
        "scenario_sha256": market.scenario.sha256,
        "seed": market.seed_used,
        "replicate": market.replicate,
        "code": source_hash(),
        "versions": {"sim": __version__} | {name: version(name) for name in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "command": list(command),
    }
