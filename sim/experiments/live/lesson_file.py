"""Lessons of the box, and lessons from files of one's own."""

from pathlib import Path

from sim.experiments.live.lesson import Lesson
from sim.experiments.live.lesson_form import read_lesson
from sim.parameters.checking import Place, nearest
from sim.parameters.errors import BadInput
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml


def lessons_folder() -> Path:
    """Folder of the lessons in the box."""
    return shipped_folder("experiments") / "lessons"


def lesson_names() -> list[str]:
    """Names of the lessons in the box."""
    return sorted(path.stem for path in lessons_folder().glob("*.yaml"))


def load_lesson(name_or_path: str | Path) -> Lesson:
    """A lesson of the box by its name, or from a file.

    Raises:
        BadInput: Neither, or anything wrong inside; everything wrong is told at once.
    """
    text = str(name_or_path)
    path = Path(text)
    if not (text.endswith((".yaml", ".yml")) or path.is_file()):
        path = lessons_folder() / f"{text}.yaml"
        if not path.is_file():
            known = lesson_names()
            near = nearest(text, known)
            raise BadInput(f"lesson {text!r} is neither in the box nor a file.{near} In the box: {', '.join(known)}")
    contents, lines = read_yaml(path)
    return read_lesson(contents, Place(str(path), lines))
