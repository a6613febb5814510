"""Every number the model knows, and scenario files in and out."""

from sim.parameters.errors import BadInput
from sim.parameters.firm_settings import FirmSettings
from sim.parameters.parameter import Parameter
from sim.parameters.scenario import Scenario
from sim.parameters.setting import setting
from sim.parameters.shipped import scenario_names
from sim.parameters.table import FIRM, MARKET, MECHANISMS, STARTS_OFF

__all__ = [
    "FIRM",
    "MARKET",
    "MECHANISMS",
    "STARTS_OFF",
    "BadInput",
    "FirmSettings",
    "Parameter",
    "Scenario",
    "scenario_names",
    "setting",
]
