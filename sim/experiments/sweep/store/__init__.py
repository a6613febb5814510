"""The store of a sweep: Parquet parts written atomically, and keys of the runs done."""
