"""The code of users that decides what the firms and customers of a scenario do, so that a result names what made it."""

import ast
import hashlib
import importlib.machinery
import inspect
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from sim.parameters.policy_texts import file_of, single_policies
from sim.parameters.scenario import USUAL_CUSTOMERS, Scenario
from sim.policies.file_access import reads_of_module
from sim.policies.registry import find_class

_OWN = Path(__file__).parent.parent
_INSTALLED = tuple(Path(sysconfig.get_path(kind)).resolve() for kind in ("stdlib", "platstdlib", "purelib", "platlib"))

_MACHINE = tuple(Path(place) for place in ("/proc", "/sys", "/dev", "/etc", "/usr"))
LONGEST_NAME = 200  # characters of a text that may be the name of a file


def code_digests(scenario: Scenario) -> dict[str, str]:
    """Hash of the code of every policy and class of customers that does not come with this package, by its text.

    Heeded are the file of the class, or the source of one registered in this process; every module that these import
    from outside Python's own and installed packages; and every file that their texts name, such as
    ``open("prices.csv")``, relative to the file of the code or to where we are. A file that is named in no text, but
    read, is known to `undeclared_reads`.
    """
    digests: dict[str, str] = {}
    for text in _texts_of(scenario):
        source = _source_file(text)
        if source is not None:
            digests[text] = _hash(_contents([source]))
        elif (made := _registered_by_user(text)) is not None:
            digests[text] = _hash([text, _source_of(made)])
    return digests


def has_own_code(scenario: Scenario) -> bool:
    """Whether a firm follows a policy, or customers are of a class, that does not come with this package."""
    return scenario.customer_class != USUAL_CUSTOMERS or any(map(_is_own, _policies_of(scenario)))


def _is_own(text: str) -> bool:
    """Whether a policy does not come with this package, or is not known here."""
    made = None if file_of(text) else find_class(text)
    return made is None or not made.__module__.startswith("sim.")


def undeclared_reads(scenario: Scenario, read: Iterable[Path]) -> list[Path]:
    """Of files that users' code has read those that the key of a run does not know.

    Args:
        scenario: The world whose code it is.
        read: Files read while it ran.
    """
    known = set(code_files(scenario))
    files = (file for text in _texts_of(scenario) if (file := file_of(text)))
    early = (path for file in files for path in reads_of_module(file.resolve()))
    return sorted({path for path in (*read, *early) if path not in known and not _is_library(path)})


def code_files(scenario: Scenario) -> Iterator[Path]:
    """Every file behind the users' code of a scenario: modules, and the files that they name."""
    for text in _texts_of(scenario):
        source = _source_file(text)
        for _, path, _ in _files_behind([source]) if source else ():
            yield path


def _texts_of(scenario: Scenario) -> list[str]:
    own = [scenario.customer_class] if scenario.customer_class != USUAL_CUSTOMERS else []
    return [*_policies_of(scenario), *own]


def _source_file(text: str) -> tuple[str, Path] | None:
    """Name and file of a user's class; None for one of this package, or one that stands in no file."""
    file = file_of(text)
    if file is not None:
        return file.name, file
    if ":" in text:
        module = text.rpartition(":")[0]
        path = _file_of_module(module, Path.cwd())
        return (module, path) if path else None
    made = _registered_by_user(text)
    source = inspect.getsourcefile(made) if made is not None and _has_file(made) else None
    return (Path(source).name, Path(source)) if source else None


def _registered_by_user(text: str) -> type | None:
    """The class behind the name of a policy that somebody else than this package has registered."""
    made = None if ":" in text else find_class(text)
    return made if made is not None and not made.__module__.startswith("sim.") else None


def _is_library(path: Path) -> bool:
    """Whether a file belongs to Python, an installed package or the machine, or is the code of a module."""
    inside = any(path.is_relative_to(place) for place in (_OWN, *_INSTALLED, *_MACHINE))
    return inside or path.suffix in (".py", ".pyc")


def _policies_of(scenario: Scenario) -> list[str]:
    texts = (text for firm in scenario.firms for text in (firm.policy, *firm.way[:2]))
    return sorted({single for text in texts for single in single_policies(text)})


def _has_file(made: type) -> bool:
    try:
        return Path(inspect.getsourcefile(made) or "").is_file()
    except TypeError:
        return False


def _source_of(made: type) -> str:
    try:
        return inspect.getsource(made)
    except (OSError, TypeError):
        return f"{made.__module__}.{made.__qualname__}"


def _contents(code: Iterable[tuple[str, Path]]) -> Iterator[str]:
    """Name and content of files, of the modules that they import and of the files that they name, each once."""
    for name, _, content in _files_behind(code):
        yield f"{name}\0{content}"


def _files_behind(code: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Path, str]]:
    """Name, full path and content of files of code and of everything behind them; of data a hash is the content."""
    todo, seen = list(code), set[Path]()
    while todo:
        name, path = todo.pop()
        path = path.resolve()
        if path in seen:
            continue
        seen.add(path)
        if path.suffix != ".py":
            yield name, path, hashlib.blake2b(path.read_bytes()).hexdigest()
            continue
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else "missing"
        yield name, path, text
        tree = _parsed(text)
        todo += _imports(tree, path) + _named_files(tree, path)


def _parsed(text: str) -> ast.AST:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _named_files(tree: ast.AST, path: Path) -> list[tuple[str, Path]]:
    """Files that texts in a source name: beside it, or from where we are."""
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    named = []
    for text in sorted(text for text in texts if 0 < len(text) <= LONGEST_NAME and text.isprintable()):
        places = (place / text for place in (path.parent, Path()))
        named += [(text, place) for place in places if place.is_file() and place.suffix != ".py"][:1]
    return named


def _imports(tree: ast.AST, path: Path) -> list[tuple[str, Path]]:
    """Modules imported anywhere in a source, as names and files, without installed ones."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = f"{_package(path, node.level)}{node.module or ''}".strip(".")
            names |= {origin} | {f"{origin}.{alias.name}".strip(".") for alias in node.names}
    modules = ((name, _file_of_module(name, path.parent)) for name in sorted(names) if name)
    return [(name, file) for name, file in modules if file is not None]


def _package(path: Path, level: int) -> str:
    """Dotted prefix of a relative import; modules of a package are looked for below the folder that holds it."""
    parts: list[str] = []
    folder = path.parent
    while level and (folder / "__init__.py").is_file():
        parts.insert(0, folder.name)
        folder = folder.parent
    kept = parts[: len(parts) - (level - 1)] if level > 1 else parts
    return ".".join(kept) + "." if kept else ""


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
