"""The store of a sweep: Parquet parts that are whole when they are there, and keys that say what was lived."""
