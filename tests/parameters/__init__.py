"""Scenario files: read, checked, made, compared."""
