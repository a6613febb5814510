"""What is measured each month and firm: label, unit, formula and direction of every column."""

from sim.measures.monthly import RECORD, STANDING, measured
from sim.measures.sales import SalesTime
from sim.measures.table import MEASURES, Measure

__all__ = ["MEASURES", "RECORD", "STANDING", "Measure", "SalesTime", "measured"]
