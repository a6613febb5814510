"""The market as a whole: engines, Mesa, saving, guard, mechanisms."""
