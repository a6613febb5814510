"""The runner of sweeps: chunks of runs on any executor, worlds that fail, hang or kill their process, progress."""
