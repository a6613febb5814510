"""Inside the firm: its desk, its product, its money and the plan it follows."""
