"""Digests of the files of a result: kept in its mark, so that a changed or shortened file is refused by name."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.parameters import BadInput

FILES_KEY = "files"  # of the mark of a folder: digest by file


def digests_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """SHA-256 of files that are there, by name."""
    files = [folder / name for name in names]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def refuse_changed(folder: Path, digests: Mapping[str, str]) -> None:
    """Stop if a file is not what was written.

    Args:
        folder: Folder of the result.
        digests: Digest by file, from the mark of the folder; empty for folders of earlier versions.

    Raises:
        BadInput: Names the file, and says how to go on.
    """
    now = digests_of(folder, digests)
    for name, digest in digests.items():
        if now.get(name) != digest:
            what = "is missing" if name not in now else "is not the file that was written with it (changed or cut off)"
            raise BadInput(f"{folder / name}: {name} {what}; make the results anew, or restore the file")
