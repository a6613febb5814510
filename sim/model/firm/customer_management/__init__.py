"""Customer management: an owner or a shared skill, and what it reckons customers are worth."""
