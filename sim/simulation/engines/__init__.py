"""Two ways to run the customers' month: compiled loops over rows, and Mesa agents one by one."""
