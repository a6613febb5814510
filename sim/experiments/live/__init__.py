"""Worlds that are looked at while they run: no web, no pictures; everything that the studio shows is computed here."""
