"""What is measured each month and firm: label, unit, formula and direction of every column."""

from sim.measures.sales import NO_SALES, SalesTime, sales_measured
from sim.measures.table import MEASURES, Measure, measured

__all__ = ["MEASURES", "NO_SALES", "Measure", "SalesTime", "measured", "sales_measured"]
