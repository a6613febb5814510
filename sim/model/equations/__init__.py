"""The equations: pure scalar functions, one topic a file, each with units and a source."""
