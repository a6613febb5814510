"""Mesa's face of the model: customers and firms as agents, made on request, and the sets that hold them."""

from sim.agents.customer import Customer, CustomerSet
from sim.agents.firm_agent import FirmAgent, FirmSet

__all__ = ["Customer", "CustomerSet", "FirmAgent", "FirmSet"]
