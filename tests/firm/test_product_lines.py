"""Lines of one firm: their own quality, experience and cost, what they share, and whose sales they take."""

import math

import pytest

from sim import Market
from sim.model.firm.product_lines import ProductLine, experience_of, fit_range, research_by_line, sell, unit_costs
from tests.support.worlds import focal, run_market, same, small

MARKET = small().market
LINES = {"firms__0__decisions__lines": 3.0, "firms__0__policy": "osfa"}


def test_one_line_costs_what_the_experience_curve_says():
    own, power = MARKET["product.own_value"], MARKET["product.experience"]
    expected = MARKET["product.unit_cost"] * (1.0 - own + own * 2.0**-power)
    assert unit_costs([ProductLine(0.5, 2.0)], MARKET, learns=True) == [pytest.approx(expected)]


def test_variety_raises_what_it_drives_by_its_rate_when_lines_double():
    own, share, rate = (MARKET[f"product.{name}"] for name in ("own_value", "variety_share", "variety_cost"))
    one, two, four = (unit_costs([ProductLine(0.5)] * count, MARKET, learns=False)[0] for count in (1, 2, 4))
    driven = MARKET["product.unit_cost"] * own * share
    assert two - one == pytest.approx(driven * rate)
    assert four - one == pytest.approx(driven * ((1.0 + rate) ** 2 - 1.0))


def test_half_the_volume_teaches_a_line_less_than_all_of_it():
    shared = MARKET["product.shared_learning"]
    assert (
        experience_of([ProductLine(0.5, 0.5), ProductLine(0.5, 0.5)], shared) == [pytest.approx(0.5 + 0.5 * shared)] * 2
    )


def test_a_new_line_begins_at_the_quality_of_the_firm_with_nothing_sold():
    lines = [ProductLine(0.4, 1.0, 0.25), ProductLine(0.8, 1.0, 0.75)]
    fit_range(lines, 3)
    assert lines[2] == ProductLine(pytest.approx(0.7), 0.0, 0.0)


def test_shares_of_lines_that_stay_add_up_when_one_is_closed():
    lines = [ProductLine(0.4, 1.0, 0.25), ProductLine(0.8, 1.0, 0.25), ProductLine(0.8, 1.0, 0.5)]
    fit_range(lines, 2)
    assert [line.share for line in lines] == [0.5, 0.5]


def test_sales_add_to_the_volume_of_their_line():
    lines = [ProductLine(0.5, 1.0, 1.0), ProductLine(0.5, 0.0, 0.0)]
    sell(lines, [0.3, 0.1])
    assert lines == [ProductLine(0.5, 1.3, pytest.approx(0.75)), ProductLine(0.5, 0.1, pytest.approx(0.25))]


def test_research_that_shares_everything_serves_each_line_in_full():
    assert research_by_line(5.0, 4, 1.0) == 5.0 == research_by_line(5.0, 1, 0.0)
    assert research_by_line(5.0, 4, 0.0) == 1.25


def test_a_firm_of_one_line_is_the_same_without_lines_of_their_own():
    one = {f"firms__{seat}__decisions__lines": 1.0 for seat in range(3)}
    assert same(run_market(small(**one)), run_market(small(**one, mechanisms__own_lines=False)))


def test_lines_that_share_all_learning_and_cost_nothing_more_are_as_if_they_shared_everything():
    alike = {**LINES, "market__product__shared_learning": 1.0, "market__product__variety_cost": 0.0}
    own, pooled = (focal(run_market(small(**alike, mechanisms__own_lines=on))) for on in (True, False))
    assert own.unit_cost.to_list() == pytest.approx(pooled.unit_cost.to_list())
    assert own.quality.to_list() == pytest.approx(pooled.quality.to_list())


def test_lines_of_one_firm_take_each_others_customers():
    """The first line sells less beside two others than alone: customers take the nearest."""
    sold = []
    for lines in (1.0, 3.0):
        market = Market(small(months=6, market__customers=400, **LINES | {"firms__0__decisions__lines": lines})).run()
        volumes = market.world.firms[0].lines
        sold.append(volumes[0].volume - 1.0)
        assert len(volumes) == lines and math.fsum(line.share for line in volumes) == pytest.approx(1.0)
    assert sold[1] < 0.8 * sold[0]


@pytest.mark.parametrize("name", ["telecom", "grocery"])
def test_both_engines_agree_on_lines(name):
    world = small(name, months=8, market__customers=80, **LINES, market__product__shared_learning=0.1)
    assert same(run_market(world), run_market(world, engine="agents"))


def test_lines_go_on_after_a_save(tmp_path):
    market = Market(small(months=8, **LINES))
    for _ in range(4):
        market.step()
    market.save(tmp_path / "state")
    loaded = Market.load(tmp_path / "state")
    assert loaded.world.firms[0].lines == market.world.firms[0].lines
    assert same(loaded.run(), market.run())
