"""What the build of these pages adds to Sphinx."""
