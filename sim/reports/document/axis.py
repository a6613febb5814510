"""Sizes of the pictures in documents, and their axes of values."""

from dataclasses import dataclass

WIDTH, LEADING = 960.0, 17.0  # of a picture, and of a line of text [px]
HIGH, BOTTOM = 380.0, 52.0  # of a plot, and of what stands below it [px]


@dataclass(frozen=True)
class ChartAxis:
    """A linear axis of values.

    Args:
        low: Value at the start.
        high: Value at the end.
        start: Place of the start. [px]
        end: Place of the end. [px]
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Place of a value. [px]"""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)
