"""Two engines, one set of rules: the same bits, with any number of threads, compiled or not."""

import hashlib
import os
import subprocess
import sys

import pytest

from sim import Market
from sim.agents import Customer
from tests.worlds import lived, same, small

POLICIES = ("osfa", "product_centric", "customer_centric")
PRINT_HASH = """
import hashlib
from tests.worlds import lived, small
done = lived(small({name!r}))
people = done.world.people
print(hashlib.sha256(people.person.tobytes() + people.known.tobytes() + done.monthly().to_csv().encode()).hexdigest())
"""


@pytest.mark.parametrize("name", ["telecom", "grocery", "cdnow"])
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", [1, 2])
def test_agents_and_columns_agree_bit_for_bit(name, policy, seed):
    world = small(name, firms__0__policy=policy)
    assert same(lived(world, seed=seed), lived(world, seed=seed, engine="agents"))


@pytest.mark.parametrize("name", ["telecom", "grocery"])
@pytest.mark.parametrize("threads", [2, 4])
def test_threads_do_not_change_a_bit(name, threads):
    assert same(lived(small(name)), lived(small(name), threads=threads))


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_compiled_and_plain_python_agree_bit_for_bit(name):
    plain = subprocess.run(
        [sys.executable, "-c", PRINT_HASH.format(name=name)],
        capture_output=True, text=True, check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
    ).stdout.strip()  # fmt: skip
    done = lived(small(name))
    people = done.world.people
    here = people.person.tobytes() + people.known.tobytes() + done.monthly().to_csv().encode()
    assert plain == hashlib.sha256(here).hexdigest()


class Silent(Customer):
    """Never talks."""

    def talk(self, nature, offers, clock, tally):
        """Say nothing."""
        self.said = 0


def test_a_customer_that_overrides_one_step_changes_the_results():
    silent = Market(small(), engine="agents", customer_class=Silent).run().monthly()
    usual = Market(small(), engine="agents").run().monthly()
    assert silent.messages_positive.sum() == 0
    assert usual.messages_positive.sum() > 0
