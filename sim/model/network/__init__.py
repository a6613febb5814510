"""Who hears whom: small worlds, unequal degrees, blocks of like needs, or the ties of a file, from addressed draws."""

from sim.model.network.making import network_of
from sim.model.network.ring import small_world

__all__ = ["network_of", "small_world"]
