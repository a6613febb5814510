"""The verbs: pure scalar rules, one topic a file, each with units and a source."""
