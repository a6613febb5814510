"""Organisation: walls, who sees which figures, reporting, incentives and form."""
