"""Calibration of a world from its supply side: what firms of the industry charge and spend is what pays."""
