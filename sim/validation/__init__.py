"""Validation: the model run where theory knows the answer, and built-in worlds held against published regularities."""
