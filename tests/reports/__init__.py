"""Documents from folders of results."""
