"""The lab: comparisons under common random numbers, bridges, calibration, tuning and run folders."""
