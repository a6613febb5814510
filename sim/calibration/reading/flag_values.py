"""Yes or no as people write it, in English and German."""

import numpy as np
import pandas as pd

from sim.calibration.reading.roles import plain_words
from sim.model.state import Floats

YES = frozenset(
    ("1", "yes", "y", "true", "t", "ja", "j", "wahr", "churned", "churn", "left", "cancelled", "canceled", "closed",
     "gekundigt", "beendet", "lapsed", "surrender", "surrendered", "inactive", "inaktiv",
     "late", "overdue", "verspatet")
)  # fmt: skip
NO = frozenset(
    ("0", "no", "n", "false", "f", "nein", "falsch", "active", "aktiv", "stayed", "retained", "open", "in force",
     "current", "laufend", "renewed", "paid", "bezahlt", "on time", "punktlich")
)  # fmt: skip


def read_flags(cells: pd.Series) -> Floats:
    """1 for yes, 0 for no, not a number for anything else.

    >>> read_flags(pd.Series(["Ja", "nein", 1, "?"]))
    array([ 1.,  0.,  1., nan])
    """
    codes, uniques = pd.factorize(cells)
    return np.array([*(_flag(value) for value in uniques), np.nan])[codes]


def _flag(value: object) -> float:
    words = plain_words(str(int(value)) if isinstance(value, float | np.floating | bool | np.bool_) else str(value))
    return 1.0 if words in YES else 0.0 if words in NO else float("nan")
