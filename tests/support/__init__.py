"""Small worlds, sweeps, tables and policies that several tests need."""
