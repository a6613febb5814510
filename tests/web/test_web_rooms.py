"""What the studio's server is made of: no arithmetic of model or statistics, few imports, and light to load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "sim" / "web"
FILES = sorted(WEB.glob("*.py"))
OURS = ("sim.web", "sim.experiments.live", "sim.experiments.game", "sim.parameters.errors", "sim.version")
HEAVY = ("numpy", "pandas", "numba", "mesa", "scipy", "matplotlib")


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_server_imports_of_the_project_only_what_computes_for_it(path):
    ours = [name for name in imports_of(path) if name.partition(".")[0] == "sim"]
    assert [name for name in ours if not name.startswith(OURS)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_server_knows_no_arrays_and_tables(path):
    assert [name for name in imports_of(path) if name.partition(".")[0] in (*HEAVY, "statistics", "math")] in (
        [], ["math"] if path.name == "fields.py" else [],
    )  # fmt: skip


def test_the_server_loads_without_the_model():
    code = f"import sim.web.server, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
