"""Sweeps: a design is run on an executor into a store; its result is analysed."""
