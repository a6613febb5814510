"""One document from a folder of results, and its formats: all of them render the same model of pages and tables."""
