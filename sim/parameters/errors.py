"""The one exception for bad input: a message that names what, where, found, allowed, and the way out."""


class BadInput(ValueError):
    """Input that cannot be used; its text is one complete message for the user."""
