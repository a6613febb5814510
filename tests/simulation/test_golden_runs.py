"""One tiny run per policy, as it was when the model last changed on purpose.

A difference means that numbers moved: say so under *Model* in the CHANGELOG and write the runs again with
``python -m tests.simulation.test_golden_runs``.
"""

import json
from pathlib import Path

import pytest

from tests.support.worlds import run_market, small

FILE = Path(__file__).parent / "golden.json"
MEASURES = ("customers", "gross_adds", "losses", "revenue", "cost_service", "messages_negative", "incidents")
POLICIES = ("customer_centric", "osfa", "product_centric")


def golden(policy):
    table = run_market(small(months=4, market__customers=60, firms__0__policy=policy)).monthly()
    focal = table[table.firm == "north"]
    return {name: [round(value, 6) for value in focal[name]] for name in MEASURES}


@pytest.mark.parametrize("policy", POLICIES)
def test_the_numbers_have_not_moved(policy):
    assert golden(policy) == json.loads(FILE.read_text())[policy], "see the docstring of this file"


if __name__ == "__main__":
    FILE.write_text(json.dumps({policy: golden(policy) for policy in POLICIES}, indent=1) + "\n")
