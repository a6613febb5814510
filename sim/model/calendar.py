"""Lengths of time."""

MONTHS_PER_YEAR = 12
