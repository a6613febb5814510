"""Names that users give to firms and experiments: plain, and without another meaning anywhere."""

from sim.parameters.checking import Place
from sim.parameters.errors import BadInput

LONGEST = 40
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
TAKEN = {
    "all": "all firms together", "focal": "the first firm of a scenario", "nobody": "having no supplier",
    "na": "a missing value", "null": "a missing value", "none": "a missing value", "nil": "a missing value",
    "true": "a truth value", "false": "a truth value", "yes": "a truth value", "no": "a truth value",
    "on": "a truth value", "off": "a truth value", "y": "a truth value", "n": "a truth value",
}  # fmt: skip


def refuse_name(name: str, path: str, place: Place) -> None:
    """Stop at a name that is not plain, or that means something else to a file, a command or a table.

    Raises:
        BadInput: Says what is wrong with it and what is allowed.
    """
    allowed = f"use up to {LONGEST} of a-z, 0-9, _ and -, beginning with a letter or digit"
    if not 0 < len(name) <= LONGEST or not set(name) <= _SIGNS or name[0] in "_-":
        raise BadInput(f"{place.at(path)} is {name!r}; {allowed}.")
    meaning = TAKEN.get(name) or ("a number" if _is_number(name) else None)
    if meaning:
        raise BadInput(f"{place.at(path)} is {name!r}, which means {meaning}; choose another name.")


def _is_number(name: str) -> bool:
    """Whether a table or a key path would read the name as a number or a seat.

    >>> _is_number("007"), _is_number("1e5"), _is_number("nan"), _is_number("north")
    (True, True, True, False)
    """
    try:
        float(name)
    except ValueError:
        return False
    return True
