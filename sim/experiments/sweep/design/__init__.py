"""Designs of sweeps: worlds, outcomes and contrasts, read from a file."""

from sim.experiments.sweep.design.contrasts import StoppingRule
from sim.experiments.sweep.design.experiment import Experiment
from sim.experiments.sweep.design.factors import Factor, Level
from sim.experiments.sweep.design.outcomes import Outcome
from sim.experiments.sweep.design.points import Point
from sim.statistics.declaration import Contrast

__all__ = ["Contrast", "Experiment", "Factor", "Level", "Outcome", "Point", "StoppingRule"]
