"""What customer-centricity pays: an agent-based simulation of firms and their customers."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.version import __version__

if TYPE_CHECKING:
    from sim import policies
    from sim.calibration.calibration import calibrate
    from sim.experiments.compare import compare
    from sim.experiments.comparison_result import Comparison
    from sim.experiments.mechanism_bridge import mechanism_bridge
    from sim.experiments.sweep.design import Contrast, Experiment
    from sim.experiments.sweep.result import Sweep
    from sim.experiments.sweep.run import sweep
    from sim.parameters import BadInput, Scenario
    from sim.parameters.errors import RunFailed
    from sim.simulation.market import Market
    from sim.simulation.run import run

__all__ = [
    "BadInput", "Comparison", "Contrast", "Experiment", "Market", "RunFailed", "Scenario", "Sweep", "__version__",
    "calibrate", "compare", "mechanism_bridge", "policies", "run", "sweep",
]  # fmt: skip
_ROOMS = {
    "BadInput": "sim.parameters.errors",
    "Comparison": "sim.experiments.comparison_result",
    "Contrast": "sim.experiments.sweep.design",
    "Experiment": "sim.experiments.sweep.design",
    "Market": "sim.simulation.market",
    "RunFailed": "sim.parameters.errors",
    "Scenario": "sim.parameters",
    "Sweep": "sim.experiments.sweep.result",
    "calibrate": "sim.calibration.calibration",
    "compare": "sim.experiments.compare",
    "mechanism_bridge": "sim.experiments.mechanism_bridge",
    "run": "sim.simulation.run",
    "sweep": "sim.experiments.sweep.run",
}


_PACKAGES = ("policies",)


def __getattr__(name: str) -> Any:
    """A name is loaded when it is first asked for: libraries take long, and Ctrl-C must be heard meanwhile."""
    if name in _PACKAGES:
        return import_module(f"sim.{name}")
    if name not in _ROOMS:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    value = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
