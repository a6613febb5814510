"""What worker processes must be able to do before the first run: start from this program, and find users' policies."""

import ast
import multiprocessing
import pickle
import sys
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import FrameType

from sim.parameters import BadInput
from sim.parameters.policy_texts import file_of, single_policies
from sim.policies.base import Policy
from sim.policies.registry import find_class

UNGUARDED = (
    "this script starts worker processes, and every worker reads the script again. Put the call under "
    'if __name__ == "__main__":, or use workers=1, which needs no process'
)


def is_unguarded() -> bool:
    """Whether the call comes from a script's top level, outside ``if __name__ == "__main__"``."""
    if multiprocessing.parent_process() is not None:
        return True
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__") == "__main__":
            return not _is_under_guard(frame.f_globals.get("__file__"), frame.f_lineno)
        frame = frame.f_back
    return False


def _is_under_guard(file: str | None, line: int) -> bool:
    if file is None or not Path(file).is_file():
        return True  # nothing that a worker would read
    try:
        tree = ast.parse(Path(file).read_text(encoding="utf-8", errors="replace"))
    except SyntaxError:
        return True
    guards = (node for node in tree.body if isinstance(node, ast.If) and "__name__" in ast.dump(node.test))
    return any(node.lineno <= line <= (node.end_lineno or node.lineno) for node in guards)


def modules_to_send(policies: Iterable[str]) -> tuple[str, ...]:
    """Modules that register some policies; workers import them before they begin.

    Raises:
        BadInput: A policy was defined in this process and stands in no file that a worker could read.
    """
    own = _registered_by_users(policies)
    for name, policy in own.items():
        source = getattr(sys.modules.get(policy.__module__), "__file__", None)
        if source is None or not Path(source).is_file():
            raise BadInput(
                f"policy {name!r} was defined in this process, and worker processes cannot see it; "
                f"put its class into a file and name it as mine.py:{policy.__name__}, or use workers=1"
            )
    return tuple(sorted({policy.__module__ for policy in own.values() if policy.__module__ != "__main__"}))


def modules_for(executor: Executor, policies: Iterable[str], live: object) -> tuple[str, ...]:
    """Modules that the workers of a user's executor import first; a worker is asked whether it then knows all.

    Args:
        executor: The executor; threads see what this process sees and need nothing.
        policies: Texts of all policies of the sweep.
        live: How a run is lived.

    Raises:
        BadInput: The workers do not know a policy, or something cannot be sent to them; before the first run.
    """
    own = _registered_by_users(policies)
    if isinstance(executor, ThreadPoolExecutor):
        return ()
    modules = tuple(sorted({policy.__module__ for policy in own.values() if _can_be_imported(policy.__module__)}))
    try:
        lacking = executor.submit(lacking_policies, modules, tuple(own), live).result()
    except Exception as trouble:
        reason = f"{type(trouble).__name__}: {trouble}"
        raise BadInput(
            f"the workers of the executor cannot be given {', '.join((*modules, 'the way to live a run'))} ({reason}); "
            "put what is yours into files that they can import, or use a ThreadPoolExecutor(1)"
        ) from trouble
    if lacking:
        name = lacking[0]
        raise BadInput(
            f"policy {name!r} is not known to the workers of the executor; put its class into a file that they see and "
            f"name it as mine.py:{own[name].__name__}"
        )
    return modules


def lacking_policies(modules: Iterable[str], names: Iterable[str], live: object) -> list[str]:
    """Policies that this process does not know after importing some modules. live: unused, sent"""
    import_all(modules)
    return [name for name in names if find_class(name) is None]


def _can_be_imported(module: str) -> bool:
    source = getattr(sys.modules.get(module), "__file__", None)
    return module != "__main__" and source is not None and Path(source).is_file()


def refuse_of_script(policies: Iterable[str]) -> None:
    """Stop at a policy that the script itself registers; workers of a cluster do not read the script.

    Raises:
        BadInput: There is such a policy.
    """
    for name, policy in _registered_by_users(policies).items():
        if policy.__module__ == "__main__":
            raise BadInput(
                f"policy {name!r} is registered by the script itself, which workers of a cluster do not read; "
                f"put its class into a file that they see and name it as mine.py:{policy.__name__}"
            )


def _registered_by_users(policies: Iterable[str]) -> dict[str, type[Policy]]:
    single = sorted(
        {policy_text for text in policies for policy_text in single_policies(text) if file_of(policy_text) is None}
    )
    classes = {name: policy for name in single if (policy := find_class(name)) is not None}
    return {name: policy for name, policy in classes.items() if not policy.__module__.startswith("sim.")}


def refuse_unsendable(what: object, name: str) -> None:
    """Stop at something that cannot be sent to a worker process.

    Raises:
        BadInput: It cannot be pickled.
    """
    try:
        pickle.dumps(what)
    except Exception as trouble:
        raise BadInput(
            f"{name} cannot be sent to a worker process ({trouble}); define it in a file, or use workers=1"
        ) from trouble


def import_all(modules: Iterable[str]) -> None:
    """Import modules that register policies."""
    for module in modules:
        import_module(module)
