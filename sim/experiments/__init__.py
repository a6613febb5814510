"""Experiments with the model: comparisons, tuning, bridges, studies, sweeps and the flagship."""
