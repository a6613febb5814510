"""Files that users' code opens for reading, noted while it runs, so that no result is kept that a file may change."""

import functools
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

_WRITING = set("wax")
_MODULES = (".py", ".pyc", ".so", ".pyd")  # which importing opens
_LOCAL = threading.local()  # in `notes`: what is being noted in this thread, the innermost last
_OF_MODULES: dict[Path, set[Path]] = {}  # what the module in a file read when it was run


class _Notes:
    """Files read by some code.

    Args:
        code: Names of the files in which the code stands, as Python calls them.
    """

    def __init__(self, code: Iterable[str]) -> None:
        self.code = frozenset(code)
        self.files: set[Path] = set()

    def note(self, path: str) -> None:
        """Keep a file that is opened by the code, or by what it calls."""
        frame: FrameType | None = sys._getframe(2)
        while frame is not None:
            if frame.f_code.co_filename in self.code:
                self.files.add(Path(path).absolute())
                return
            frame = frame.f_back


@contextmanager
def noted_reads(code: Iterable[str]) -> Iterator[set[Path]]:
    """The files that some code reads meanwhile in this thread; complete at the end.

    Libraries that open files without Python, such as readers of Parquet, are not seen.

    Args:
        code: Names of the files in which the code stands, as Python calls them.
    """
    _listen()
    notes = _Notes(code)
    stack = _LOCAL.__dict__.setdefault("notes", [])
    stack.append(notes)
    try:
        yield notes.files
    finally:
        stack.remove(notes)
        resolved = {path.resolve() for path in notes.files}
        notes.files.clear()
        notes.files.update(resolved)


@contextmanager
def noted_reads_of_module(file: Path) -> Iterator[None]:
    """Note what the module in a file reads while it is run."""
    with noted_reads([str(file)]) as files:
        yield
    _OF_MODULES[file] = set(files)


def reads_of_module(file: Path) -> set[Path]:
    """The files that the module in a file read when it was run. file: full path"""
    return _OF_MODULES.get(file, set())


@functools.cache
def _listen() -> None:
    """Hear of opened files from now on; Python cannot stop an audit hook, so it is added once a process."""
    sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and (noting := _LOCAL.__dict__.get("notes")):
        path, mode, flags = arguments
        path = os.fsdecode(path) if isinstance(path, str | bytes) else ""
        writes = bool(_WRITING & set(mode)) if isinstance(mode, str) else bool(flags & (os.O_WRONLY | os.O_RDWR))
        if path and not writes and not path.endswith(_MODULES):
            for notes in noting:
                notes.note(path)
