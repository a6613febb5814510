"""What happens inside firms, mechanism by mechanism."""
