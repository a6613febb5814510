"""Files that are whole when they are there: written beside, flushed to the disk, renamed, the folder flushed too."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

UNFINISHED = ".unfinished"


def commit(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that it is there as a whole or not at all, also after a loss of power.

    Args:
        path: Where to; what stands there is replaced.
        write: Writes the contents to the path it is given.

    Raises:
        OSError: The file cannot be written; what was there before is still there.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        write(beside)
        _flush(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if os.name == "posix":
        _flush(path.parent)


def commit_text(path: Path, text: str) -> None:
    """Write a text so that it is there as a whole or not at all."""
    commit(path, lambda beside: beside.write_text(text, encoding="utf-8", newline="\n"))


def commit_json(path: Path, contents: Mapping[str, Any]) -> None:
    """Write a JSON document so that it is there as a whole or not at all."""
    commit_text(path, json.dumps(contents, indent=2) + "\n")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
