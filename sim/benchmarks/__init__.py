"""Speed and memory, each with a target, beside plain reference programs."""
