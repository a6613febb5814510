"""Transformation: levers move a firm as far as staff adopts them; each part can be nothing and then does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import Market
from sim.experiments.studies.transformation import FREE_LEVERS
from sim.model.firm.transformation.adoption import agreement, effort, gain
from sim.model.firm.transformation.levers import ADOPTED, LEVER_MAPPINGS, ROUTINES, STRATEGY, ways
from sim.model.firm.transformation.programme import GOING, Before, Programme, Work
from sim.model.firm.transformation_progress import review
from sim.parameters.table import LEVERS
from sim.policies.base import DECISIONS
from tests.support.worlds import focal, run_market, same, same_people, small

FREE = {path.replace(".", "__"): value for path, value in FREE_LEVERS.items()}
HASTY = {f"firms__0__transformation__{lever}__speed": 1.0 for lever in LEVERS}
share = st.floats(0.0, 1.0)


def on_the_way(**settings):
    """A small world whose first firm sets out after a year; settings as of `small`."""
    usual = {
        "mechanisms__transformation": True, "firms__0__policy": "transforming", "firms__0__policy_settings__date": 12.0,
    }  # fmt: skip
    return small(**usual | {"market__customers": 200, "months": 18} | settings)


def alike(one, other, but=("policy",)):
    """Whether two lives are the same to the bit, save for some columns."""
    mine, theirs = (market.monthly().drop(columns=list(but)) for market in (one, other))
    return same_people(one, other) and mine.equals(theirs)


def test_a_way_from_a_policy_to_itself_without_cost_and_disruption_changes_no_bit():
    to_itself = on_the_way(firms__0__policy_settings__to="product_centric", **FREE, **HASTY)
    stays = on_the_way(firms__0__policy="product_centric")
    written = [name for name in Market(stays).run().monthly() if name.startswith(("adoption", "programme"))]
    assert alike(run_market(to_itself), run_market(stays), ("policy", *written))
    assert focal(run_market(to_itself)).adoption.iloc[-1] > 0.0


def test_a_firm_on_its_way_lives_as_its_origin_until_it_sets_out():
    late = on_the_way(firms__0__policy_settings__date=1000.0)
    assert alike(run_market(late), run_market(on_the_way(firms__0__policy="product_centric")))


def test_without_the_mechanism_the_whole_way_is_gone_at_the_date():
    world = on_the_way(mechanisms__transformation=False, firms__0__policy_settings__to="osfa")
    market = Market(world.with_settings({"firms.0.policy_settings.date": 1.0}))
    plans = [market.world.firms[0].plan.walls for _ in range(5) if market.advance() is None]
    assert plans == [0.5, 0.5, 0.9, 0.6, 0.6]


def test_a_firm_that_goes_nowhere_is_not_transformed():
    world = on_the_way(firms__0__policy="osfa")
    assert same(run_market(world), run_market(world.with_settings({"mechanisms.transformation": False})))


@pytest.mark.parametrize("mapping", range(len(LEVER_MAPPINGS)))
def test_every_decision_and_the_routines_are_moved_by_a_lever(mapping):
    assert set(LEVER_MAPPINGS[mapping]) <= {*DECISIONS, ROUTINES}
    assert set(ways([1.0] * len(LEVERS), mapping).values()) == {1.0}


@pytest.mark.parametrize("mapping", range(len(LEVER_MAPPINGS)))
def test_levers_that_are_not_pulled_move_nothing(mapping):
    assert set(ways([0.0] * len(LEVERS), mapping).values()) == {0.0}


def test_adoption_takes_between_one_and_a_half_and_three_years():
    adoption = focal(run_market(on_the_way(months=60))).adoption
    months = [int((adoption >= reached).argmax()) - 12 for reached in (0.5, 0.8)]
    assert 18 <= months[0] <= months[1] <= 36


def test_the_programme_is_paid_for_customers_while_it_runs():
    world = on_the_way(firms__0__transformation__culture__cost=0.01)
    months = focal(run_market(world))
    spent = world.market["economics.purchase_rate"] * world.market["economics.spend"]
    share = 0.01 + 4 * 0.003
    assert months.cost_transformation[11] == 0.0
    assert months.cost_transformation[15] == pytest.approx(share * spent * months.customers[15], abs=0.01)


def test_learning_takes_hours_from_the_desk():
    busy = focal(run_market(on_the_way(**HASTY))).iloc[13]
    free = focal(run_market(on_the_way(**HASTY | FREE))).iloc[13]
    assert busy.learning_share > 0.0 == free.learning_share
    assert busy.utilisation > free.utilisation


PAID_BY_VALUE = {"firms__0__decisions__pay_value": 1.0, "market__service__complexity": 0.0}
PAID_BY_VOLUME = {  # and work takes longer, as every offer is customised and desks have to know how
    "firms__0__decisions__pay_value": 0.0, "market__service__complexity": 1.0, "market__service__handoff_hours": 0.0,
    "market__customisation__fixed_cost": 0.0, "market__customisation__distance_cost": 0.0,
}  # fmt: skip


def test_pay_by_customer_value_without_more_work_is_adopted():
    assert focal(run_market(on_the_way(months=60, **PAID_BY_VALUE))).adoption.iloc[-1] > 0.9


def test_pay_by_volume_with_more_work_is_not_adopted():
    assert focal(run_market(on_the_way(months=60, **PAID_BY_VOLUME))).adoption.max() < 0.1


@given(value=share, hours=st.floats(-1.0, 1.0), pay=share)
def test_pay_by_value_never_makes_a_gain_of_value_less_welcome(value, hours, pay):
    assert gain(1.0, value, min(hours, 0.0), pay) >= gain(0.0, value, min(hours, 0.0), pay)


@given(st.lists(share, min_size=5, max_size=5), share)
def test_a_vision_never_makes_departments_disagree_more(moved, vision):
    assert 0.0 <= agreement(moved, 0.0) <= agreement(moved, vision) + 1e-12


def test_who_is_worn_out_feels_the_effort_of_learning_more():
    assert effort(0.25, 24.0, 0.3, 5.0) > effort(0.25, 24.0, 0.0, 5.0)


def test_an_integrator_is_paid_for_and_lets_a_staggered_programme_be_adopted_further():
    staggered = {f"firms__0__transformation__{lever}__start": 12.0 + 8.0 * k for k, lever in enumerate(LEVERS)}
    alone, aligned = (
        focal(run_market(on_the_way(months=54, firms__0__leadership__vision=vision, **staggered)))
        for vision in (0.0, 1.0)
    )
    assert aligned.adoption.iloc[-1] > alone.adoption.iloc[-1]
    spent = [table.cost_transformation[15] / table.customers[15] for table in (aligned, alone)]
    assert spent[0] > spent[1]


def judged(profit, **own):
    """A programme after the reviews of three years with such monthly profits, against 100 before."""
    numbers = {"leadership.resolve": 24.0, "leadership.kpi_link": 1.0} | {f"leadership.{k}": v for k, v in own.items()}
    programme = Programme(before=Before(0, 1.0, 1.0, 100.0))
    for month in range(37):
        review(programme, month, numbers, {"adoption.review_noise": 0.3}, 1, 2)
        programme.year.append(Work(1.0, 1.0, profit))
    return programme


@pytest.mark.parametrize(
    ("profit", "resolve", "dropped"), [(90.0, 0, 12), (90.0, 24, 24), (90.0, 1200, GOING), (110.0, 0, GOING)]
)
def test_a_loss_is_borne_as_long_as_the_resolve_lasts(profit, resolve, dropped):
    assert judged(profit, resolve=resolve).dropped == dropped


def test_a_review_without_a_link_to_profit_sees_chance_alone():
    good, poor = judged(110.0, kpi_link=0.0, resolve=1200), judged(90.0, kpi_link=0.0, resolve=1200)
    assert good.cumulated == poor.cumulated != judged(90.0, resolve=1200).cumulated


NO_HOURS = {f"market__service__{name}": 0.0 for name in ("complexity", "handoff_hours", "specialisation")}


SURE = {"market__adoption__believed_gain": 0.4, "market__adoption__belief_learning": 0.0}


def test_what_was_dropped_loses_its_pay_at_once_and_its_followers_in_time():
    market = Market(on_the_way(months=84, **NO_HOURS, **SURE))
    while market.month < 48:
        market.step()
    followers = market.world.firms[0].programme.adoption
    forked, kept = market.fork({}), market.fork({})
    forked.world.firms[0].programme.dropped = 48
    after = focal(forked.run())
    assert after.adoption_strategy[48] == 0.0 and after.cost_transformation[48:].sum() == 0.0
    assert after.adoption.iloc[-1] < 0.5 * followers < followers < focal(kept.run()).adoption.iloc[-1]


def test_both_engines_agree_on_the_way():
    world = on_the_way(months=4, market__customers=60, firms__0__policy_settings__date=0.0, **HASTY)
    assert same(run_market(world), run_market(world, engine="agents"))


def test_a_saved_programme_goes_on_where_it_was(tmp_path):
    world = on_the_way()
    half = Market(world)
    while half.month < 15:
        half.step()
    half.save(tmp_path / "state.npz")
    assert same(Market.load(tmp_path / "state.npz").run(), run_market(world))


def test_structure_and_process_lower_different_things():
    done = {f"firms__0__transformation__{lever}__start": 1000.0 for lever in LEVERS if lever != "process"}
    market = run_market(on_the_way(months=30, **HASTY, **done))
    firm = market.world.firms[0]
    assert firm.plan.walls == 0.9 > firm.programme.routines


def test_a_programme_that_is_over_is_adopted_by_a_mean_over_what_was_pulled():
    programme = Programme()
    programme.built[ADOPTED[0]], programme.adopted[ADOPTED[0]] = 1.0, 0.6
    programme.built[STRATEGY], programme.adopted[STRATEGY] = 1.0, 1.0
    assert programme.adoption == 0.6


def test_a_department_with_pay_of_its_own_adopts_by_that_pay():
    by_value = {
        "mechanisms__departments_pay": True,
        "firms__0__pay__service": 1.0,
        "firms__0__decisions__pay_value": 0.0,
        "market__service__complexity": 1.0,  # more work, which those who are paid by volume mind most
    }
    months = focal(run_market(on_the_way(months=40, **by_value)))
    assert months.adoption_culture.iloc[-1] > 1.5 * months.adoption_technology.iloc[-1]
