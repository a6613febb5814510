"""What a row of the table of measures or of a decision says is not listed again elsewhere."""

import ast
from pathlib import Path

import pytest

from sim.model.measures import BY_NAME
from sim.model.measures.measure import KEY
from sim.parameters.decisions import DECISIONS

ROOT = Path(__file__).parents[2]
KEYS = [measure.name for measure in BY_NAME.values() if measure.kind == KEY]
PRINTING = sorted((ROOT / "sim" / "commands").rglob("*.py")) + sorted((ROOT / "sim" / "reports").rglob("*.py"))
TUNING = sorted((ROOT / "sim" / "experiments").glob("tun*.py"))


def lists_of_names(path, known):
    """Lists, tuples, sets and keys of mappings in a file that hold at least two names and nothing else."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        elements = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        names = [one.value for one in elements if isinstance(one, ast.Constant)]
        if len(names) == len(elements) > 1 and set(names) <= set(known):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {', '.join(names)}"


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: path.stem)
def test_what_is_printed_of_measures_follows_from_their_rows(path):
    assert list(lists_of_names(path, set(BY_NAME) - set(KEYS))) == []


@pytest.mark.parametrize("path", [*PRINTING, *TUNING], ids=lambda path: path.stem)
def test_what_is_said_of_decisions_follows_from_their_rows(path):
    assert list(lists_of_names(path, DECISIONS)) == []
