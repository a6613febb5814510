"""Studies over sampled worlds: results that do not rest on one choice of parameters."""
