"""The bits of numbers: plain Python for agents, a few vector instructions in compiled loops, and the same results.

Both forms of a function are exact, so they cannot differ.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numba.core import types
from numba.extending import intrinsic, overload

from sim.numeric.compiled_units import RULE_OPTIONS

WORD = 0xFFFFFFFFFFFFFFFF  # all bits of a word
_LOW_HALF = 0xFFFFFFFF
_MAGIC = 6755399441055744.0  # 1.5 * 2 ** 52: what is added to it is rounded to a whole number
_MAGIC_BITS = np.int64(0x4338000000000000)
_BIAS, _BITS_OF_FRACTION = np.int64(1023), np.int64(52)
_ONE, _JUST_BELOW_ONE = np.uint64(0x3FF0000000000000), 1.0 - 2.0**-53
_LARGE, _JUST_BELOW_LARGE = np.uint64(0x4330000000000000), 2.0**52 - 0.5
_HALF, _TWELVE, _FIFTY_TWO = np.uint64(32), np.uint64(12), np.uint64(52)
_LOW = np.uint64(_LOW_HALF)
_ROOT_OF_HALF, _ROOT_BITS = 0.7071067811865476, np.uint64(0x3FE6A09E667F3BCD)
_TO_ONE = np.uint64(0x3FF0000000000000 - 0x3FE6A09E667F3BCD)
_FRACTION = np.uint64(0x000FFFFFFFFFFFFF)
_LARGE_AND_BIAS = 2.0**52 + 1023.0


def _in_compiled_code(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Mark what chooses the compiled form of a plain function."""
    options: Any = {**RULE_OPTIONS, "forceinline": True}
    return overload(plain, strict=False, jit_options=options)


def word(number: int) -> int:
    """A whole number as a word of 64 bits without sign.

    >>> word(5), word(-1) == 2**64 - 1
    (5, True)
    """
    return int(number) & WORD


@_in_compiled_code(word)
def _word(number):
    return lambda number: np.uint64(number)


def fine_uniform(bits: int) -> float:
    """A uniform number in (0, 1) from a word: 2**52 values, none of them 0 or 1.

    >>> fine_uniform(0) == 2.0**-53, fine_uniform(2**64 - 1) == 1.0 - 2.0**-53
    (True, True)
    """
    return ((bits >> 12) + 0.5) * 2.0**-52


@_in_compiled_code(fine_uniform)
def _fine_uniform(bits):
    return lambda bits: np.float64(np.uint64((bits >> _TWELVE) | _ONE).view(np.float64)) - _JUST_BELOW_ONE


def upper_uniform(bits: int) -> float:
    """A uniform number in (0, 1) from the upper half of a word: 2**32 values, none of them 0 or 1.

    >>> upper_uniform(0) == 2.0**-33, upper_uniform(2**64 - 1) == 1.0 - 2.0**-33
    (True, True)
    """
    return ((bits >> 32) + 0.5) * 2.0**-32


@_in_compiled_code(upper_uniform)
def _upper_uniform(bits):
    return lambda bits: (
        (np.float64(np.uint64((bits >> _HALF) | _LARGE).view(np.float64)) - _JUST_BELOW_LARGE) * 2.0**-32
    )


def lower_uniform(bits: int) -> float:
    """A uniform number in (0, 1) from the lower half of a word: 2**32 values, none of them 0 or 1.

    >>> lower_uniform(0) == 2.0**-33, lower_uniform(2**64 - 1) == 1.0 - 2.0**-33
    (True, True)
    """
    return ((bits & _LOW_HALF) + 0.5) * 2.0**-32


@_in_compiled_code(lower_uniform)
def _lower_uniform(bits):
    return lambda bits: (np.float64(np.uint64((bits & _LOW) | _LARGE).view(np.float64)) - _JUST_BELOW_LARGE) * 2.0**-32


def nearest(number: float) -> int:
    """The nearest whole number, of two equally near the even one; for numbers below 2**51.

    >>> nearest(2.5), nearest(3.5), nearest(-1.2)
    (2, 4, -1)
    """
    return int((number + _MAGIC) - _MAGIC)


@_in_compiled_code(nearest)
def _nearest(number):
    return lambda number: np.int64(np.float64(number + _MAGIC).view(np.int64)) - _MAGIC_BITS


def rounded(number: float) -> float:
    """The nearest whole number as a float; see `nearest`.

    >>> rounded(2.5), rounded(-1.2)
    (2.0, -1.0)
    """
    return (number + _MAGIC) - _MAGIC


@_in_compiled_code(rounded)
def _rounded(number):
    return lambda number: (number + _MAGIC) - _MAGIC


def power_of_two(exponent: float) -> float:
    """2 to a whole power from -1022 to 1023.

    >>> power_of_two(-2.0), power_of_two(3.0)
    (0.25, 8.0)
    """
    return math.ldexp(1.0, int(exponent)) if exponent == exponent else exponent  # what is no number stays none


@_in_compiled_code(power_of_two)
def _power_of_two(exponent):
    def compiled(exponent):
        whole = np.int64(np.float64(exponent + _MAGIC).view(np.int64)) - _MAGIC_BITS
        return np.float64(np.int64((whole + _BIAS) << _BITS_OF_FRACTION).view(np.float64))

    return compiled


def fraction_of(number: float) -> float:
    """The f between the square roots of 1/2 and 2 for which number = f * 2**k; for positive normal numbers.

    >>> fraction_of(12.0) == 0.75, fraction_of(1.0)
    (True, 1.0)
    """
    fraction = math.frexp(number)[0]
    return fraction if fraction >= _ROOT_OF_HALF else 2.0 * fraction


@_in_compiled_code(fraction_of)
def _fraction_of(number):
    def compiled(number):
        moved = np.uint64(np.float64(number).view(np.uint64)) + _TO_ONE
        return np.float64(np.uint64((moved & _FRACTION) + _ROOT_BITS).view(np.float64))

    return compiled


def exponent_of(number: float) -> float:
    """The k that belongs to `fraction_of`.

    >>> exponent_of(12.0), exponent_of(1.0)
    (4.0, 0.0)
    """
    fraction, exponent = math.frexp(number)
    return float(exponent if fraction >= _ROOT_OF_HALF else exponent - 1)


@_in_compiled_code(exponent_of)
def _exponent_of(number):
    def compiled(number):
        moved = np.uint64(np.float64(number).view(np.uint64)) + _TO_ONE
        return np.float64(np.uint64((moved >> _FIFTY_TWO) | _LARGE).view(np.float64)) - _LARGE_AND_BIAS

    return compiled


def single(number: float) -> float:
    """A number rounded to single precision, as a column holds it.

    >>> single(0.5), single(0.1) == 0.1
    (0.5, False)
    """
    return float(np.float32(number))


@_in_compiled_code(single)
def _single(number):
    return lambda number: 1.0 * np.float64(np.float32(number))


def square_root(number: float) -> float:
    """Square root, correctly rounded; nan below 0.

    >>> square_root(2.25), math.isnan(square_root(-1.0))
    (1.5, True)
    """
    return math.sqrt(number) if number >= 0.0 else math.nan


@intrinsic
def _root(context: Any, number: Any) -> Any:
    def lowered(context: Any, builder: Any, kind: Any, args: Any) -> Any:
        return builder.call(builder.module.declare_intrinsic("llvm.sqrt", [args[0].type]), args)

    return types.float64(types.float64), lowered


@_in_compiled_code(square_root)
def _square_root(number):
    return lambda number: _root(float(number))
