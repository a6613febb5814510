"""What a firm does in a month: it decides, makes offers, serves, sells and pays."""
