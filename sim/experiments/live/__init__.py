"""Worlds that are looked at while they run: what the studio shows, computed without web or pictures."""
