"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from sim.market import Market, RunFailed
from sim.parameters import BadInput, Scenario

__version__ = "0.1.0"
__all__ = ["BadInput", "Market", "RunFailed", "Scenario", "__version__"]
