"""Libraries that are installed only on request, imported when first needed."""

import importlib
import warnings
from types import ModuleType

from sim.parameters import BadInput


def needed(module: str, extra: str) -> ModuleType:
    """A module of an extra.

    Args:
        module: Full name of the module.
        extra: Extra of this package that brings it.

    Raises:
        BadInput: It is not installed; says how to get it.

    >>> needed("json", "lab").__name__
    'json'
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some libraries report at import which of their own extras are missing
            return importlib.import_module(module)
    except ImportError as trouble:
        library = module.partition(".")[0]
        way_out = f"pip install 'customer-centricity[{extra}]'"
        raise BadInput(f"this statistic needs {library}, which is not installed ({trouble}); {way_out}") from trouble
