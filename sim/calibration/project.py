"""A folder of a client's files: which kind each is, all of them calibrated, and one scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.calibration.calibration import FileCalibration, calibrate, merge_into
from sim.calibration.kinds.registry import KINDS
from sim.calibration.model_fit import Kind
from sim.calibration.reading.roles import plain_words
from sim.parameters.errors import BadInput

ENDINGS = (".csv", ".tsv", ".txt", ".gz", ".parquet", ".xlsx")
CONTRACT_BASE, REPERTOIRE_BASE = "telecom", "cdnow"
OF_REPERTOIRE = ("purchases", "choices", "ledger", "satisfaction", "network", "tickets")
ORDER = ("ledger", "network", "tickets", "satisfaction", "choices", "payments", "churn", "purchases")  # later ones win


@dataclass(frozen=True)
class Project:
    """What a folder says.

    Args:
        folder: The folder.
        calibrations: One a file that could be used, in the order in which they are merged.
        refused: Message by name of each file that could not be used.
        asked: Base scenario that the user named, if any.
    """

    folder: Path
    calibrations: tuple[FileCalibration, ...]
    refused: Mapping[str, str]
    asked: str | None = None

    @property
    def base(self) -> str:
        """Scenario into which the numbers go: that asked for; else contracts, unless all speaks for a repertoire."""
        if self.asked is not None:
            return self.asked
        kinds = {calibration.kind.name for calibration in self.calibrations}
        return REPERTOIRE_BASE if "purchases" in kinds and kinds <= set(OF_REPERTOIRE) else CONTRACT_BASE

    @property
    def overridden(self) -> list[str]:
        """Sentences on numbers that several files give, of which the last one is written."""
        given: dict[str, str] = {}
        sentences = []
        for calibration in self.calibrations:
            name = calibration.reading.path.name
            sentences += [
                f"{key} is that of {name}, not of {given[key]}" for key in calibration.settings if key in given
            ]
            given |= dict.fromkeys(calibration.settings, name)
        return sentences

    def scenario(self) -> dict[str, Any]:
        """The base with all numbers and their sources, as a mapping."""
        return merge_into(self.base, self.calibrations)

    def as_mapping(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        files = [calibration.as_mapping() for calibration in self.calibrations]
        return {"folder": str(self.folder), "base": self.base, "files": files, "refused": dict(self.refused)}


def calibrate_project(folder: str | Path, base: str | None = None) -> Project:
    """Calibrate every file of a folder.

    Args:
        folder: The folder.
        base: Name or path of the scenario into which the numbers go; chosen by the kinds of files if left out.

    Raises:
        BadInput: No such folder, or no file in it could be used.
    """
    place = Path(folder)
    if not place.is_dir():
        raise BadInput(
            f"{place}: {'this is a file; a folder is needed' if place.exists() else 'there is no such folder'}"
        )
    files = sorted(file for file in place.iterdir() if file.is_file() and file.suffix.lower() in ENDINGS)
    done, refused = [], {}
    for file in files:
        try:
            done.append(calibrate_file(file))
        except BadInput as trouble:
            refused[file.name] = str(trouble)
    if not done:
        said = "; ".join(refused.values()) or f"none ends in {', '.join(ENDINGS)}"
        raise BadInput(f"{place}: no file could be used: {said}")
    done.sort(key=lambda calibration: ORDER.index(calibration.kind.name))
    project = Project(place, tuple(done), refused, base)
    return replace(project, calibrations=tuple(calibration.into(project.base) for calibration in done))


def calibrate_file(file: Path) -> FileCalibration:
    """Calibrate a file as the kind that its name says, else as the first kind that can use it.

    Raises:
        BadInput: No kind can use it.
    """
    named = kind_of_name(file)
    if named is not None:
        return calibrate(named.name, file)
    for kind in sorted(KINDS, key=lambda row: -sum(role.required for role in row.roles)):
        try:
            return calibrate(kind.name, file)
        except BadInput:
            continue
    words = ", ".join(kind.name for kind in KINDS)
    raise BadInput(f"{file}: its kind was not recognised; put the kind into its name, one of {words}")


def kind_of_name(file: Path) -> Kind | None:
    """The kind whose words stand in the name of a file, or None.

    >>> kind_of_name(Path("Kündigungen 2024.csv")).name, kind_of_name(Path("x.csv"))
    ('churn', None)
    """
    name = plain_words(file.name.partition(".")[0]).replace(" ", "")
    exact = [kind for kind in KINDS if kind.name in name]
    spoken = exact or [kind for kind in KINDS if any(word in name for word in kind.words)]
    return spoken[0] if spoken else None
