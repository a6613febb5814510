"""Tables from clients' files: format, columns and values are guessed, shown, and every dropped row is counted."""
