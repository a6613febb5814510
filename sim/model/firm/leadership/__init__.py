"""Leadership: what it hears, what it expects, and the options it chooses."""
