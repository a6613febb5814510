"""Libraries of the extra `documents`, imported when a format needs them."""

import importlib
from types import ModuleType

from sim.parameters import BadInput


def extra_package(module: str, name: str) -> ModuleType:
    """A module of the extra.

    Args:
        module: Full name of the module.
        name: Format that needs it.

    Raises:
        BadInput: It is not installed; says how to get it.

    >>> extra_package("json", "pdf").__name__
    'json'
    """
    try:
        return importlib.import_module(module)
    except ImportError as trouble:
        raise BadInput(
            f"--format {name} needs {module.partition('.')[0]}, which is not installed ({trouble}); "
            "pip install 'customer-centricity[documents]', or take --format html"
        ) from trouble
