"""Columns, rows and mathematical functions."""
