"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.guard import RunFailed
    from sim.lab.comparison import Comparison, compare
    from sim.market import Market, run
    from sim.parameters import BadInput, Scenario

__version__ = "0.1.0"
__all__ = ["BadInput", "Comparison", "Market", "RunFailed", "Scenario", "__version__", "compare", "run"]

_ROOMS = {
    "BadInput": "sim.parameters",
    "Comparison": "sim.lab.comparison",
    "Market": "sim.market",
    "RunFailed": "sim.guard",
    "Scenario": "sim.parameters",
    "compare": "sim.lab.comparison",
    "run": "sim.market",
}


def __getattr__(name: str) -> Any:
    """A room is loaded when it is first asked for: libraries take long, and Ctrl-C must be heard meanwhile."""
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
