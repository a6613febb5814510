"""Charts of made-up tables."""
