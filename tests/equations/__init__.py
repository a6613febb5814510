"""Every equation by itself."""
