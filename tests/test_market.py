import numpy as np

from sim import Market
from tests.worlds import same, same_people, small


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


def test_the_name_of_a_policy_changes_nothing():
    from sim.policies import register
    from sim.policies.osfa import OneSizeFitsAll

    register(type("Renamed", (OneSizeFitsAll,), {"name": "renamed"}))
    one = Market(small(firms__0__policy="osfa")).run()
    other = Market(small(firms__0__policy="renamed")).run()
    assert same_people(one, other)


def test_another_seed_gives_another_world():
    assert not same_people(Market(small(), seed=1).run(), Market(small(), seed=2).run())
