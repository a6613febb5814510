"""Calibration of behavioural numbers that no table gives to several patterns of a market at once."""
