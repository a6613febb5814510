"""What a replication says about itself: a YAML file with source, settings, published figures and tolerances."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml
from sim.validation.judging import RightSign, Within
from sim.validation.row import Control, Judge

ORIGINS = {
    "published": "the source, as far as it could be read",
    "theory": "a closed form of the source",
    "reference": "the source's equations, solved or run for comparison; the source's own figure was not read",
}
ENTRIES = ("title", "source", "recipe", "sets", "numbers", "quick", "agents", "replicates", "figures", "control")
REMARKS = ("limits", "not_read")


@dataclass(frozen=True)
class PublishedFigure:
    """One published number or direction.

    Args:
        quantity: Name of the reading that is compared.
        origin: One of `ORIGINS`.
        judge: Tolerance.
        value: What the source says; NaN for a direction.
    """

    quantity: str
    origin: str
    judge: Judge
    value: float


@dataclass(frozen=True)
class Replication:
    """One replication.

    Args:
        name: Name of the file.
        title: What is repeated, in one sentence.
        source: The published work.
        recipe: Name of the recipe that sets the world and reads it.
        sets: Sentences on what is set in the model.
        numbers: Numbers of the recipe.
        quick: Numbers that replace these in a quick run.
        agents: Customer agents, in the quick and in the full run.
        replicates: Replicates, in the quick and in the full run.
        figures: What is compared.
        control: Negative control.
        control_quantity: Quantity that the control must miss.
        limits: Sentences on what the model's mechanisms cannot express.
        not_read: Sentences on figures of the source that could not be read.
    """

    name: str
    title: str
    source: str
    recipe: str
    sets: tuple[str, ...]
    numbers: Mapping[str, Any]
    quick: Mapping[str, Any]
    agents: tuple[int, int]
    replicates: tuple[int, int]
    figures: tuple[PublishedFigure, ...]
    control: Control
    control_quantity: str
    limits: tuple[str, ...] = field(default_factory=tuple)
    not_read: tuple[str, ...] = field(default_factory=tuple)

    def figure(self, quantity: str) -> PublishedFigure:
        """The figure on a quantity."""
        return next(figure for figure in self.figures if figure.quantity == quantity)


def replication_folder() -> Path:
    """Folder of the replications that come with the package."""
    return shipped_folder("experiments") / "replications"


def replication_names() -> list[str]:
    """Names of the replications in the box."""
    return sorted(path.stem for path in replication_folder().glob("*.yaml"))


def load_replication(name: str) -> Replication:
    """Read a replication in the box, or a file of that path.

    Raises:
        BadInput: There is no such replication, or an entry is missing, unknown or not understood; names it.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else replication_folder() / f"{name}.yaml"
    if not path.is_file():
        names = replication_names()
        raise BadInput(f"replication {name!r} is not known.{nearest(name, names)} Known: {', '.join(names)}")
    contents, _ = read_yaml(path)
    _refuse_other_entries(contents, path)
    control = contents["control"]
    return Replication(
        path.stem, contents["title"], contents["source"], contents["recipe"], tuple(contents["sets"]),
        contents["numbers"], contents["quick"], tuple(contents["agents"]), tuple(contents["replicates"]),
        tuple(_figure(entry, path) for entry in contents["figures"]), Control(control["what"], control["changes"]),
        control["quantity"], *(tuple(contents.get(remark, ())) for remark in REMARKS),
    )  # fmt: skip


def _refuse_other_entries(contents: Mapping[str, Any], path: Path) -> None:
    for entry in contents:
        if entry not in (*ENTRIES, *REMARKS):
            raise BadInput(f"{path}: {entry} is unknown.{nearest(entry, (*ENTRIES, *REMARKS))}")
    for entry in ENTRIES:
        if entry not in contents:
            raise BadInput(f"{path}: {entry} is missing; a replication needs {', '.join(ENTRIES)}")


def _figure(entry: Mapping[str, Any], path: Path) -> PublishedFigure:
    quantity, origin = entry.get("quantity"), entry.get("from")
    if not quantity or origin not in ORIGINS:
        raise BadInput(f"{path}: figure {quantity!r} is from {origin!r}; allowed are {', '.join(ORIGINS)}")
    if "sign" in entry:
        return PublishedFigure(quantity, origin, RightSign(entry["sign"], float(entry.get("floor", 0.0))), math.nan)
    if "value" not in entry or "within" not in entry:
        raise BadInput(f"{path}: figure {quantity!r} needs value and within, or sign")
    value, within = float(entry["value"]), float(entry["within"])
    return PublishedFigure(quantity, origin, Within(value - within, value + within, value), value)
