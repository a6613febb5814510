"""The files of a user that a policy reaches: its own, and the modules beside it that it imports."""

import ast
import importlib.machinery
from collections.abc import Iterator
from pathlib import Path

from sim.parameters.policy_texts import is_file, plain_policies


def files_of(text: str) -> list[Path]:
    """Every file behind a policy text, those of a mixture and imported modules of the same folder included."""
    found: set[Path] = set()
    for one in plain_policies(text):
        if is_file(one):
            _gather(Path(one.rpartition(":")[0]).resolve(), found)
    return sorted(found)


def _gather(path: Path, found: set[Path]) -> None:
    if path in found or not path.is_file():
        return
    found.add(path)
    for name in _imported(path):
        base = path.parent.joinpath(*name.split("."))
        for place in (base.with_suffix(".py"), base / "__init__.py"):
            _gather(place, found)


def _imported(path: Path) -> Iterator[str]:
    """Names of modules that a file imports anywhere; none of a file that is no Python."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        if isinstance(node, ast.ImportFrom):
            inside = [node.module] if node.module else []
            yield from inside
            yield from (".".join([*inside, one.name]) for one in node.names)


class Fresh(importlib.machinery.SourceFileLoader):
    """Loads a file as it is now: compiled code beside it may be of an edit within the same second."""

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        """The code of the text on the disk."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)
