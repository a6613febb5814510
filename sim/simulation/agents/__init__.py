"""Mesa's face of the model: customers and firms as agents, made on request, and the sets that hold them."""

from sim.simulation.agents.customer import Customer, CustomerSet
from sim.simulation.agents.firm_agent import FirmAgent, FirmSet

__all__ = ["Customer", "CustomerSet", "FirmAgent", "FirmSet"]
