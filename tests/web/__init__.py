"""The studio: rooms, protocol, pages."""
