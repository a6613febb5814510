"""Calibration: what goes into a file comes out as numbers, and what fits nothing is said."""
