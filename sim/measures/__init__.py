"""What is measured each month and firm: one row a measure, and how its number is computed."""

from sim.measures.measure import Measure
from sim.measures.monthly import RECORD, STANDING, in_order, measured
from sim.measures.sales import SalesTime
from sim.measures.table import BY_NAME, COMPARED, MEASURES, PRINTED

__all__ = [
    "BY_NAME",
    "COMPARED",
    "MEASURES",
    "PRINTED",
    "RECORD",
    "STANDING",
    "Measure",
    "SalesTime",
    "in_order",
    "measured",
]
