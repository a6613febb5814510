"""Files named in an experiment: a relative path is relative to the experiment's own file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.parameters.policy_texts import anchor

CUSTOMER_CLASS = "market.customer_class"
_POLICY_KEYS = (".policy", ".policy_settings.from", ".policy_settings.to")
_FILE_KEYS = ("market.network.file",)


def located_settings(settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Settings with every file that they name in full.

    Args:
        settings: Values by key path.
        folder: Folder of the experiment's file.
    """
    return {path: _locate(path, value, folder) for path, value in settings.items()}


def _locate(path: str, value: Any, folder: Path) -> Any:
    if not isinstance(value, str):
        return value
    if names_policy(path) or path == CUSTOMER_CLASS:
        return anchor(value, folder)
    return beside(value, folder) if path in _FILE_KEYS else value


def names_policy(path: str) -> bool:
    """Whether the value at a key path is a policy.

    >>> names_policy("firms.0.policy"), names_policy("firms.0.decisions.price")
    (True, False)
    """
    return path.startswith("firms.") and path.endswith(_POLICY_KEYS)


def beside(text: str, folder: Path) -> str:
    """The full path of a file that lies in a folder; any other text as it is.

    >>> beside("telecom", Path("nowhere"))
    'telecom'
    """
    path = (folder / text).absolute()
    return str(path) if path.is_file() else text
