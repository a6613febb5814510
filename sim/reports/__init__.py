"""Documents from results: saved tables and drawn charts in, one file out that needs no network."""
