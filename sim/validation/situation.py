"""What a row is measured in: one replicate of a world, with switches and numbers as they were asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from sim.model.randomness import uniform
from sim.validation.bank import Bank, RecordedRun
from sim.validation.limit_worlds import limit_world

PARAMETER_DRAW = 99  # purpose of the draws of random parameters; no draw of a world has it


@dataclass(frozen=True)
class Situation:
    """One replicate in which a row is measured.

    Args:
        bank: Runs worlds and keeps the last runs.
        row: Identifier of the row.
        replicate: Number of the replicate; 0 has the worked values, any other random parameters.
        people: Customer agents of a limit world. [count]
        changes: Settings by key path that a negative control makes; none in the row itself.
    """

    bank: Bank
    row: str
    replicate: int
    people: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def parameter(self, place: int, worked: float, low: float, high: float) -> float:
        """A parameter of the limit: the worked value in replicate 0, else uniform between two ends.

        Args:
            place: Number of the parameter in the row.
            worked: Value that the source works with.
            low: Lower end.
            high: Upper end.
        """
        if self.replicate == 0:
            return worked
        number = uniform(crc32(self.row.encode()), self.replicate, 0, 0, PARAMETER_DRAW, place, 0)
        return low + (high - low) * number

    def limit(self, shape: Mapping[str, Any], market: Mapping[str, Any], columns: tuple[str, ...] = ()) -> RecordedRun:
        """Run a limit world. shape: see `limit_world`; market: sections of the market; columns: of customers to keep"""
        scenario = limit_world({"customers": self.people, **shape}, market).with_settings(self.changes)
        return self.bank.run(scenario, self.replicate, columns)

    def built_in(self, settings: Mapping[str, Any], columns: tuple[str, ...] = ()) -> RecordedRun:
        """Run a world of the box. settings: by key path, with ``scenario`` its name"""
        given = dict(settings)
        return self.bank.run_named(given.pop("scenario"), {**given, **self.changes}, self.replicate, columns)
