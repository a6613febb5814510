"""Exponential, logarithm, cosine and sine, made of additions and multiplications alone.

Libraries round these functions as they like, and vector code otherwise than scalar code. The functions here give the
same bits one by one and in vector loops, in plain Python and compiled, with every library and on every machine.
"""

import math

from sim.numeric.compiled_bits import exponent_of, fraction_of, nearest, power_of_two, rounded, square_root
from sim.numeric.compiling import rule

__all__ = ["cosine_and_sine", "exp", "log", "nearest", "square_root"]

_PER_LOG_2 = 1.4426950408889634
_LOG_2_UPPER, _LOG_2_LOWER = 6.93147180369123816490e-01, 1.90821492927058770002e-10  # their sum is log 2
_MOST, _LEAST = 709.0, -708.0
_TURN = 2.0 * math.pi


@rule
def exp(x: float) -> float:
    """e to the power x; x is held between -708 and 709. Relative error below 4e-16.

    Source:
        Reduction by a multiple of log 2 in two parts: Cody and Waite (1980); Taylor series to the twelfth power.

    >>> exp(0.0), exp(-1e9) < 1e-307
    (1.0, True)
    """
    x = _MOST if x > _MOST else x
    x = _LEAST if x < _LEAST else x
    whole = rounded(x * _PER_LOG_2)
    r = (x - whole * _LOG_2_UPPER) - whole * _LOG_2_LOWER
    s = r * r
    q = s * s
    low = 0.5 + r * (1.0 / 6.0) + s * (1.0 / 24.0 + r * (1.0 / 120.0))
    high = 1.0 / 720.0 + r * (1.0 / 5040.0) + s * (1.0 / 40320.0 + r * (1.0 / 362880.0))
    top = 1.0 / 3628800.0 + r * (1.0 / 39916800.0) + s * (1.0 / 479001600.0)
    return (1.0 + (r + s * (low + q * (high + q * top)))) * power_of_two(whole)


@rule
def log(x: float) -> float:
    """Natural logarithm of a positive normal number. Relative error below 3e-16.

    Source:
        Series in (f - 1) / (f + 1) with the coefficients of fdlibm, Sun Microsystems (1993).

    >>> log(1.0)
    0.0
    """
    k = exponent_of(x)
    f = fraction_of(x) - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
    even = w * (0.2857142874366239149 + w * (0.1818357216161805012 + w * 0.1479819860511658591))
    even = z * (0.6666666666666735130 + even)
    half = 0.5 * f * f
    return k * _LOG_2_UPPER - ((half - (s * (half + (odd + even)) + k * _LOG_2_LOWER)) - f)


@rule
def cosine_and_sine(turns: float) -> tuple[float, float]:
    """Cosine and sine of an angle in full turns, from 0 to 1. Absolute error below 3e-16.

    Source:
        Reduction to an eighth of a turn on either side of a quarter; series with the coefficients of fdlibm.

    >>> cosine_and_sine(0.0), cosine_and_sine(0.5)[0]
    ((1.0, 0.0), -1.0)
    """
    quarter = nearest(4.0 * turns)
    r = (turns - 0.25 * rounded(4.0 * turns)) * _TURN
    z = r * r
    sine = -2.50507602534068634195e-08 + z * 1.58969099521155010221e-10
    sine = -1.98412698298579493134e-04 + z * (2.75573137070700676789e-06 + z * sine)
    sine = r + r * z * (-1.66666666666666324348e-01 + z * (8.33333333332248946124e-03 + z * sine))
    cosine = -2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 - z * 1.13596475577881948265e-11)
    cosine = 4.16666666666666019037e-02 + z * (
        -1.38888888888741095749e-03 + z * (2.48015872894767294178e-05 + z * cosine)
    )
    cosine = 1.0 - (0.5 * z - z * z * cosine)
    swapped = (quarter & 1) != 0
    one = sine if swapped else cosine
    other = cosine if swapped else sine
    one = -one if (quarter & 3) == 1 or (quarter & 3) == 2 else one
    other = -other if (quarter & 3) >= 2 else other
    return one, other


@rule
def times_power(start: float, base: float, power: float) -> float:
    """A number times a whole power of another, factor by factor, which rounds alike in every engine.

    Args:
        start: Number to begin with. [any]
        base: Factor. [any]
        power: How often the factor is multiplied in. [count]

    Returns:
        Product. [any]

    Source:
        Definition.

    >>> times_power(3.0, 2.0, 0.0), times_power(3.0, 2.0, 3.0)
    (3.0, 24.0)
    """
    product = start
    for _ in range(int(power)):
        product *= base
    return product
