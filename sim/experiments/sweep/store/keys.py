"""The key of a run: a hash of everything that determines its results, so that no run is repeated."""

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from sim.numeric.compiling import NOTHING_COMPILED
from sim.parameters import Scenario
from sim.parameters.policy_texts import portable
from sim.policies.sources import code_digests

SCHEMA = 1
TOLD_ONLY = ("name", "description", "sources", "targets")  # of a scenario: these change no result
_OF_THE_LAB = ("experiments/sweep/design/outcomes.py", "experiments/sweep/store/one_run.py")


@functools.cache
def model_hash() -> str:
    """Hash of the code that decides results: the model and the outcomes, not charts, reports or commands.

    >>> len(model_hash())
    16
    """
    root = Path(__file__).parents[3]
    digest = hashlib.blake2b(digest_size=8)
    for name in model_files(root):
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def model_files(root: Path) -> list[str]:
    """The files behind `model_hash`, relative to the package."""
    names = (path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    return sorted(name for name in names if name in _OF_THE_LAB or name.partition("/")[0] not in NOTHING_COMPILED)


def world_digest(scenario: Scenario) -> str:
    """Hash of a scenario's content: numbers, firms, mechanisms, and users' own code for firms and customers."""
    contents: dict[str, Any] = {k: v for k, v in scenario.as_mapping().items() if k not in TOLD_ONLY}
    for firm in contents["firms"]:
        firm["policy"] = portable(firm["policy"])
        firm["policy_settings"] |= {end: portable(firm["policy_settings"][end]) for end in ("from", "to")}
    contents["market"]["customer_class"] = portable(contents["market"]["customer_class"])
    contents["code"] = {portable(text): code for text, code in code_digests(scenario).items()}
    return hashlib.blake2b(json.dumps(contents, sort_keys=True).encode(), digest_size=16).hexdigest()


def run_key(world: str, seed: int, replicate: int, code: str) -> str:
    """Key of a run.

    Args:
        world: What `world_digest` gave.
        seed: Seed of the draws.
        replicate: Number of the replication.
        code: What `model_hash` gave.
    """
    address = json.dumps([world, seed, replicate, code, SCHEMA])
    return hashlib.blake2b(address.encode(), digest_size=16).hexdigest()
