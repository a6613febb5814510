"""The flagship: from a real purchase log to a fair comparison of policies."""
