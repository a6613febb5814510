"""The only room that knows numba: rules are plain Python that compiled loops may call; compiled code is strict IEEE."""

import functools
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
import numpy as np

import sim.numeric.compiled_rows  # noqa: F401  # compiled code can take tables of columns from now on
from sim.numeric.columns import Table
from sim.numeric.compiled_units import compiled_form, loop
from sim.numeric.rows import by_attribute

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


NOTHING_COMPILED = (
    "__init__.py",
    "__main__.py",
    "benchmarks",
    "calibration",
    "charts",
    "cli.py",
    "commands",
    "experiments",
    "files",
    "journeys",
    "reports",
    "statistics",
    "validation",
    "version.py",
    "web",
)


@functools.cache
def source_hash(leaving_out: tuple[str, ...] = ()) -> str:
    """Hash of the Python files of the package, read once a process: what was computed by which code.

    Args:
        leaving_out: Rooms that do not count.

    >>> len(source_hash()), source_hash() == source_hash(NOTHING_COMPILED)
    (16, False)
    """
    digest = hashlib.sha256()
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root)
        if name.parts[0] not in leaving_out:
            digest.update(str(name).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path | None:
    """A writable folder that belongs to this very code, so that an edited rule never meets an old caller."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    for root in (base, tempfile.gettempdir()):
        folder = Path(root) / "customer-centricity" / source_hash(NOTHING_COMPILED)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


CACHE_FOLDER = _cache_folder()
_settings: Any = numba.config  # its names are made when it is imported
if CACHE_FOLDER is not None and "NUMBA_CACHE_DIR" not in os.environ:
    _settings.CACHE_DIR = str(CACHE_FOLDER)


def needs_compiling() -> bool:
    """True when the first run will have to compile: nothing is cached for this code yet."""
    if _settings.DISABLE_JIT or CACHE_FOLDER is None:
        return False
    return not any(CACHE_FOLDER.rglob("*.nbi"))


def rule(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Mark a scalar rule: plain Python for agents, compiled in for loops over columns.

    Rules never make arrays, so references to them need no counting; counting cost a third of a month, and its
    atomic counters made threads wait for each other. A rule of numbers goes where it is called, so that a loop over
    lanes turns into vector code; for one that takes the month of a customer, `me`, LLVM decides.
    """
    of_numbers = "me" not in function.__code__.co_varnames[: function.__code__.co_argcount]
    compiled_form(function, function, inline=of_numbers)
    return function


def inlined(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Mark a rule whose compiled body goes where it is called: a phase, a step that a phase lists, or a tiny helper."""
    compiled_form(function, function, inline=True)
    return function


@rule
def as_float64(number: float) -> float:
    """A single-precision number in double precision; compiled, `float` alone would leave it single."""
    return 1.0 * float(number)


def compiled(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Compile a loop over columns without fastmath, releasing the interpreter lock; the loop must not make arrays."""
    if _settings.DISABLE_JIT:
        return _interpreted(function)
    made: Callable[Arguments, Value] = loop(function, kept=CACHE_FOLDER is not None)

    @functools.wraps(function)
    def called(*arguments: Arguments.args, **named: Arguments.kwargs) -> Value:
        return made(*arguments, **named)

    compiled_form(called, function, inline=True)
    return called


def compiled_phase(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """Compile a loop that Python calls every month with arguments of the same kinds.

    Numba finds out the type of every argument in every call, which for tables and months takes longer than a small
    world's month. Here the kinds are compared cheaply, and known ones go straight to the machine code.
    """
    if _settings.DISABLE_JIT:
        return compiled(function)
    compiled_loop: Any = loop(function, kept=CACHE_FOLDER is not None)
    entries: dict[Any, Callable[..., Value]] = {}

    @functools.wraps(function)
    def called(*arguments: Arguments.args, **named: Arguments.kwargs) -> Value:
        kinds = tuple(map(_kind_of, arguments))
        if kinds in entries:
            return entries[kinds](*arguments)
        result: Value = compiled_loop(*arguments)
        exact = compiled_loop.overloads.get(tuple(map(compiled_loop.typeof_pyval, arguments)))
        if exact is not None:
            entries[kinds] = exact.entry_point
        return result

    return called


MOST_KNOWN_TUPLES = 2  # the network of the world in hand, and its log
_OF_NO_PARTS = frozenset((int, float, bool, type(None)))
_ARRAYS = {np.ndarray}
_known_tuples: dict[int, tuple[tuple[Any, ...], tuple[Any, ...]]] = {}


def _kind_of(argument: Any) -> Any:
    """What decides the compiled type of an argument."""
    kind = type(argument)
    if kind in _OF_NO_PARTS:
        return kind
    if kind is np.ndarray:
        return id(argument.dtype), argument.ndim, argument.flags.num
    if kind is Table:
        return argument.layout.name
    if issubclass(kind, tuple):
        known = _known_tuples.get(id(argument))
        if known is not None and known[0] is argument:
            return known[1]
        kinds = (kind, *map(_kind_of, argument))
        if {*map(type, argument)} == _ARRAYS:
            _remember(argument, kinds)
        return kinds
    return kind


def _remember(arrays: tuple[Any, ...], kinds: tuple[Any, ...]) -> None:
    """Keep the kinds of a tuple of arrays that may come again, such as a network; no more than two are held."""
    if len(_known_tuples) >= MOST_KNOWN_TUPLES:
        _known_tuples.clear()
    _known_tuples[id(arrays)] = arrays, kinds


def _interpreted(function: Callable[Arguments, Value]) -> Callable[Arguments, Value]:
    """The loop in plain Python (NUMBA_DISABLE_JIT=1), for coverage and debugging: rows are read by attribute too."""

    @functools.wraps(function)
    def called(*arguments: Arguments.args, **named: Arguments.kwargs) -> Value:
        return function(*map(_by_attribute, arguments), **named)  # a view of the same rows

    return called


def _by_attribute(argument: Any) -> Any:
    if isinstance(argument, tuple) and hasattr(argument, "_fields"):
        return type(argument)(*map(_by_attribute, argument))
    if isinstance(argument, np.ndarray) and argument.dtype.names is not None:
        return by_attribute(argument)
    return argument
