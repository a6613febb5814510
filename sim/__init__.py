"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import policies
    from sim.lab.comparison import Comparison, compare
    from sim.lab.design import Contrast, Experiment
    from sim.lab.mechanism_bridge import mechanism_bridge
    from sim.lab.sweep import sweep
    from sim.lab.swept import Sweep
    from sim.market import Market, run
    from sim.parameters import BadInput, Scenario
    from sim.parameters.errors import RunFailed

__version__ = "0.1.0"
__all__ = [
    "BadInput", "Comparison", "Contrast", "Experiment", "Market", "RunFailed", "Scenario", "Sweep", "__version__",
    "compare", "mechanism_bridge", "policies", "run", "sweep",
]  # fmt: skip
_ROOMS = {
    "BadInput": "sim.parameters.errors",
    "Comparison": "sim.lab.comparison",
    "Contrast": "sim.lab.design",
    "Experiment": "sim.lab.design",
    "Market": "sim.market",
    "RunFailed": "sim.parameters.errors",
    "Scenario": "sim.parameters",
    "Sweep": "sim.lab.swept",
    "compare": "sim.lab.comparison",
    "mechanism_bridge": "sim.lab.mechanism_bridge",
    "run": "sim.market",
    "sweep": "sim.lab.sweep",
}


_PACKAGES = ("policies",)


def __getattr__(name: str) -> Any:
    """A name is loaded when it is first asked for: libraries take long, and Ctrl-C must be heard meanwhile."""
    if name in _PACKAGES:
        return import_module(f"sim.{name}")
    if name not in _ROOMS:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    found = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
