"""Statistics of sweeps: pure functions from tables of runs to tidy tables, one topic a file; `docs/statistics.md`."""
