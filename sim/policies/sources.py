"""The code of users that decides what the firms of a scenario do, so that a stored result names the code behind it."""

import ast
import hashlib
import importlib.machinery
import inspect
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.parameters.policy_texts import file_of, single_policies
from sim.parameters.scenario import Scenario
from sim.policies.registry import find_class

_OWN = Path(__file__).parent.parent
_INSTALLED = tuple(Path(sysconfig.get_path(kind)).resolve() for kind in ("stdlib", "platstdlib", "purelib", "platlib"))


def policy_digests(scenario: Scenario) -> dict[str, str]:
    """Hash of the code of every policy of a scenario that does not come with this package, by the policy's text.

    Heeded are the file of the policy, or the source of a class registered in this process, and every module that these
    import from outside Python's own and installed packages. A policy may read other files; those are not heeded.
    """
    digests = {}
    for text in _policies_of(scenario):
        file = file_of(text)
        code = [(file.name, file)] if file else []
        policy_class = None if file else find_class(text)
        if policy_class is not None and not policy_class.__module__.startswith("sim."):
            source = inspect.getsourcefile(policy_class) if _has_file(policy_class) else None
            if source is None:
                digests[text] = _hash([text, _source_of(policy_class)])
                continue
            code = [(Path(source).name, Path(source))]
        if code:
            digests[text] = _hash(_contents(code))
    return digests


def has_own_policy(scenario: Scenario) -> bool:
    """Whether a firm follows a policy that does not come with this package."""
    policies = ((text, find_class(text)) for text in _policies_of(scenario))
    return any(
        file_of(text) is not None or policy_class is None or not policy_class.__module__.startswith("sim.")
        for text, policy_class in policies
    )


def _policies_of(scenario: Scenario) -> list[str]:
    texts = (text for firm in scenario.firms for text in (firm.policy, *firm.way[:2]))
    return sorted({single for text in texts for single in single_policies(text)})


def _has_file(policy_class: type) -> bool:
    try:
        return Path(inspect.getsourcefile(policy_class) or "").is_file()
    except TypeError:
        return False


def _source_of(policy_class: type) -> str:
    try:
        return inspect.getsource(policy_class)
    except (OSError, TypeError):
        return f"{policy_class.__module__}.{policy_class.__qualname__}"


def _contents(code: Iterable[tuple[str, Path]]) -> Iterator[str]:
    """Name and content of files and of the modules that they import, each once."""
    todo, read_files = list(code), set[Path]()
    while todo:
        name, path = todo.pop()
        path = path.resolve()
        if path in read_files:
            continue
        read_files.add(path)
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else "missing"
        yield f"{name}\0{text}"
        todo += _imports(text, path)


def _imports(text: str, path: Path) -> list[tuple[str, Path]]:
    """Modules imported anywhere in a source text, as names and files, without installed ones."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = f"{_package(path, node.level)}{node.module or ''}".strip(".")
            names |= {origin} | {f"{origin}.{alias.name}".strip(".") for alias in node.names}
    files = ((name, _file_of_module(name, path.parent)) for name in sorted(names) if name)
    return [(name, file) for name, file in files if file is not None]


def _package(path: Path, level: int) -> str:
    """Dotted prefix of a relative import."""
    parts: list[str] = []
    folder = path.parent
    while level and (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    package = parts[: len(parts) - (level - 1)] if level > 1 else parts
    return ".".join(package) + "." if package else ""


def _file_of_module(name: str, folder: Path) -> Path | None:
    """File of a module as it would be imported by a file in a folder; None for what is installed or missing."""
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    places = [str(folder), *sys.path]
    spec = None
    for part in range(1, name.count(".") + 2):
        try:
            spec = importlib.machinery.PathFinder.find_spec(".".join(name.split(".")[:part]), places)
        except (ImportError, ValueError):
            return None
        if spec is None:
            return None
        places = list(spec.submodule_search_locations or ())
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return None
    origin = Path(spec.origin).resolve()
    inside = (origin.is_relative_to(place) for place in (_OWN, *_INSTALLED))
    return None if any(inside) else origin


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in sorted(parts):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()
