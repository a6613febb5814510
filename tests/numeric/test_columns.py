"""Tables of columns: views that can be written to, rows read by attribute, and rare columns without memory."""

from typing import Any, NamedTuple

import numpy as np
import pytest

from sim import Market
from sim.model.equations.sales_calls import fatigue_after_rest
from sim.model.population import refuse_unplaced
from sim.model.state import empty_population
from sim.numeric.columns import BLOCK, Layout, Table, padded_places
from sim.numeric.compiling import compiled, rule
from tests.support.worlds import same, small

FIELDS = np.dtype(
    [
        ("goal", np.float32, (4,)), ("rate", np.float32), ("spend", np.float64), ("slot", np.int32),
        ("tenure", np.int16), ("said", np.int8), ("owed", np.int64), ("luck", np.int16, (2,)),
    ]
)  # fmt: skip
BY_FIRM = np.dtype([("liking", np.float32), ("paid", np.int64), ("error", np.int16, (4,)), ("habit", np.float32)])
PLACES, FIRMS = 300, 3


def tables(kept=()):
    people = Table(Layout("people", FIELDS, {"owed": 0, "luck": 5}, False), PLACES, kept=kept)
    relations = Table(Layout("relations", BY_FIRM, {"habit": 0.25}, True), PLACES, FIRMS)
    rng = np.random.default_rng(1)
    for table in (people, relations):
        for _, column in table.columns():
            column[...] = rng.integers(-100, 100, column.shape)
    return people, relations


@compiled
def _live(people, relations, out):
    for i in range(len(people)):
        one, all_ = people[i], relations[i]
        total = one.rate + one.goal[2] + one.luck[1] + one.owed + one.slot
        for firm in range(len(all_)):
            total += all_[firm].liking * all_[firm].error[3] + all_[firm].habit
        all_[1].paid = i
        all_[2].error[1] = i
        one.tenure += 3
        one.said = -2
        one.goal[3] += 0.5
        out[i] = total


def in_plain_python(people, relations, out):
    function = _live.__wrapped__ if hasattr(_live, "__wrapped__") else _live.py_func
    function(people, relations, out)


@pytest.mark.parametrize("kept", [(), ("luck",)])
def test_rows_are_the_same_in_compiled_loops_and_in_plain_python(kept):
    (one, ones), (other, others) = tables(kept), tables(kept)
    sums = np.zeros(PLACES), np.zeros(PLACES)
    _live(one, ones, sums[0])
    in_plain_python(other, others, sums[1])
    assert sums[0].tolist() == sums[1].tolist()
    assert one.tobytes() + ones.tobytes() == other.tobytes() + others.tobytes()


def test_columns_are_views_that_can_be_written_to():
    people, relations = tables()
    people["goal"][7, 2], relations["error"][7, 1, 3], people["tenure"] = 1.5, 9, 4
    assert people[7].goal[2] == 1.5
    assert relations[7][1].error[3] == 9
    assert {people[k].tenure for k in range(PLACES)} == {4}


def test_columns_of_always_kept_fields_fill_one_buffer_without_overlap():
    people, relations = tables()
    for table in (people, relations):
        for name, _ in table.columns():
            before = {other: column.copy() for other, column in table.columns() if other != name}
            table[name][...] = 17
            assert all((table[other] == column).all() for other, column in before.items())


def test_a_place_is_the_number_of_its_row_and_takes_no_memory():
    people, _ = tables()
    assert people["slot"].tolist() == list(range(PLACES))
    assert people[11].slot == 11
    assert people.nbytes == padded_places(PLACES) * (4 * 4 + 4 + 8 + 2 + 1)


def test_a_rare_column_has_its_neutral_value_until_it_is_kept():
    people, _ = tables()
    assert set(people["owed"].tolist()) == {0}
    with pytest.raises(ValueError, match="read-only"):
        people["owed"][3] = 1
    with pytest.raises(ValueError, match="owed of people is not kept"):
        people[3].owed = 1
    people[3].owed = 0
    people.keep("owed")
    people[3].owed = 1
    assert people["owed"].sum() == 1


@compiled
def _rest(people, months):
    for i in range(len(people)):
        me = OneOf(people[i], months[0])
        rest(me)


class OneOf(NamedTuple):
    person: Any
    months: Any


@rule
def rest(me):
    me.person.weariness = fatigue_after_rest(float(me.person.weariness), me.months.time)


def test_a_rare_column_is_written_where_a_number_that_never_changes_is_read_from_a_row():
    """LLVM dropped these writes while the address was computed as a whole number."""
    layout = Layout("tired", np.dtype([("weariness", np.float32)]), {"weariness": 0.0}, False)
    people, months = Table(layout, PLACES, kept=("weariness",)), np.array([(6.0,)], np.dtype([("time", np.float64)]))
    people["weariness"] = 1.0
    _rest(people, months)
    assert set(people["weariness"].tolist()) == {float(np.float32(fatigue_after_rest(1.0, 6.0)))}


def test_a_copy_keeps_the_rare_columns_of_both():
    (one, _), (other, _) = tables(("luck",)), tables(("owed",))
    other.copy_from(one)
    assert (other["luck"] == one["luck"]).all()
    assert not other["owed"].any()
    assert other.is_kept("luck")
    assert other.is_kept("owed")


@pytest.mark.parametrize("places", [1, BLOCK, BLOCK + 1, 2 * BLOCK, 1000, 10_000])
def test_columns_are_padded_to_an_odd_number_of_whole_blocks(places):
    blocks, rest = divmod(padded_places(places), BLOCK)
    assert rest == 0
    assert blocks % 2 == 1
    assert places <= padded_places(places) < places + 2 * BLOCK


def test_setting_an_attribute_of_a_mechanism_that_is_off_keeps_its_column():
    market = Market(small())
    customers = list(market.agents)
    customers[3].fatigue = 2.0
    assert (customers[3].fatigue, customers[4].fatigue) == (2.0, 0.0)


def test_a_saved_world_keeps_what_it_kept_and_goes_on_alike(tmp_path):
    whole = Market(small(mechanisms__sales_calls=True, months=4)).run()
    half = Market(small(mechanisms__sales_calls=True, months=4))
    for _ in range(3):
        half.step()
    half.save(tmp_path / "state.npz")
    resumed = Market.load(tmp_path / "state.npz").run()
    assert resumed.world.people.person.is_kept("fatigue")
    assert same(whole, resumed)


def test_a_customer_takes_at_most_300_bytes_in_telecom_beside_the_network():
    people = empty_population(128_000, 3)
    assert (people.person.nbytes + people.relations.nbytes) / 128_000 <= 300.0


def test_a_rare_column_that_no_number_needs_is_refused_by_name():
    with pytest.raises(TypeError, match=r"column trust is in RARE .*, but no number in COLUMNS_OF"):
        refuse_unplaced(["owed", "trust"], {"credit_terms": ("owed",)})


def test_a_number_that_there_is_not_is_refused_by_name():
    with pytest.raises(TypeError, match=r"COLUMNS_OF .*: 'trust_pace' is no row C"):
        refuse_unplaced([], {"trust_pace": ()})


def test_a_value_for_a_column_that_is_not_kept_is_refused_with_what_to_do():
    people = empty_population(3, 2)
    with pytest.raises(ValueError, match=r"burden of person is not kept .*people\.keep\('burden'\), or the row of its"):
        people.person[0].burden = 1.0
