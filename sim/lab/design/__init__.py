"""Designs: which worlds a sweep lives, what it writes down of each, and what is to be compared, read from a file."""

from sim.lab.design.contrasts import Stopping
from sim.lab.design.experiment import Experiment, Point
from sim.lab.design.factors import Factor, Level
from sim.lab.design.outcomes import Outcome
from sim.lab.statistics.declared import Contrast

__all__ = ["Contrast", "Experiment", "Factor", "Level", "Outcome", "Point", "Stopping"]
