"""The command line from end to end."""
