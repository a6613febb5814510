import numpy as np
import pytest

from sim import Market, Scenario

SMALL = {"market.customers": 120, "market.size": 1200, "months": 5, "market.warm_up": 2}


def small(name="telecom", **settings):
    return Scenario.load(name).with_settings(SMALL | {key.replace("__", "."): value for key, value in settings.items()})


def same(one, other):
    mine, theirs = one.world.people, other.world.people
    return mine.person.tobytes() == theirs.person.tobytes() and mine.known.tobytes() == theirs.known.tobytes()


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_both_engines_agree_bit_for_bit(name):
    compiled = Market(small(name)).run()
    agents = Market(small(name), engine="agents").run()
    assert same(compiled, agents)
    assert compiled.monthly().equals(agents.monthly())


def test_threads_do_not_change_a_bit():
    one, four = Market(small()).run(), Market(small(), threads=4).run()
    assert same(one, four)
    assert one.monthly().equals(four.monthly())


def test_customers_are_conserved_every_month():
    table = Market(small(months=12)).run().monthly()
    for _, firm in table.groupby("firm"):
        before = firm.customers.shift(1)
        flow = before + firm.gross_adds - firm.losses
        assert (flow.iloc[1:] == firm.customers.iloc[1:]).all()


def test_profit_is_revenue_minus_everything():
    table = Market(small()).run().monthly()
    costs = table[[c for c in table if c.startswith("cost_") and c != "cost_service_unprofitable"]].sum(axis=1)
    assert np.allclose(table.profit, table.revenue - table.discounts - costs - table.bad_debt)


def test_a_saved_world_goes_on_as_if_never_stopped(tmp_path):
    scenario = small()
    straight = Market(scenario).run()
    halfway = Market(scenario)
    for _ in range(4):
        halfway.step()
    halfway.save(tmp_path / "state.npz")
    resumed = Market.load(tmp_path / "state.npz").run()
    assert same(straight, resumed)
    assert straight.monthly().equals(resumed.monthly())


def test_the_name_of_a_policy_changes_nothing():
    from sim.policies import register
    from sim.policies.osfa import OneSizeFitsAll

    register(type("Renamed", (OneSizeFitsAll,), {"name": "renamed"}))
    one = Market(small(firms__0__policy="osfa")).run()
    other = Market(small(firms__0__policy="renamed")).run()
    assert same(one, other)


def test_another_seed_gives_another_world():
    assert not same(Market(small(), seed=1).run(), Market(small(), seed=2).run())
