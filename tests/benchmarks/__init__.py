"""Benchmarks in their smallest size."""
