"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from typing import TYPE_CHECKING, Any

from sim.guard import RunFailed
from sim.market import Market, run
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.lab.comparison import Comparison, compare

__version__ = "0.1.0"
__all__ = ["BadInput", "Comparison", "Market", "RunFailed", "Scenario", "__version__", "compare", "run"]


def __getattr__(name: str) -> Any:
    """The lab is loaded when it is first asked for: statistics take long to import."""
    if name in ("Comparison", "compare"):
        from sim.lab import comparison

        return getattr(comparison, name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
