"""Comparisons, tuning, designs, sweeps, studies, the flagship."""
