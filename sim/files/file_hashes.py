"""Hashes of the files of a result, kept in its mark, by which a changed or truncated file is found."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.parameters import BadInput

HASHED = "files"  # key of the mark under which the hashes stand


def hashes_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of files by name.

    Raises:
        OSError: A file cannot be read.
    """
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def refuse_changed(folder: Path, mark: str, hashes: Mapping[str, str]) -> None:
    """Stop if a file is not what it was when the result was written.

    Args:
        folder: Folder of the result.
        mark: Name of the file that holds the hashes.
        hashes: SHA-256 by name of file.

    Raises:
        BadInput: Names the first file that is missing, or differs.
    """
    for name, wanted in hashes.items():
        path = folder / name
        if not path.is_file():
            raise BadInput(f"{folder}: {name} is missing, which {mark} names; copy the folder as a whole, or repeat it")
        if hashes_of(folder, [name])[name] != wanted:
            raise BadInput(
                f"{folder}: {name} was changed or cut after it was written (its SHA-256 is not that in {mark}); "
                "repeat the command that wrote the folder"
            )
