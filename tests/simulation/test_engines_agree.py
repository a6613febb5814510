"""Two engines, one set of rules: the same bits, with any number of threads, compiled or not."""

import hashlib
import os
import subprocess
import sys

import pytest

from sim import BadInput, Market
from sim.model.month import PHASES, steps_of
from sim.simulation.agents import Customer
from sim.simulation.engines.agents import AgentsEngine
from sim.simulation.engines.compiled import CompiledEngine
from tests.support.worlds import run_market, same, small

POLICIES = ("osfa", "product_centric", "customer_centric")
SALES = {
    "mechanisms__sales_calls": True, "market__sales__call_hours": 0.02, "market__sales__acceptance": 0.9,
    "market__sales__giving_up": 0.3, "firms__0__decisions__walls": 0.6, "firms__0__decisions__most_calls": 1.0,
}  # fmt: skip
DEBTS = {
    "mechanisms__invoices": True, "market__temper__payment_reliability": 0.6, "market__credit__write_off": 2.0,
    "firms__0__decisions__walls": 0.2, "firms__0__decisions__hold_after": 1.0, "market__credit__ledger_error": 0.2,
}  # fmt: skip
CHOOSY = {
    "mechanisms__selection": True, "firms__0__decisions__decline_below": 0.3, "firms__1__decisions__decline_below": 0.1,
    "market__selection__term": 3, "market__selection__notice": 2, "market__choice__consider": 0.1,
}  # fmt: skip
PROSPERING = {
    "mechanisms__outcome": True, "firms__0__decisions__outcome_support": 0.1, "market__outcome__failing": 0.3,
    "market__outcome__spread": 0.3,
}  # fmt: skip
BETTER = {
    "mechanisms__prevention": True, "mechanisms__root_causes": True, "mechanisms__process_design": True,
    "market__causes__cost": 0.05, "market__causes__lag": 1, "market__prevention__half": 0.1,
    "market__temper__voice": 1.0, "market__temper__tolerance": 0.0, "firms__0__decisions__prevention": 0.1,
    "firms__0__decisions__process": 0.1, "mechanisms__rising_expectations": True, "mechanisms__choice_effort": True,
    "mechanisms__leavers_talk": True,
    "mechanisms__goals_research": True, "firms__0__decisions__goals_research": 1.0,
}  # fmt: skip
INTERPRETED = [("telecom", {}), ("telecom", DEBTS), ("grocery", {}), ("grocery", SALES)]
PRINT_HASHES = """
from tests.simulation.test_engines_agree import INTERPRETED, hash_of
for name, settings in INTERPRETED:
    print(hash_of(name, settings))
"""


def hash_of(name, settings):
    """Hash of the people and the measures of a small world."""
    done = run_market(small(name, **settings))
    people = done.world.people
    rows = people.person.tobytes() + people.relations.tobytes()
    return hashlib.sha256(rows + done.monthly().to_csv().encode()).hexdigest()


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery", "cdnow"])
@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("seed", [1, 2])
def test_agents_and_columns_agree_bit_for_bit(name, policy, seed):
    world = small(name, firms__0__policy=policy, market__customers=60)
    assert same(run_market(world, seed=seed), run_market(world, seed=seed, engine="agents"))


@pytest.mark.parametrize("name", ["telecom", "grocery"])
@pytest.mark.parametrize("threads", [2, 4])
def test_threads_do_not_change_a_bit(name, threads):
    assert same(run_market(small(name)), run_market(small(name), threads=threads))


@pytest.mark.long
@pytest.mark.parametrize("name", ["telecom", "grocery", "cdnow"])
@pytest.mark.parametrize("structure", [0.0, 1.0, 2.0])
def test_agents_and_columns_agree_on_sales_calls(name, structure):
    firm = {"firms__0__decisions__sales_structure": structure, "firms__0__decisions__pay_value": 0.5}
    world = small(name, **SALES | firm, months=10, market__customers=60)
    columns = run_market(world)
    assert columns.monthly().sales_calls.sum() > 0
    assert same(columns, run_market(world, engine="agents")) and same(columns, run_market(world, threads=3))


@pytest.mark.long
@pytest.mark.parametrize("sales", [{}, SALES])
@pytest.mark.parametrize("seed", [1, 2])
def test_agents_and_columns_agree_on_debts(seed, sales):
    world = small(**{**sales, **DEBTS}, market__death=0.02)
    columns = run_market(world, seed=seed)
    months = columns.monthly()
    assert (months[["holds", "holds_by_mistake", "reminders", "bad_debt", "cost_credit"]].sum() > 0).all()
    assert same(columns, run_market(world, seed=seed, engine="agents")) and same(
        columns, run_market(world, seed=seed, threads=3)
    )


@pytest.mark.long
@pytest.mark.parametrize(("name", "debts"), [("telecom", DEBTS), ("grocery", {}), ("b2b", {})])
def test_agents_and_columns_agree_on_doing_better_choosing_customers_and_prospering(name, debts):
    world = small(name, **{**debts, **BETTER, **CHOOSY, **PROSPERING}, market__customers=80, months=6)
    columns = run_market(world)
    months = columns.monthly()
    seen = ["cost_improvement", "losses_failed", "cost_support", "outcome_mean"]
    seen += [] if name == "grocery" else ["losses_declined", "notices", "turned_away"]
    assert (months[seen].sum() > 0).all()
    assert same(columns, run_market(world, engine="agents")) and same(columns, run_market(world, threads=3))


@pytest.fixture(scope="module")
def interpreted():
    """Hashes of the same worlds in a process that compiles nothing."""
    return subprocess.run(
        [sys.executable, "-c", PRINT_HASHES],
        capture_output=True, text=True, check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
    ).stdout.split()  # fmt: skip


@pytest.mark.parametrize("case", range(len(INTERPRETED)))
def test_compiled_and_plain_python_agree_bit_for_bit(case, interpreted):
    assert interpreted[case] == hash_of(*INTERPRETED[case])


class Silent(Customer):
    """Never talks."""

    def talk(self, me):
        """Say nothing."""
        me.person.said = 0


@pytest.mark.long
def test_a_customer_that_overrides_one_step_changes_the_results():
    silent = Market(small(), engine="agents", customer_class=Silent).run().monthly()
    usual = Market(small(), engine="agents").run().monthly()
    assert silent.messages_positive.sum() == 0
    assert usual.messages_positive.sum() > 0


class Reserved(Customer):
    """Talks every other month, as people usually do."""

    def talk(self, me):
        """Talk in even months only."""
        me.person.said = 0
        if me.clock.month % 2 == 0:
            super().talk(me)


class Unserved(Customer):
    """Has no second half of the month."""

    def service_phase(self, me):
        """Nothing happens."""


class Named(Customer):
    """Does everything as usual."""

    def in_words(self):
        """A number as a name."""
        return f"customer {self.slot}"


def messages(market):
    months = market.monthly().groupby("month").sum(numeric_only=True)
    return months.messages_positive + months.messages_negative


def test_a_step_of_ones_own_may_do_the_usual():
    told = messages(Market(small(market__warm_up=0), customer_class=Reserved).run())
    assert (told[1::2] == 0).all() and (told[::2] > 0).all()


def test_a_whole_phase_can_be_of_ones_own():
    market = Market(small(), customer_class=Unserved).run()
    assert market.monthly().customers.sum() == 0 < market.monthly().revenue.sum()


def test_a_class_with_steps_of_its_own_takes_the_agents_engine():
    assert isinstance(Market(small(), customer_class=Silent).engine, AgentsEngine)
    assert isinstance(Market(small(), customer_class=Named).engine, CompiledEngine)


def test_the_compiled_engine_refuses_steps_of_ones_own_and_names_them():
    with pytest.raises(BadInput, match="Silent overrides talk.*leave engine out, or give engine='agents'"):
        Market(small(), engine="compiled", customer_class=Silent)


def test_every_step_of_the_month_can_be_overridden():
    assert {name for phase in PHASES for name in steps_of(phase)} <= set(vars(Customer))
