"""What one customer does in a month: steps over the columns, each made of rules, the same for both engines."""
