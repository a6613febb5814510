"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.market import Market, RunFailed, run
from sim.parameters import BadInput, Scenario

if TYPE_CHECKING:
    from sim.lab.comparison import Comparison, compare
    from sim.lab.design import Experiment
    from sim.lab.sweep import Sweep, sweep

__version__ = "0.1.0"
__all__ = [
    "BadInput", "Comparison", "Experiment", "Market", "RunFailed", "Scenario", "Sweep", "__version__", "compare", "run",
    "sweep",
]  # fmt: skip
_OF_THE_LAB = {
    "Comparison": "comparison", "compare": "comparison", "Experiment": "design", "Sweep": "sweep", "sweep": "sweep",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """The lab is loaded when it is first asked for: statistics take long to import."""
    if name in _OF_THE_LAB:
        return getattr(import_module(f"sim.lab.{_OF_THE_LAB[name]}"), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
