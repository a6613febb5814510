"""Loops are compiled with all rules that they call as one piece; kept machine code is loaded without the compiler."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.numeric import compiled_units
from sim.numeric.compiling import inlined, rule

PACKAGE = Path(__file__).parents[2]
COMPILED = os.environ.get("NUMBA_DISABLE_JIT", "0") == "0"
SCRIPT = """
import sys
import numpy as np
from sim.model.randomness import normals
print(repr(normals(1, 2, 3, 4, 5, 6, 7)), "numba.np.arrayobj" in sys.modules)
"""


class Pair(NamedTuple):
    """Two numbers."""

    first: float
    second: float


@rule
def _weighted(me: Pair, weight: int) -> float:
    return me.first + weight * me.second


@inlined
def _difference(me: Pair) -> float:
    return _weighted(me, 3) - _weighted(me, 2)


def _add_differences(pair: Pair, numbers: np.ndarray) -> float:
    total = 0.0
    for number in numbers:
        total += _difference(Pair(number, pair.second)) * number
    return total


# Not kept on disk, so that it is compiled in every run of the tests.
_sum_of_differences = compiled_units.loop(_add_differences, kept=False) if COMPILED else _add_differences


def test_a_loop_gives_what_its_rules_give_in_plain_python():
    numbers = np.array([1.0, 2.5, -4.0])
    assert _sum_of_differences(Pair(0.0, 0.5), numbers) == sum(0.5 * number for number in numbers)


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_a_rule_is_compiled_once_for_all_constants():
    _sum_of_differences(Pair(0.0, 0.5), np.ones(1))
    forms = [form for form in compiled_units._kept if form.py_func is _weighted]
    assert [len(form.overloads) for form in forms] == [1]


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_a_rule_has_no_machine_code_of_its_own():
    _sum_of_differences(Pair(0.0, 0.5), np.ones(1))
    form = next(form for form in compiled_units._kept if form.py_func is _weighted)
    (made,) = form.overloads.values()
    machine_code = made.library  # numba's name for it
    assert machine_code.get_pointer_to_function(made.fndesc.llvm_func_name) == 0


@pytest.mark.long
@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_kept_machine_code_gives_the_same_without_the_compiler(tmp_path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(PACKAGE)}
    environment.pop("NUMBA_CACHE_DIR", None)
    first, second = (
        subprocess.run(
            [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
        ).stdout.rsplit(maxsplit=1)
        for _ in range(2)
    )
    assert (first[0], first[1], second[1]) == (second[0], "True", "False")
