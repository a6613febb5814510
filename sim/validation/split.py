"""Which published targets may be fitted: the dated file of CAL and HOLD."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.parameters.yaml_reader import read_yaml

SPLIT_FILE = Path(__file__).with_name("split.yaml")
CAL, HOLD = "CAL", "HOLD"


class TargetSplit(NamedTuple):
    """The split.

    Args:
        dated: Day on which it was fixed.
        uses: CAL or HOLD by identifier of the row.
        reasons: Why, by identifier.
    """

    dated: str
    uses: dict[str, str]
    reasons: dict[str, str]


@cache
def split() -> TargetSplit:
    """The split of the package's file."""
    contents, _ = read_yaml(SPLIT_FILE)
    uses = {row: use for use in (CAL, HOLD) for row in contents[use]}
    reasons = {row: str(reason) for use in (CAL, HOLD) for row, reason in contents[use].items()}
    return TargetSplit(str(contents["dated"]), uses, reasons)
