"""Transformation: levers, the programme that builds them, and adoption by staff."""
