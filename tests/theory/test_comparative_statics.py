"""Central rules push where they should: one number moved, all luck kept, and the measure goes the way of the rule."""

import pytest

from tests.support.worlds import run_market, small

TROUBLE = {"market__economics__incident_rate": 0.5, "market__temper__tolerance": 0.0, "market__temper__voice": 0.8}
LEAVING = {"mechanisms__leavers_talk": True}
OWING = {"name": "b2b"}
HEARD = {"mechanisms__hearing": True, "firms__0__leadership__exception": 0.1} | TROUBLE
YOUNG = {"market__product__volume_months": 1.0}  # firms whose unit cost falls fast
DEAR_RIVAL = {"firms__1__decisions__price": 1.3}
MORE = {  # a number, from, to, the measure that rises, over all firms and months, and in which world
    "losses hurt more than gains please": ("market.temper.loss_aversion", 2.8, 1.1, "satisfaction_mean", {}),
    "former customers blame": ("market.word_of_mouth.former", 0.0, 1.0, "messages_negative", {"name": "cdnow"}),
    "so do those who went to a rival": ("market.word_of_mouth.former", 0.0, 1.0, "messages_negative", LEAVING),
    "they do not forget": ("market.word_of_mouth.leaver_memory", 1.0, 24.0, "messages_negative", LEAVING),
    "a complaint made good": ("market.service.recovery", 0.0, 1.0, "satisfaction_mean", TROUBLE),
    "the frontier moves on": ("market.product.frontier", 0.05, 0.005, "quality", {}),
    "who makes much makes it cheap": ("market.product.experience", 0.45, 0.05, "unit_cost", {}),
    "dear rivals let a firm ask for more": ("market.rivals.price_match", 0.0, 0.9, "price", DEAR_RIVAL),
    "cost that falls takes the price along": ("market.rivals.pass_through", 1.0, 0.0, "price", YOUNG),
    "who learns slowly is fewer": ("market.service.recruit_time", 1.0, 24.0, "utilisation", TROUBLE),
    "the worn out leave": ("market.service.turnover_morale", 0.0, 10.0, "staff_turnover", TROUBLE),
    "reminders bring money in": ("market.credit.reminder_effect", 0.9, 0.0, "receivables_overdue", OWING),
    "sales lets through": ("market.credit.override", 0.9, 0.0, "holds", OWING),
    "walls keep what was learned": ("market.belief.wall_loss", 1.0, 0.0, "belief_precision", {}),
    "cases wander": ("market.service.handoff_need", 0.0, 0.6, "handoffs", {}),
    "neighbours are heard": ("market.word_of_mouth.weight", 0.0, 0.3, "spread", {}),
}


def mean_of(measure, path, value, world):
    scenario = small(**{"market__customers": 400, "months": 36} | world).with_settings({path: value})
    months = run_market(scenario).monthly()
    if measure == "spread":
        return months.reputation_mean.std()
    return months[measure].mean()


@pytest.mark.long
@pytest.mark.parametrize(("path", "less", "more", "measure", "world"), MORE.values(), ids=MORE)
def test_a_rule_pushes_its_way(path, less, more, measure, world):
    assert mean_of(measure, path, more, world) > mean_of(measure, path, less, world)


def test_habit_keeps_the_main_shop():
    """Only in a repertoire: a contract knows no habit."""
    worlds = (
        small("grocery", market__customers=400, months=24, market__choice__habit_weight=one) for one in (5.0, 1.0)
    )
    keeping, changing = (run_market(world).monthly().losses_voluntary.sum() for world in worlds)
    assert keeping < changing
