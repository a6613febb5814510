"""Behavioural numbers from several patterns at once: a bank of runs, regression, and what it leaves open."""
