"""Kinds of data, one file each: which columns they need, which models are fitted, when a model does not fit."""
