"""The house: imports, sizes, names, documents."""
