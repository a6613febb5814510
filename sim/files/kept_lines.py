"""Folders of work that goes on after a stop: a mark that says whose they are, and a file to which lines are added."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.files.atomic_file import commit_json
from sim.files.atomic_folder import refuse_foreign
from sim.parameters import BadInput


def begin_folder(folder: Path, mark: str, about: Mapping[str, Any], noun: str) -> None:
    """Mark a folder with what is done in it, or find the same work there.

    Args:
        folder: The folder, made if it is not there.
        mark: Name of the file that says what the folder holds.
        about: What makes one work another.
        noun: What the work is called in messages.

    Raises:
        BadInput: The folder holds another work, or something else.
    """
    refuse_foreign(folder, mark)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / mark).is_file():
        commit_json(folder / mark, dict(about) | {"finished": False})
        return
    before = json.loads((folder / mark).read_text(encoding="utf-8"))
    different = [name for name, value in about.items() if before.get(name) != json.loads(json.dumps(value))]
    if different:
        raise BadInput(
            f"{folder} holds a {noun} with another {', '.join(different)}; choose another folder, or take this one away"
        )


def add_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows to a file, a line each; they are on the disk when this returns."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
        file.flush()
        os.fsync(file.fileno())


def lines_of(path: Path, names: Iterable[str], noun: str) -> Iterator[dict[str, Any]]:
    """The rows of such a file; a last line that was cut off is taken away.

    Args:
        path: The file; nothing is read if it is not there.
        names: What every row has.
        noun: What a row is called in messages.

    Raises:
        BadInput: A line is no such row.
    """
    if not path.is_file():
        return
    text, needed = path.read_text(encoding="utf-8"), set(names)
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        path.write_text(whole, encoding="utf-8")
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            row = json.loads(line)
            missing = needed - row.keys()
        except (ValueError, AttributeError) as trouble:
            raise BadInput(f"{path}:{number}: this line is no {noun} ({trouble}); take it away") from trouble
        if missing:
            raise BadInput(f"{path}:{number}: this line is no {noun} (no {', '.join(sorted(missing))}); take it away")
        yield row
