"""No package that the project needs is under the GPL or AGPL."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *(line for lines in PROJECT["optional-dependencies"].values() for line in lines)]
NAMES = sorted({re.match(r"[\w.-]+", line).group() for line in WANTED} - {PROJECT["name"]})
COPYLEFT = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)


def licence_of(about):
    """The licence that a package states: by classifiers, else in its own words, first line."""
    stated = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    return " ".join([*stated, about.get("License-Expression") or "", (about.get("License") or "").partition("\n")[0]])


@pytest.mark.parametrize("name", NAMES)
def test_a_package_that_is_needed_is_not_under_the_gpl(name):
    try:
        about = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed")
    assert COPYLEFT.search(licence_of(about)) is None


def test_the_gpl_would_be_seen_and_the_lesser_one_not():
    assert COPYLEFT.search("License :: OSI Approved :: GNU General Public License v3 (GPLv3)")
    assert COPYLEFT.search("AGPL-3.0-only") and not COPYLEFT.search("LGPL-3.0 or MIT")
