"""The trainers' app: rooms, protocol and pages; what it shows is computed elsewhere."""
