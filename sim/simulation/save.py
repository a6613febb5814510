"""A world on disk: everything needed to continue bit for bit."""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.counts import no_counts
from sim.model.firm.firm_record import record_of, restore
from sim.model.measures import RECORD
from sim.model.state import PERSONS, RELATIONS, Population
from sim.model.world import World
from sim.numeric.columns import ALWAYS
from sim.parameters.errors import BadInput
from sim.parameters.scenario import Scenario

FORMAT = 18
_NEEDED = {
    "scenario",
    "market",
    "month",
    "firms",
    "followed",
    "samples",
    "asked",
    "records",
    "record",
    "counted",
}
_FIELDS = {f"{layout.name}.{field.name}": field for layout in (PERSONS, RELATIONS) for field in layout.fields.values()}
_KINDS = {name: field.kind for name, field in _FIELDS.items()}
_ALWAYS_KEPT = [name for name, field in _FIELDS.items() if field.rare == ALWAYS]
_NOT_WHOLE = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, IndexError, EOFError, OSError, AttributeError, TypeError,
)  # fmt: skip


class StoredWorld(NamedTuple):
    """Contents of a state file.

    Args:
        scenario: What the world was made of.
        record: Arguments and settings of the market.
        fill: Fills a fresh world; raises `BadInput` for one of another shape.
    """

    scenario: Scenario
    record: Mapping[str, Any]
    fill: Callable[[World], None]


def write_world(world: World, path: Path, record: Mapping[str, Any]) -> None:
    """Write a world and the record of its market to one file.

    Raises:
        BadInput: A policy remembers something that no file can hold.
        OSError: The file cannot be written.
    """
    about = {
        "format": FORMAT,
        "scenario": world.scenario.as_mapping(),
        "market": dict(record),
        "month": world.month,
        "firms": [record_of(firm) for firm in world.firms],
        "followed": world.followed,
        "samples": list(world.samples),
        "record": list(RECORD),
    }
    records = np.array(world.records, np.float64).reshape(-1, len(RECORD))
    arrays: dict[str, Any] = dict(_columns_of(world.people)) | {"records": records}
    arrays |= {"own": world.people.own} if world.people.own.dtype.names else {}
    arrays["counted"] = np.concatenate(world.counted) if world.counted else no_counts(0)
    arrays |= {
        f"sample_{key}_{year}": sample for key, years in world.samples.items() for year, sample in enumerate(years)
    }
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            np.savez(file, about=np.array(json.dumps(about)), asked=world.asked, **arrays)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_world(path: Path) -> StoredWorld:
    """Read what `write_world` wrote.

    Raises:
        BadInput: The file is missing, truncated, or of another version.
    """
    stored, about = _read(path)
    scenario = Scenario.from_mapping(about["scenario"], where=str(path))

    def fill(world: World) -> None:
        try:
            _fill(world, stored, about)
        except (ValueError, KeyError, TypeError, AttributeError) as trouble:
            raise BadInput(f"{path}: the state does not belong to its scenario ({trouble})") from trouble

    return StoredWorld(scenario, about["market"], fill)


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    try:
        with np.load(path, allow_pickle=False) as file:
            stored = {name: file[name] for name in file.files}
        about = json.loads(str(stored["about"]))
        version = about["format"]
    except FileNotFoundError:
        raise BadInput(f"{path}: there is no such state file") from None
    except _NOT_WHOLE as trouble:
        raise BadInput(f"{path}: this is not a whole state file ({trouble})") from trouble
    if version != FORMAT:
        raise BadInput(
            f"{path}: state format {version} was found; this version reads format {FORMAT}; run the scenario "
            "again with sim run --save-state"
        )
    missing = sorted(_NEEDED - set(about) - set(stored)) + [name for name in _ALWAYS_KEPT if name not in stored]
    sound = not missing and about["record"] == list(RECORD)
    if not sound or any(stored[name].dtype != np.dtype(kind) for name, kind in _KINDS.items() if name in stored):
        what = f"{', '.join(missing)} missing" if missing else "its customers or its firms have other columns"
        raise BadInput(f"{path}: this state is of another version ({what}); run the scenario again")
    return stored, about


def _columns_of(people: Population) -> Iterator[tuple[str, NDArray[Any]]]:
    for table in (people.person, people.relations):
        for name, column in table.columns():
            yield f"{table.layout.name}.{name}", column


def _fill(world: World, stored: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    for table in (world.people.person, world.people.relations):
        for name in table.layout.fields:
            column = stored.get(f"{table.layout.name}.{name}")
            if column is None:
                continue
            if column.shape != table[name].shape:
                raise ValueError(f"{name} of shape {column.shape} was found, {table[name].shape} in the scenario")
            table[name] = column
    if stored.get("own", world.people.own).dtype != world.people.own.dtype:
        raise ValueError("its customers have other columns of their own")
    world.people.own[:] = stored.get("own", world.people.own)
    for firm, record in zip(world.firms, about["firms"], strict=True):
        restore(firm, record)
    world.month = about["month"]
    world.followed = about["followed"]
    world.counted = [stored["counted"]] if len(stored["counted"]) else []
    world.records = [tuple(record) for record in stored["records"].tolist()]
    world.asked = stored["asked"]
    world.samples = {key: (stored[f"sample_{key}_0"], stored[f"sample_{key}_1"]) for key in about["samples"]}
