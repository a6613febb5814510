"""One piece of machine code a loop: the rules that it calls are linked into it once, and optimised once, with it.

Numba makes machine code of each compiled function by itself, together with all that it calls; what ten steps call in
turn is then optimised ten times. A rule is never called from Python, so nobody needs its own machine code.
"""

from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm
import numba
from numba.core import types
from numba.core.caching import FunctionCache
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.extending import models, register_model

_ENVIRONMENT = "_ZN08NumbaEnv"  # how the names of global variables begin that hold what a function needs of Python


class _Noting:
    """The code generator as a rule sees it: what the rule needs of Python is noted for the loop that links it in."""

    def __init__(self, codegen: Any, environments: dict[str, Any]) -> None:
        self._codegen, self._environments = codegen, environments

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, name: str, environment: Any) -> None:
        """Note an environment of Python under the name of its global variable."""
        self._environments[name] = environment


class RuleLibrary(JITCodeLibrary):
    """The code of one rule as it came from lowering, neither optimised nor linked."""

    def __init__(self, codegen: Any, name: str) -> None:
        super().__init__(codegen, name)
        self.environments: dict[str, Any] = {}

    @property
    def codegen(self) -> Any:
        """The code generator, which makes nothing of a rule."""
        return _Noting(self._codegen, self.environments)

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        """Nothing more comes in."""
        self._raise_if_finalized()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """No address: there is no machine code."""
        return 0


class LoopLibrary(JITCodeLibrary):
    """The code of a loop with that of all rules that it calls, directly or through others."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def finalize(self) -> None:
        """Link in every rule once, optimise, and make machine code."""
        own = {function.name for function in self._final_module.functions if not function.is_declaration}
        self._own, self._linking_libraries = own, _with_callees(self._linking_libraries)
        super().finalize()
        names = {variable.name for variable in self._final_module.global_variables}
        for library in self._linking_libraries:
            for name, environment in getattr(library, "environments", {}).items():
                if name in names:
                    self._codegen.set_env(name, environment)

    def _optimize_final_module(self) -> None:
        for function in self._final_module.functions:
            if not function.is_declaration and function.name not in self._own:
                function.linkage = "internal"
        for variable in self._final_module.global_variables:
            if variable.name.startswith(_ENVIRONMENT) and not variable.is_declaration:
                variable.linkage = "linkonce_odr"
        super()._optimize_final_module()

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """What is kept on disk: the machine code, and instead of the code that it was made of the names it defines."""
        self._ensure_finalized()
        things = [*self._final_module.functions, *self._final_module.global_variables]
        names = [thing.name for thing in things if not thing.is_declaration and thing.linkage != llvm.Linkage.internal]
        text = "\n".join(f'@"{name}" = global i8 0' for name in names)
        return self.name, "object", (self._get_compiled_object(), llvm.parse_assembly(text).as_bitcode())


def _with_callees(libraries: list[Any]) -> list[Any]:
    """The libraries and all that the rules among them call, each once."""
    found: dict[int, Any] = {}
    waiting = list(libraries)
    while waiting:
        library = waiting.pop()
        if id(library) not in found:
            found[id(library)] = library
            if isinstance(library, RuleLibrary):
                waiting.extend(library._linking_libraries)
    return list(found.values())


class RuleCompiler(Compiler):
    """Compiles a rule to be linked into loops."""

    library: Any = RuleLibrary

    def define_pipelines(self) -> Any:
        """The usual passes, with a library (numba's name for a module of machine code) of the right kind."""
        if self.state.library is None:
            self.state.library = self.library(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
            self.state.library.enable_object_caching()
        return super().define_pipelines()


class LoopCompiler(RuleCompiler):
    """Compiles a loop that Python calls."""

    library = LoopLibrary

    def define_pipelines(self) -> Any:
        """The usual passes, after all rules have become known to compiled code."""
        _make_known()
        return super().define_pipelines()


class LoopCache(FunctionCache):
    """Loads machine code without loading the compiler, which takes a quarter of the time to the first month."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What is kept for a signature, or None."""
        with self._guard_against_spurious_io_errors():
            return self._load_overload(sig, target_context)


_OPTIONS: Any = {"nogil": True, "_nrt": False, "error_model": "numpy", "no_cfunc_wrapper": True}
RULE_OPTIONS: Any = {**_OPTIONS, "no_cpython_wrapper": True, "pipeline_class": RuleCompiler}  # only compiled code calls
_unknown: list[tuple[Any, Callable[..., Any], bool]] = []
_kept: list[Any] = []  # numba holds what it knows by weak references


class _Rule(types.Dispatcher):
    """What a rule is to compiled code: compiled once for whole numbers, not again for each constant."""

    def get_call_type(self, context: Any, args: Any, kws: Any) -> Any:
        by_name = {name: types.unliteral(kind) for name, kind in kws.items()}
        return super().get_call_type(context, tuple(map(types.unliteral, args)), by_name)


register_model(_Rule)(models.OpaqueModel)


def loop(function: Callable[..., Any], kept: bool) -> Any:
    """A loop that Python calls. kept: whether its machine code is kept on disk"""
    made: Any = numba.njit(pipeline_class=LoopCompiler, **_OPTIONS)(function)
    if kept:
        made._cache = LoopCache(function)
    return made


def compiled_form(thing: Any, function: Callable[..., Any], inline: bool) -> None:
    """Let compiled code that calls a thing call the compiled form of a function, linked into it.

    Args:
        thing: What is called: the function or what calls a loop made of it.
        function: What is compiled, when the first loop is that calls it.
        inline: Whether its body goes where it is called; else LLVM decides.
    """
    _unknown.append((thing, function, inline))


def _make_known() -> None:
    while _unknown:
        thing, function, inline = _unknown.pop()
        form: Any = numba.njit(forceinline=inline, **RULE_OPTIONS)(function)
        _kept.append(form)
        form.typingctx.insert_global(thing, _Rule(form))
