"""The machine-readable description of a sweep folder: an RO-Crate of what was run, how, and by which versions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.experiments.sweep.store.declaration import DECLARED
from sim.experiments.sweep.store.folder import DESIGN, MANIFEST, manifest
from sim.experiments.sweep.store.parts import MONTHLY, RUNS
from sim.files.atomic_file import commit_json
from sim.version import __version__

CRATE = "ro-crate-metadata.json"
_CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_LICENCE = "https://spdx.org/licenses/MIT"
_PLACES = [
    {"@id": _PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
    {"@id": _LICENCE, "@type": "CreativeWork", "name": "MIT License", "description": "Free to use, change and share"},
]
_FILES = {
    MANIFEST: ("Identity, versions, machine and command", "application/json"),
    DESIGN: ("Address of every run: point, replicate, seed, factors", "application/vnd.apache.parquet"),
    DECLARED: ("Design, factors, contrasts with smallest effects, stopping rule", "application/json"),
    "dictionary.csv": ("Meaning and unit of factors and outcomes", "text/csv"),
}
_FOLDERS = {
    f"{RUNS}/": "One row a run: factors, seed, replicate, status, outcomes; Parquet parts",
    f"{MONTHLY}/": "One row a run, month and firm; Parquet parts",
}


def write_crate(folder: Path) -> None:
    """Describe a sweep folder by the process run profile of RO-Crate 1.1.

    Raises:
        OSError: The folder cannot be written.
    """
    about = manifest(folder)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    graph = [_itself(), _root(about, now), *_PLACES, _action(about, now), *_instruments(about), *_contents()]
    commit_json(folder / CRATE, {"@context": _CONTEXT, "@graph": graph})


def _itself() -> dict[str, Any]:
    return {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(about: Mapping[str, Any], now: str) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": about["identity"]["name"],
        "description": about["description"] or about["identity"]["name"],
        "datePublished": now,
        "license": {"@id": _LICENCE},
        "conformsTo": {"@id": _PROFILE},
        "hasPart": [{"@id": name} for name in (*_FILES, *_FOLDERS)],
        "mentions": {"@id": "#sweep"},
    }


def _action(about: Mapping[str, Any], now: str) -> dict[str, Any]:
    code, seed = about["identity"]["code"], about["seed"]
    return {
        "@id": "#sweep",
        "@type": "CreateAction",
        "name": " ".join(about["command"]),
        "description": f"seed {seed}, model code {code}, Python {about['python']}, {about['platform']}",
        "startTime": about["started"],
        "endTime": now,
        "instrument": {"@id": "#sim"},
        "object": [{"@id": MANIFEST}, {"@id": DESIGN}],
        "result": [{"@id": name} for name in _FOLDERS],
    }


def _instruments(about: Mapping[str, Any]) -> list[dict[str, Any]]:
    needed = [_software(f"#{name}", name, version) for name, version in about["versions"].items()]
    own = _software("#sim", "customer-centricity", __version__)
    return [own | {"softwareRequirements": [{"@id": name["@id"]} for name in needed]}, *needed]


def _software(place: str, name: str, version: str) -> dict[str, Any]:
    return {"@id": place, "@type": "SoftwareApplication", "name": name, "softwareVersion": version}


def _contents() -> list[dict[str, Any]]:
    files = [
        {"@id": name, "@type": "File", "description": description, "encodingFormat": kind}
        for name, (description, kind) in _FILES.items()
    ]
    return files + [
        {"@id": name, "@type": "Dataset", "description": description} for name, description in _FOLDERS.items()
    ]
