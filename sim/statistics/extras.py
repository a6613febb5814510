"""Libraries that are installed only on request, imported when first needed."""

import importlib
import importlib.util
import warnings
from types import ModuleType

from sim.parameters import BadInput


def import_extra(module: str, extra: str) -> ModuleType:
    """A module of an extra.

    Args:
        module: Full name of the module.
        extra: Extra of this package that brings it.

    Raises:
        BadInput: It is not installed; says how to get it.

    >>> import_extra("json", "lab").__name__
    'json'
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some libraries report at import which of their own extras are missing
            return importlib.import_module(module)
    except ImportError as trouble:
        library = module.partition(".")[0]
        raise BadInput(
            f"this statistic needs {library}, which is not installed ({trouble}); {way_out(extra)}"
        ) from trouble


def way_out(extra: str) -> str:
    """How to get an extra."""
    return f"pip install 'customer-centricity[{extra}]'"


def there(library: str) -> bool:
    """Whether a library is installed, without importing it.

    >>> there("json"), there("not_there")
    (True, False)
    """
    return importlib.util.find_spec(library) is not None
