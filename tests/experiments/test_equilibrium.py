"""Best replies in turn: a game with a known equilibrium, a market against its own grid, bounds, and restarts."""

import json

import numpy as np
import pytest

from sim import BadInput
from sim.cli import main
from sim.experiments import equilibrium as searching
from sim.experiments import parallel
from sim.experiments.best_reply import SMALLEST_STEP, Game, best_reply, replies_from
from sim.experiments.equilibrium import KEPT_VALUES, ValuesOfChoices, find_equilibrium, present_values, starting_points
from sim.experiments.search_plan import SearchPlan
from sim.experiments.tune import TRAINING
from sim.files.atomic_folder import EQUILIBRIUM_MARK
from sim.parameters.decisions import SEARCH_RANGES
from tests.support.worlds import small

pytestmark = pytest.mark.long

SIZE, OWN, CROSS, COST = 10.0, 4.0, 2.0, 1.0  # demand of each of two firms: size - own x price + cross x rival's price
REST = (SIZE + OWN * COST) / (
    2.0 * OWN - CROSS
)  # where each price is the best reply to the other, from the first order
PLAN = SearchPlan(("price",), starts=2, tolerance=0.02, rounds=3, replications=1)


def profits(choices):
    """Of two firms that sell differentiated products at linear demand."""
    return [
        [(own - COST) * (SIZE - OWN * own + CROSS * other) for own, other in (prices, prices[::-1])]
        for prices in ([firm[0] for firm in choice] for choice in choices)
    ]


def duopoly(low=0.0, high=6.0):
    return Game([(low, high)], profits, tolerance=0.001, most_rounds=20)


@pytest.mark.parametrize("start", [0.0, 1.5, 6.0])
def test_best_replies_of_a_duopoly_come_to_rest_at_its_equilibrium(start):
    replies = replies_from(((start,), (start,)), duopoly())
    assert replies.at_rest
    assert np.array(replies.rounds[-1]).ravel() == pytest.approx([REST, REST], abs=SMALLEST_STEP * 6.0)


def test_a_best_reply_is_that_of_the_first_order_condition():
    reply = best_reply(((1.0,), (2.0,)), duopoly(), (0, 0), wide=True)
    assert reply.value == pytest.approx((SIZE + CROSS * 2.0 + OWN * COST) / (2.0 * OWN), abs=1e-6)


def test_the_gain_is_the_share_of_profit_that_the_move_brings():
    here = ((1.5,), (2.0,))
    reply = best_reply(here, duopoly(), (0, 0), wide=True)
    before, after = (profits([((price,), (2.0,))])[0][0] for price in (1.5, reply.value))
    assert reply.gain == pytest.approx((after - before) / before)


def test_where_nothing_is_better_a_firm_stays():
    reply = best_reply(((1.25,), (2.0,)), Game([(0.0, 6.0)], lambda c: [[5.0, 5.0]] * len(c), 0.01, 5), (0, 0), True)
    assert reply == (1.25, 0.0)


def test_a_best_reply_beyond_the_range_is_its_end():
    assert REST > 2.0
    assert replies_from(((0.5,), (0.5,)), duopoly(high=2.0)).rounds[-1] == ((2.0,), (2.0,))


def test_replies_that_go_round_and_round_are_not_at_rest():
    def pennies(choices):
        return [[-abs(a - b), -abs(a - (1.0 - b))] for (a,), (b,) in choices]

    assert not replies_from(((0.1,), (0.4,)), Game([(0.0, 1.0)], pennies, 0.001, 6)).at_rest


def world(**settings):
    return small(months=4, market__customers=60, **settings)


def test_the_best_reply_in_a_market_is_at_least_as_good_as_any_price_of_a_grid():
    values = ValuesOfChoices(world(), PLAN, 1, None)
    start = starting_points(world(), PLAN)[0]
    reply = best_reply(start, Game([SEARCH_RANGES["price"]], values, 0.01, 1), (0, 0), wide=True)
    reached = values([((reply.value,), *start[1:])])[0][0]
    coarse = np.linspace(*SEARCH_RANGES["price"], 5)
    grid = [
        present_values(world(firms__0__decisions__price=price, **others(start)), 1, TRAINING, lambda *_: None)[0]
        for price in coarse
    ]
    assert reached >= max(grid)


def others(start):
    return {f"firms__{seat}__decisions__price": start[seat][0] for seat in (1, 2)}


def test_the_first_start_is_where_the_scenario_starts():
    begun = starting_points(world(firms__1__decisions__price=1.1), PLAN)[0]
    assert [row[0] for row in begun] == [1.0, 1.1, 1.0]


def test_further_starts_are_the_same_for_every_firm():
    assert all(len(set(start)) == 1 for start in starting_points(world(), PLAN._replace(starts=4))[1:])


def test_a_start_at_an_end_of_a_range_is_said():
    low = SEARCH_RANGES["price"][0]
    plan = PLAN._replace(starts=1, rounds=1)
    said = find_equilibrium(world(firms__1__decisions__price=low), plan).starts_at_bound()
    assert said == [f"start 1: price of south begins at the lower end of its range ({low:g})"]


@pytest.fixture(scope="module")
def found():
    return find_equilibrium(world(), PLAN)


def test_the_table_has_a_row_for_each_firm_and_decision(found):
    assert list(found.table()["firm"]) == ["north", "south", "west"]


def test_the_spread_over_starts_encloses_the_value(found):
    table = found.table()
    assert (table["smallest"] <= table["value"]).all() and (table["value"] <= table["largest"]).all()


class Stopped(Exception):
    """A search that was killed half-way."""


def test_a_search_that_was_killed_goes_on_and_ends_where_it_would_have(tmp_path, monkeypatch, found):
    folder, lived = tmp_path / "eq", []

    def count(*arguments):
        lived.append(arguments[0].sha256)
        if len(lived) == 12:
            raise Stopped
        return present_values(*arguments)

    monkeypatch.setattr(searching, "present_values", count)
    monkeypatch.setattr(parallel, "can_fork", lambda: False)  # so that what is simulated is counted here
    with pytest.raises(Stopped):
        find_equilibrium(world(), PLAN, folder=folder)
    kept = (folder / KEPT_VALUES).read_text(encoding="utf-8").splitlines()
    (folder / KEPT_VALUES).write_text(
        "\n".join(kept) + '\n{"decisions": [[1.', encoding="utf-8"
    )  # and the last line was cut off
    lived.clear()
    lived.extend(["before"] * 100)
    again = find_equilibrium(world(), PLAN, folder=folder)
    assert again.table().equals(found.table())
    assert len(kept) > 0 and len(lived) - 100 == len(set((folder / KEPT_VALUES).read_text().splitlines())) - len(kept)


def test_a_folder_of_another_search_is_refused(tmp_path):
    plan = PLAN._replace(starts=1, rounds=1)
    find_equilibrium(world(), plan, folder=tmp_path / "eq")
    with pytest.raises(BadInput, match="holds a search with another rounds"):
        find_equilibrium(world(), plan._replace(rounds=2), folder=tmp_path / "eq")


def test_adaptive_firms_are_refused():
    with pytest.raises(BadInput, match="Set market.conduct to fixed or reactive"):
        find_equilibrium(world(market__conduct="adaptive"), PLAN)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"decisions": ("prize",)}, "decision 'prize' is not known. Did you mean price"),
        ({"decisions": ("price", "price")}, "decision price is given twice"),
        ({"decisions": ()}, "no decision is given"),
        ({"tolerance": 0.0}, "tolerance is 0; a share of profit between 0 and 1"),
        ({"starts": 0}, "starts"),
    ],
)
def test_a_plan_that_is_not_allowed_is_refused(wrong, message):
    with pytest.raises(BadInput, match=message):
        PLAN._replace(**wrong).checked()


TINY = ["--customers", "60", "--months", "4", "--set", "market.size=600", "--set", "market.warm_up=1"]
SHORT = ["--decisions", "price", "--starts", "1", "--rounds", "1", "--replications", "1"]


def test_the_command_prints_a_table_and_leaves_a_folder_with_a_chart(tmp_path, capsys):
    folder = tmp_path / "eq"
    assert main(["equilibrium", "telecom", *TINY, *SHORT, "--out", str(folder)]) == 0
    assert "over starts" in capsys.readouterr().out
    assert (folder / "charts" / "price_by_round.png").is_file()
    assert json.loads((folder / EQUILIBRIUM_MARK).read_text(encoding="utf-8"))["finished"]


def test_the_command_prints_one_document(capsys):
    assert main(["equilibrium", "telecom", *TINY, *SHORT, "--json"]) == 0
    assert {row["decision"] for row in json.loads(capsys.readouterr().out)["table"]} == {"price"}
