"""Runs the model: the Mesa model, its agents, two engines, saving, forking and the guard."""
