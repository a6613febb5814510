"""Replications of published work: settings of the model, what a source says, what the model does, and the distance."""
