"""Statistics against closed forms and libraries, on made-up tables."""
