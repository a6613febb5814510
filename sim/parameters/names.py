"""Names that users choose: what the files of this model, shells, tables and spreadsheets would read as something else."""

import re

# What pandas reads as missing (its documentation of `na_values`).
MISSING = frozenset(
    "#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN,<NA>,N/A,NA,NULL,NaN,None,n/a,nan,null".split(",")
) | {""}
RESERVED = {
    "all": "means every firm",
    "focal": "means the first firm",
    "any": "means whichever firm",
    "none": "means no firm",
    "na": "is read as missing by tables",
    "nan": "is read as missing by tables",
    "null": "is read as missing by tables",
    "true": "is read as a truth value",
    "false": "is read as a truth value",
    "inf": "is read as a number",
    "infinity": "is read as a number",
    "market": "is a section of a scenario",
    "firms": "is a section of a scenario",
}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_-")
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # no file of Windows can have these names


def misread(text: str) -> str:
    """What a table or spreadsheet makes of a text other than this text; empty when it stays what it is.

    >>> misread("osfa"), misread("none"), misread("NA"), misread("=1+1"), misread("007"), misread("true")
    ('', '', 'missing', 'a formula', 'a number', 'a truth value')
    """
    if text.strip() in MISSING or text.strip().lower() in ("nan", "null"):
        return "missing"
    if text[0] in "=+-@\t\r":
        return "a formula"
    if text.strip().lower() in ("true", "false"):
        return "a truth value"
    try:
        float(text)
    except ValueError:
        return ""
    return "a number"


def trouble_with_name(name: object) -> str:
    """What is wrong with the name of a firm or an experiment, to follow "is NAME; "; empty when nothing is.

    >>> trouble_with_name("north"), trouble_with_name("007")
    ('', 'a name begins with a letter.')
    """
    if not isinstance(name, str) or not 0 < len(name) <= 40 or not set(name) <= _PLAIN:
        return "use up to 40 of a-z, 0-9, _ and -."
    if not name[0].isalpha():
        return "a name begins with a letter."
    if name in RESERVED:
        return f"this word {RESERVED[name]}; choose another name."
    return "no file can have this name on Windows; choose another." if _DEVICE.fullmatch(name) else ""
