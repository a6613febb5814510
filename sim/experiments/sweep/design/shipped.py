"""The experiments that come with the package."""

from pathlib import Path

from sim.parameters import BadInput
from sim.parameters.checking import nearest
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml


def experiment_names() -> list[str]:
    """Names of the experiments in the box."""
    folder = shipped_folder("experiments")
    return sorted(path.stem for path in folder.glob("*.yaml") if "outcomes" in read_yaml(path)[0])


def experiment_file(text: str) -> Path:
    """The file of an experiment by its name in the box or its path.

    Raises:
        BadInput: Neither.
    """
    path = Path(text)
    if text.endswith((".yaml", ".yml")) or path.is_file():
        return path
    shipped = shipped_folder("experiments") / f"{text}.yaml"
    if not shipped.is_file():
        names = experiment_names()
        raise BadInput(
            f"experiment {text!r} is neither in the box ({', '.join(names)}) nor a file.{nearest(text, names)}"
        )
    return shipped
