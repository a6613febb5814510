"""A market: run, saved, resumed, forked."""

from functools import cache

import numpy as np
import pytest
from scipy import stats

from sim import BadInput, Market
from sim.model.equations.service import estimated_rank
from sim.model.population import admit
from sim.model.state import POPULATION_COLUMNS, RARE, RARE_BY_FIRM
from sim.simulation import save as saving
from tests.support.worlds import same, same_people, small

ALARM = 1e-4  # false-alarm rate of each statistical test


def test_customers_are_conserved_every_month():
    table = Market(small(months=12)).run().monthly()
    for _, firm in table.groupby("firm"):
        before = firm.customers.shift(1)
        flow = before + firm.gross_adds - firm.losses
        assert (flow.iloc[1:] == firm.customers.iloc[1:]).all()


def test_profit_is_revenue_minus_everything():
    table = Market(small()).run().monthly()
    costs = table[[c for c in table if c.startswith("cost_") and c != "cost_service_unprofitable"]].sum(axis=1)
    assert np.allclose(table.profit, table.revenue - table.discounts - costs - table.bad_debt - table.interest)


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


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_a_truncated_state_file_is_refused_in_one_sentence(tmp_path, keep):
    path = tmp_path / "state.npz"
    Market(small()).save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(BadInput, match="not a whole state file"):
        Market.load(path)


def test_a_state_file_of_another_version_names_both(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "FORMAT", 99)
    Market(small()).save(tmp_path / "state.npz")
    monkeypatch.undo()
    with pytest.raises(BadInput, match="state format 99 was found; this version reads"):
        Market.load(tmp_path / "state.npz")


def test_customer_equity_is_value_times_customers():
    table = Market(small()).run().monthly()
    assert np.allclose(table.customer_equity, table.clv_expected_mean * table.customers)
    assert table.penetration.between(1 / 3, 1).all()


def test_standing_is_the_normal_score_of_what_people_spend_in_a_month():
    people = Market(small(market__customers=20_000)).world.people
    spent = people.rate.astype(float) * people.spend
    assert stats.kstest(people.standing, "norm").pvalue > ALARM
    assert stats.spearmanr(people.standing, spent).statistic > 0.97


def test_the_mean_estimated_rank_of_value_is_one_half_whatever_the_walls():
    standing = np.random.default_rng(1).normal(size=(2, 100_000))
    for noise in (0.0, 0.5, 2.0):
        ranks = [estimated_rank(one, error, noise) for one, error in standing[:, :5000].T.tolist()]
        assert abs(np.mean(ranks) - 0.5) < 4.5 * np.std(ranks) / np.sqrt(len(ranks))


RESET_ELSEWHERE = {  # columns that need no value in `begin_anew`, and the step that has reset them before a newcomer
    "open_hours": "leave", "open_incidents": "leave", "incident_age": "leave", "incident_handoffs": "leave",
    "told_again": "leave", "said": "live_and_die", "bad_words": "hear", "purchases": "buy_under_contract",
}  # fmt: skip


@cache
def newcomers(before):
    """People who have come to two places in which every column but that of the place held a number."""
    world = Market(small()).world
    people, slots = world.people, np.array([3, 5])
    for name in (*RARE, *RARE_BY_FIRM):
        people.keep(name)
    for table in (people.person, people.relations):
        for name in table.layout.fields:
            if name != "slot":
                table[name][slots] = before
    people.person["generation"][slots] = 1
    admit(people, slots, world.parameters, world.key, world.awareness, world.firm_keys)
    return people


@pytest.mark.parametrize("column", [name for name in POPULATION_COLUMNS if name not in RESET_ELSEWHERE])
def test_a_newcomer_takes_over_nothing_of_who_was_there_before(column):
    one, other = (getattr(newcomers(before), column)[[3, 5]] for before in (5, 7))
    assert (one == other).all(), f"begin_anew or know_nothing in sim.model.population leaves out {column}"
