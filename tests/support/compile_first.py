"""Two workers compile one half of the model each before their tests: ``pytest -n 2 -p tests.support.compile_first``.

Otherwise the first tests of both that need a loop compile it at the same time. What is compiled already is only loaded.
"""

import os

import pytest

from tests.support.worlds import run_market, small

CONTRACTS_IN_BLOCKS = ("telecom", {})
SHOPPING_IN_BLOCKS = ("grocery", {"mechanisms__leavers_talk": True})  # which takes service by steps
CONTRACTS_IN_STEPS = ("telecom", {"mechanisms__outcome": True, "mechanisms__leavers_talk": True})
HALVES = {"gw0": (CONTRACTS_IN_BLOCKS,), "gw1": (SHOPPING_IN_BLOCKS, CONTRACTS_IN_STEPS)}


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Compile, once the tests are known."""
    for name, settings in HALVES.get(os.environ.get("PYTEST_XDIST_WORKER"), ()):
        run_market(small(name, **settings, months=1, market__warm_up=0))
