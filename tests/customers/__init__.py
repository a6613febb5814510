"""What customers do, mechanism by mechanism."""
