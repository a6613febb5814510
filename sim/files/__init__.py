"""Files and folders that are either complete or absent, and tables as plain records."""
