"""A policy in a user's own file, loaded as Python loads a module: known by its name, with its folder on the path."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import NamedTuple

from sim.policies.file_access import noted_reads_of_module, reads_of_module


class PolicyFile(NamedTuple):
    """A file as it was when it was loaded: path, time of the last change in nanoseconds, and length in bytes."""

    file: Path
    changed: int
    size: int

    @classmethod
    def of(cls, file: Path) -> "PolicyFile":
        """The file as it is now; a file that is gone has no length."""
        try:
            about = file.stat()
        except OSError:
            return cls(file, 0, 0)
        return cls(file, about.st_mtime_ns, about.st_size)


_MODULES: dict[Path, tuple[ModuleType, dict[str, PolicyFile]]] = {}  # by file: the module and what it brought along
_BROUGHT: dict[str, PolicyFile] = {}  # by name of the module: what was loaded for policies from their folders
_ONE_AT_A_TIME = RLock()


def module_of(file: Path) -> ModuleType:
    """The module in a file; it is run again when it, a module that it took from its folder, or a file
    that it read, has changed.

    The module stands in `sys.modules` under the file's name, so that what it defines can be pickled, or under a longer
    name where another module has that one already. The folder of the file stays on `sys.path`.

    Args:
        file: Absolute path.

    Raises:
        Exception: Whatever the file raises.
    """
    with _ONE_AT_A_TIME:
        if file not in _MODULES or any(source != PolicyFile.of(source.file) for source in _MODULES[file][1].values()):
            _forget_outdated(file.parent)
            module, before = _empty(file), set(sys.modules)
            with noted_reads_of_module(file):
                _run(module, str(file.parent))
            brought = {module.__name__: PolicyFile.of(file)} | _from_folder(file.parent, set(sys.modules) - before)
            _BROUGHT.update(brought)
            read = {str(path): PolicyFile.of(path) for path in reads_of_module(file)}
            _MODULES[file] = module, brought | read
        return _MODULES[file][0]


def _forget_outdated(folder: Path) -> None:
    """Unload policy modules that changed, or that this folder shadows, so that they are imported again."""
    for name, source in list(_BROUGHT.items()):
        other = source.file.parent != folder and _in_folder(folder, name)
        if other or source != PolicyFile.of(source.file):
            sys.modules.pop(name, None)
            del _BROUGHT[name]


def _in_folder(folder: Path, name: str) -> bool:
    top = name.partition(".")[0]
    return (folder / f"{top}.py").is_file() or (folder / top / "__init__.py").is_file()


def _empty(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(_name_for(file), file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not a Python file")
    return importlib.util.module_from_spec(spec)


def _name_for(file: Path) -> str:
    """The name of a file, made longer where another module has it or could be imported by it."""
    taken = file.stem in sys.modules or not file.stem.isidentifier()
    if not taken:
        spec = importlib.util.find_spec(file.stem)
        taken = spec is not None and (spec.origin is None or Path(spec.origin).resolve() != file)
    return f"{file.stem}_{sha256(str(file).encode()).hexdigest()[:8]}" if taken else file.stem


def _run(module: ModuleType, folder: str) -> None:
    loader = module.__spec__.loader if module.__spec__ else None
    assert loader is not None
    sys.modules[module.__name__] = module
    with _first_on_path(folder):
        try:
            loader.exec_module(module)
        except BaseException:
            sys.modules.pop(module.__name__, None)
            raise


@contextmanager
def _first_on_path(folder: str) -> Iterator[None]:
    """A folder is first on the path meanwhile, and last from then on. No bytecode is kept of what is loaded: it knows
    whole seconds only, so a file changed twice in one would come back as it was."""
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.dont_write_bytecode = kept
        sys.path.remove(folder)
        if folder not in sys.path:
            sys.path.append(folder)


def _from_folder(folder: Path, names: set[str]) -> dict[str, PolicyFile]:
    """Those of the modules that lie in the folder itself, or in a package of it."""
    policies = {}
    for name in names:
        origin = getattr(sys.modules.get(name), "__file__", None)
        file = Path(origin).resolve() if isinstance(origin, str) else None
        top = name.partition(".")[0]
        if file and (file == folder / f"{top}.py" or file.is_relative_to(folder / top)):
            policies[name] = PolicyFile.of(file)
    return policies
