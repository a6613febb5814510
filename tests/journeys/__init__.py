"""Lives of customers and stored runs."""
