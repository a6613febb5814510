"""Lets `python -m sim` do what `sim` does."""

import sys

from sim.cli import main

sys.exit(main())
