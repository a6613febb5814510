"""What is measured each month and firm: label, unit, formula and direction of every column."""

from sim.measures.table import MEASURES, Measure, measured

__all__ = ["MEASURES", "Measure", "measured"]
