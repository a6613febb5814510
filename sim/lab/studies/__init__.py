"""Studies over sampled worlds: what the model shows where nobody chose its numbers."""
