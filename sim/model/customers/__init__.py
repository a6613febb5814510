"""What a customer does in a month: steps over one row, made of equations, the same for both engines."""
