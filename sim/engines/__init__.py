"""Two ways to live the same month: compiled loops over columns, and Mesa agents one by one."""
