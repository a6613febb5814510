"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.guard import RunFailed
    from sim.lab.comparison import Comparison, compare
    from sim.lab.design import Contrast, Experiment
    from sim.lab.mechanism_bridge import mechanism_bridge
    from sim.lab.sweep import sweep
    from sim.lab.swept import Sweep
    from sim.market import Market, run
    from sim.parameters import BadInput, Scenario

__version__ = "0.1.0"
__all__ = [
    "BadInput", "Comparison", "Contrast", "Experiment", "Market", "RunFailed", "Scenario", "Sweep", "__version__",
    "compare", "mechanism_bridge", "run", "sweep",
]  # fmt: skip
_ROOMS = {
    "BadInput": "sim.parameters",
    "Comparison": "sim.lab.comparison",
    "Contrast": "sim.lab.design",
    "Experiment": "sim.lab.design",
    "Market": "sim.market",
    "RunFailed": "sim.guard",
    "Scenario": "sim.parameters",
    "Sweep": "sim.lab.swept",
    "compare": "sim.lab.comparison",
    "mechanism_bridge": "sim.lab.mechanism_bridge",
    "run": "sim.market",
    "sweep": "sim.lab.sweep",
}


def __getattr__(name: str) -> Any:
    """A room is loaded when it is first asked for: libraries take long, and Ctrl-C must be heard meanwhile."""
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
