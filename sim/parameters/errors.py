"""What is raised for users: the text is one message that names what, where, found, allowed, and the way out."""


class BadInput(ValueError):
    """Input that cannot be used; its text is one complete message for the user."""


class RunFailed(RuntimeError):
    """A run stopped: the message names month, customer and rule."""
