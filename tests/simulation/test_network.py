"""Networks: degrees, clustering, blocks, ties from a file."""

import json

import numpy as np
import pytest
from scipy import stats

from sim import BadInput, Market, Scenario
from sim.model.network import small_world
from sim.model.network.configuration import configuration
from sim.model.network.making import repeat_ties
from sim.model.network.ring import blocks
from sim.model.randomness import NETWORK, uniform, uniforms
from sim.parameters.network_ties import NETWORKS, read_ties
from sim.simulation.fork import refuse_another_past
from tests.support.worlds import run_market, same, small

ALARM = 1e-4  # false-alarm rate of each statistical test
KEY = 987654321


def drawn_by_hand(places, degree, rewiring):
    """The definition, with sets: tie each place to the next ones on the ring, some of them rewired to anyone."""
    reach = min(round(degree / 2), (places - 1) // 2)
    friends = [set() for _ in range(places)]
    for slot in range(places):
        for step in range(reach):
            other = (slot + step + 1) % places
            if uniforms(KEY, slot, 0, 0, NETWORK, step, 0)[0] < rewiring:
                other = int(uniform(KEY, slot, 0, 0, NETWORK, reach + step, 0) * places)
            if other != slot:
                friends[slot].add(other)
                friends[other].add(slot)
    return [sorted(one) for one in friends]


@pytest.mark.parametrize(("places", "degree", "rewiring"), [(200, 10, 0.1), (30, 8, 1.0), (11, 10, 0.5), (10, 60, 0.3)])
def test_the_compiled_network_is_the_one_of_the_definition(places, degree, rewiring):
    made = small_world(places, degree, rewiring, KEY)
    lists = [made.ties[made.start[i] : made.start[i + 1]].tolist() for i in range(places)]
    assert lists == drawn_by_hand(places, degree, rewiring)
    assert made.start[-1] == len(made.ties)


def test_a_degree_of_nothing_is_a_world_without_ties():
    made = small_world(50, 0, 0.1, KEY)
    assert len(made.ties) == 0
    assert np.array_equal(made.start, np.zeros(51))


def pairs_of(made):
    ends = np.repeat(np.arange(len(made.start) - 1), np.diff(made.start))
    return np.stack([ends, made.ties], axis=1)


def is_sound(made):
    """Sorted lists, nobody tied to oneself or twice to the same, and both ends know of it."""
    pairs = pairs_of(made)
    lists = np.split(made.ties, made.start[1:-1])
    return (
        all((np.diff(one) > 0).all() for one in lists)
        and (pairs[:, 0] != pairs[:, 1]).all()
        and set(map(tuple, pairs)) == set(map(tuple, pairs[:, ::-1]))
    )


def same_network(one, other):
    return np.array_equal(one.start, other.start) and np.array_equal(one.ties, other.ties)


def test_one_block_of_people_who_keep_to_themselves_is_the_small_world():
    whole = blocks(np.zeros(300, np.int64), 10, 0.2, 1.0, KEY)
    assert same_network(whole, small_world(300, 10, 0.2, KEY)) and is_sound(whole)


def test_blocks_without_homophily_are_a_random_network_whatever_the_blocks():
    segment = np.arange(300) % 4
    assert same_network(blocks(segment, 10, 0.2, 0.0, KEY), small_world(300, 10, 1.0, KEY))


@pytest.mark.parametrize("homophily", [0.3, 0.8])
def test_the_share_of_ties_within_blocks_is_that_of_the_formula(homophily):
    segment = np.arange(4000) % 4
    pairs = pairs_of(blocks(segment, 10, 0.2, homophily, KEY))
    within = int((segment[pairs[:, 0]] == segment[pairs[:, 1]]).sum()) // 2
    expected = homophily + (1.0 - homophily) / 4
    assert stats.binomtest(within, len(pairs) // 2, expected).pvalue > ALARM


@pytest.mark.parametrize("degree", [4, 11])
def test_equal_degrees_are_exactly_those_wanted(degree):
    made = configuration(500, degree, 0.0, KEY)
    assert (np.diff(made.start) == degree).all() and is_sound(made)


@pytest.mark.parametrize("places", [400, 4000])
def test_unequal_degrees_have_mean_and_spread_of_the_lognormal_in_small_and_large_worlds(places):
    degrees = np.concatenate([np.diff(configuration(places, 10, 0.8, KEY + k).start) for k in range(12_000 // places)])
    variance = 100.0 * (np.exp(0.8**2) - 1.0)
    assert abs(degrees.mean() - 10.0) < stats.norm.isf(ALARM / 2) * np.sqrt(variance / len(degrees)) + 1 / places
    assert degrees.std() == pytest.approx(np.sqrt(variance), rel=0.15)
    exact = 10.0 * np.exp(0.8 * stats.norm.ppf([0.1, 0.5, 0.9]) - 0.32)
    assert np.quantile(degrees, [0.1, 0.5, 0.9]) == pytest.approx(exact, abs=1.0)


def test_unequal_degrees_make_a_sound_network_even_where_hubs_know_everybody():
    assert is_sound(configuration(60, 8, 1.5, KEY)) and is_sound(configuration(300, 10, 1.2, KEY))


def test_an_edge_list_is_tied_as_written_and_repeated_for_more_agents(tmp_path):
    (tmp_path / "friends.csv").write_text("from,to\n0, 1 # a remark\n\n4;1\n2 2\n1\t0\n3 4\n")
    made = repeat_ties(read_ties(str(tmp_path / "friends.csv")).ties, 10)
    lists = [one.tolist() for one in np.split(made.ties, made.start[1:-1])]
    assert lists == [[1], [0, 4], [], [4], [1, 3], [6], [5, 9], [], [9], [6, 8]]


def scenario_of(tmp_path, **network):
    ring = "\n".join(f"{slot},{(slot + step) % 120}" for slot in range(120) for step in (1, 2, 7))
    (tmp_path / "ring.csv").write_text(ring)
    usual = {"kind": "edge_list", "file": "ring.csv"} if network.get("kind") == "edge_list" else {}
    mapping = small(market__needs__spread_between=0.9).as_mapping()
    mapping["market"]["network"] |= usual | network
    path = tmp_path / "world.yaml"
    path.write_text(json.dumps(mapping))
    return Scenario.load(path)


@pytest.mark.long
@pytest.mark.parametrize("kind", list(NETWORKS))
def test_engines_agree_and_worlds_resume_and_fork_on_every_network(tmp_path, kind):
    world = scenario_of(tmp_path, kind=kind)
    straight = run_market(world)
    assert same(straight, run_market(world, engine="agents")) and same(straight, run_market(world, threads=2))
    halfway = Market(world)
    for _ in range(4):
        halfway.step()
    halfway.save(tmp_path / "state.npz")
    assert same(straight, Market.load(tmp_path / "state.npz").run()) and same(straight, halfway.fork().run())


def test_networks_change_what_happens_through_word_of_mouth_alone(tmp_path):
    worlds = [scenario_of(tmp_path, kind=kind) for kind in ("small_world", "configuration", "edge_list")]
    assert not any(same(run_market(worlds[0]), run_market(other)) for other in worlds[1:])
    silent = [run_market(world.with_settings({"mechanisms.word_of_mouth": False})) for world in worlds]
    assert all(same(silent[0], other) for other in silent[1:])


@pytest.mark.parametrize(
    ("kind", "number"),
    [("small_world", "homophily"), ("small_world", "degree_spread"), ("configuration", "rewiring"),
     ("configuration", "homophily"), ("blocks", "degree_spread"), ("edge_list", "degree")],
)  # fmt: skip
def test_numbers_of_other_networks_do_nothing(tmp_path, kind, number):
    world = scenario_of(tmp_path, kind=kind)
    assert same(run_market(world), run_market(world.with_settings({f"market.network.{number}": 0.99})))


def alikeness(world, months):
    """Mean squared distance of goals between neighbours, over that between strangers."""
    market = Market(world.with_settings({"market.customers": 1000, "market.refill": 0.3, "market.death": 0.1}))
    for _ in range(months):
        market.step()
    goal, pairs = market.world.people.goal, pairs_of(market.world.network)
    strangers = 2.0 * goal.var(axis=0).sum()
    return float(((goal[pairs[:, 0]] - goal[pairs[:, 1]]) ** 2).sum(axis=1).mean() / strangers)


def test_homophily_makes_neighbours_alike_and_lasts_while_people_come_and_go(tmp_path):
    world = scenario_of(tmp_path, kind="blocks", homophily=0.9)
    assert alikeness(world, 0) < 0.5 and alikeness(world, 24) < 0.6


def test_homophily_without_segments_that_differ_ties_nobody_to_their_like(tmp_path):
    world = scenario_of(tmp_path, kind="blocks", homophily=0.9).with_settings({"market.needs.spread_between": 0.0})
    assert alikeness(world, 0) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("network", "written", "message"),
    [
        ({"kind": "smallworld"}, "", r"yaml:?.* is 'smallworld'; allowed are .* Did you mean small_world"),
        ({"kind": 7}, "", "allowed are small_world"),
        ({"kind": "edge_list", "file": None}, "", "must name a file"),
        ({"kind": "edge_list", "file": "none.csv"}, "", "there is no file"),
        ({"kind": "edge_list", "file": "."}, "", "cannot be read"),
        ({"kind": "edge_list", "file": "x"}, "0 1\nann bob\n", r"x:2: 'ann bob' is no tie"),
        ({"kind": "edge_list", "file": "x"}, "0 1\n1 -2\n", r"x:2: '1 -2' is no tie"),
        ({"kind": "edge_list", "file": "x"}, "0 1 2\n", r"x:1: '0 1 2' is no tie"),
        ({"kind": "edge_list", "file": "x"}, "# nothing\n", "no tie in this file"),
        ({"kind": "edge_list", "file": "x"}, "0 99999999\n", "places lie between 0 and"),
        ({"kind": "edge_list", "file": "x"}, "0 6\n", "ties 7 places, .* multiple of it, such as 119"),
        ({"kind": "edge_list", "sha256": "abc"}, "", "other content than before"),
    ],
)  # fmt: skip
def test_networks_that_cannot_be_are_refused(tmp_path, network, written, message):
    (tmp_path / "x").write_text(written)
    with pytest.raises(BadInput, match=message):
        scenario_of(tmp_path, **network)


def test_an_edge_list_that_changed_stops_a_resume_and_another_file_may_be_set(tmp_path):
    world = scenario_of(tmp_path, kind="edge_list")
    Market(world).save(tmp_path / "state.npz")
    (tmp_path / "ring.csv").write_text("0 1\n118 119\n")
    with pytest.raises(BadInput, match="other content than before"):
        Market.load(tmp_path / "state.npz")
    other = world.with_settings({"market.network.file": str(tmp_path / "ring.csv")})
    assert other.network.sha256 != world.network.sha256
    with pytest.raises(BadInput, match=r"market\.network cannot change"):
        refuse_another_past(world, other, 0)
