"""Targets of a scenario: checked strictly, kept, part of no result, and present in every world of the box."""

import pytest

from sim import BadInput, Scenario
from sim.experiments.sweep.store.keys import TOLD_ONLY
from sim.parameters import scenario_names
from sim.parameters.targets import CALIBRATED, HELD_OUT, PROFIT_AND_LOSS, TARGET_MEANINGS
from tests.support.worlds import small

BAND = {"low": 0.1, "high": 0.2, "use": CALIBRATED, "dated": "2026-11-29", "source": "assumed"}


def with_targets(**targets):
    return Scenario.from_mapping(small("telecom").as_mapping() | {"targets": targets})


def test_targets_are_the_same_after_writing_and_reading():
    world = with_targets(profit=BAND)
    assert Scenario.from_mapping(world.as_mapping()).targets == world.targets
    assert world.targets["profit"].middle == pytest.approx(0.15)


def test_targets_do_not_change_who_a_world_is():
    assert with_targets(profit=BAND).sha256 == with_targets().sha256
    assert "targets" in TOLD_ONLY


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ({"profits": BAND}, "Did you mean profit?"),
        ({"profit": 0.1}, "a mapping with low, high, use, dated, source is needed"),
        ({"profit": BAND | {"most": 1}}, "targets.profit.most is not a known key"),
        ({"profit": BAND | {"low": 0.3}}, "low may not be above high"),
        ({"profit": BAND | {"high": "0,2"}}, "a number is needed"),
        ({"profit": BAND | {"use": "fit"}}, "allowed are 'CAL' and 'HOLD'"),
        ({"profit": BAND | {"source": " "}}, "text is needed"),
    ],
)
def test_a_target_that_says_too_little_is_refused(targets, words):
    with pytest.raises(BadInput, match=words.replace("?", r"\?")):
        with_targets(**targets)


@pytest.mark.parametrize("name", scenario_names())
def test_each_world_of_the_box_names_the_profit_and_loss_of_its_industry(name):
    assert set(PROFIT_AND_LOSS) <= set(Scenario.load(name).targets)


@pytest.mark.parametrize("name", scenario_names())
def test_each_world_is_calibrated_to_three_patterns_at_least_and_holds_others_out(name):
    uses = [target.use for target in Scenario.load(name).targets.values()]
    assert uses.count(CALIBRATED) >= 3
    assert uses.count(HELD_OUT) >= 3


@pytest.mark.parametrize("name", scenario_names())
def test_shares_of_revenue_can_add_up_to_one_inside_their_bands(name):
    bands = [Scenario.load(name).targets[share] for share in PROFIT_AND_LOSS]
    assert sum(band.low for band in bands) <= 1.0 <= sum(band.high for band in bands)


def test_every_target_has_a_meaning():
    assert all(text and text[0].islower() for text in TARGET_MEANINGS.values())
