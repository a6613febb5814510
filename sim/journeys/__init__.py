"""What happened to single customers, month by month, and stored runs that are run again to see it."""
