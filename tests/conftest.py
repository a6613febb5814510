"""What holds for all tests: first calls compile and machines are shared, so no example has a deadline."""

import os

from hypothesis import settings

settings.register_profile("calm", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("calm")
