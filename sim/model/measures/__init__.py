"""What is measured each month and firm: one row a measure, and how its number is computed."""

from sim.model.measures.measure import LAST, SUM, Measure
from sim.model.measures.monthly import FIRM_STANDING, RECORD, in_order, monthly_measures
from sim.model.measures.sales import SalesTime
from sim.model.measures.table import BY_NAME, COMPARED, FORKED, HEADLINES, MEASURES, PRINTED

__all__ = [
    "BY_NAME",
    "COMPARED",
    "FORKED",
    "HEADLINES",
    "LAST",
    "MEASURES",
    "PRINTED",
    "RECORD",
    "FIRM_STANDING",
    "SUM",
    "Measure",
    "SalesTime",
    "in_order",
    "monthly_measures",
]
