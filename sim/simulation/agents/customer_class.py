"""The class of the customers that a scenario names, in a user's file or in a module."""

import sys
from contextlib import redirect_stdout
from importlib import import_module
from types import ModuleType

from sim.parameters.errors import BadInput
from sim.parameters.policy_texts import file_of
from sim.parameters.scenario import USUAL_CUSTOMERS, Scenario
from sim.policies.files import module_of
from sim.simulation.agents.customer import Customer


def customer_class_named(text: str) -> type[Customer]:
    """The class at ``path.py:Class`` or ``package.module:Class``; of ``usual`` the customers of the model.

    Raises:
        BadInput: No such file, module or class, or one that does not run.
    """
    if text == USUAL_CUSTOMERS:
        return Customer
    where, _, name = text.rpartition(":")
    try:
        with redirect_stdout(sys.stderr):  # what a file prints must not mix with results
            module = _module(text, where)
    except (Exception, SystemExit) as trouble:
        raise BadInput(
            f"market.customer_class {text!r}: {where} does not run: {type(trouble).__name__}: {trouble}"
        ) from trouble
    kind = getattr(module, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Customer)):
        raise BadInput(
            f"market.customer_class {text!r}: {where} has no class {name} that extends sim.simulation.agents.Customer"
        )
    return kind


def _module(text: str, where: str) -> ModuleType:
    file = file_of(text)
    if where == "__main__":
        raise ImportError("other processes do not see the classes of a script; put the class into a file")
    if file is None:
        return import_module(where)
    if not file.is_file():
        raise FileNotFoundError(f"there is no file {file}")
    return module_of(file.resolve())


def class_of_customers(scenario: Scenario, given: type[Customer] | None) -> type[Customer]:
    """The class that a call gives, or else the one that the scenario names.

    Raises:
        BadInput: They are two different classes, or the scenario's cannot be had.
    """
    named = customer_class_named(scenario.customer_class)
    if given is None or given is named:
        return named
    if scenario.customer_class != USUAL_CUSTOMERS and (given.__module__, given.__qualname__) != (
        named.__module__,
        named.__qualname__,
    ):
        raise BadInput(
            f"customer_class is {given.__name__}, and the scenario has market.customer_class "
            f"{scenario.customer_class!r}; give one of them"
        )
    return given
