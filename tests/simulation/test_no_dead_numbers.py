"""No number of the model is idle: moving it moves something in a world in which it has something to act on."""

from functools import cache
from pathlib import Path

import pytest

from sim import Market, Scenario
from sim.parameters import FIRM, MARKET, MECHANISMS, BadInput
from tests.support.worlds import same

SIZE = {"market.customers": 150, "market.size": 1500, "market.warm_up": 3, "months": 24}
NOSY = f"{Path(__file__).parents[1] / 'support' / 'policy_using_every_fact.py'}:EveryFact"
OWNER = {
    "present": 1.0,
    "sight": 1.0,
    "authority": 1.0,
    "delay": 1.0,
    "depth": 1.0,
    "pricing": 1.0,
    "cross_selling": 1.0,
}
RICH = {
    "firms.0.organisation.form": 2, "firms.1.organisation.form": 1, "firms.0.leadership.exit_interviews": 0.5,
    "firms.0.decisions.goals_research": 0.5, "firms.0.decisions.decline_below": 0.3,
    "firms.0.decisions.outcome_support": 0.05, "firms.0.decisions.newcomer_discount": 0.2,
    "market.selection.term": 4, "market.selection.notice": 1,
    **{f"firms.0.owner.{name}": value for name, value in OWNER.items()},
    **{f"firms.0.pay.{name}": 0.2 for name in ("product", "marketing", "service", "finance")},
}  # fmt: skip
WAY = {
    "firms.0.policy": "transforming", "firms.0.policy_settings.from": "product_centric",
    "firms.0.policy_settings.to": "customer_centric", "firms.0.policy_settings.date": 3, "months": 40,
    "firms.0.owner.present": 1.0,
}  # fmt: skip
REVIEWED = {"firms.0.leadership.resolve": 12, "firms.0.leadership.kpi_link": 0.0, "seed": 1}
DIFFERENT = {  # from `telecom` with every mechanism on, unless it names another scenario
    "all": {},
    "rich": RICH,
    "shared": RICH | {"firms.0.owner.shared": 1.0},
    "way": WAY,
    "lever by lever": WAY | {"firms.0.leadership.vision": 0.5, "firms.0.transformation.culture.start": 10},
    "judged by luck": WAY | REVIEWED,
    "judged by other luck": WAY | REVIEWED | {"seed": 2},
    "gossip": {"firms.0.policy": NOSY},
    "no calls": {"mechanisms.sales_calls": False},
    "grocery": {},
    "cdnow": {},
    "b2b": {},
    "adaptive": {"market.conduct": "adaptive", "months": 60},
    "one sample": {"mechanisms.market_research": False},
    "bought data": {"firms.0.decisions.prospect_data": 0.5},
    "valued": {
        "firms.0.money.cash": -20.0,
        "market.finance.patience": 0.0,
        "market.finance.covenant": 0.0,
        "market.finance.working_capital": 0.0,
    },
    "refinanced": {"firms.0.money.cash": -20.0, "market.finance.exit": 0, "market.finance.patience": 0.0},
    "research believed in": {"firms.0.leadership.believes_research": 0.2},
    "hybrid": {"firms.0.policy": "hybrid"},
    "blocks": {"market.network.kind": "blocks"},
    "configuration": {"market.network.kind": "configuration"},
}
FIRST = {  # where to look first
    "needs.sample": "one sample", "belief.data_error": "bought data", "marketing.data_cost": "bought data",
    "finance.": "refinanced", "finance.multiple": "valued",
    "facts.": "gossip", "network.degree": "configuration", "network.homophily": "blocks", "economics.dropout": "cdnow",
    "economics.cross_sell": "no calls", "organisation.alignment": "no calls", "choice.trial": "grocery",
    "choice.main_lead": "grocery", "choice.pull": "grocery", "choice.habit": "grocery",
    "satisfaction.learning_purchase": "grocery", "credit.hold_effect": "b2b", "policy_settings.": "hybrid",
    "adoption.": "lever by lever",
    "transformation.": "lever by lever", "leadership.vision": "lever by lever",
    "adoption.review": "judged by other luck",
    "rivals.step": "adaptive", "rivals.pace": "adaptive", "rivals.trust": "adaptive", "rivals.response": "adaptive",
    "rivals.trial_turn": "adaptive", "rivals.smoothing": "adaptive", "rivals.forgetting": "adaptive",
    "rivals.imitation": "adaptive", "rivals.usual_cost": "adaptive",
    "leadership.research_delay": "research believed in",
    "leadership.kpi_link": "judged by luck", "leadership.resolve": "judged by luck", "pay.": "rich", "owner.": "rich",
    "selection.": "rich", "outcome.": "rich", "organisation.": "rich", "belief.goals": "rich", "sales.": "b2b",
}  # fmt: skip
NUMBERS = [*(("market", one) for one in MARKET), *(("firms.0", one) for one in FIRM)]


@cache
def world(name):
    base = Scenario.load(name if name in ("grocery", "cdnow", "b2b") else "telecom")
    on = {f"mechanisms.{one}": True for one in MECHANISMS if one != "invoices" or base.relationship == "contract"}
    return base.with_settings(on | SIZE | DIFFERENT[name])


def people_of(market):
    return market.world.people.person.tobytes(), market.world.people.relations.tobytes()


@cache
def lived(name):
    """The people of a world after each month, and the market after the last."""
    market, people = Market(world(name)), []
    while market.month < market.scenario.months:
        market.advance()
        people.append(people_of(market))
    return people, market


def goes_another_way(scenario, name):
    """Whether a world leaves the way of another; it is followed no longer than until it does."""
    people, end = lived(name)
    market = Market(scenario)
    for usual in people:
        market.advance()
        if people_of(market) != usual:
            return True
    return not same(market.run(), end)


def moved(scenario, section, number):
    """The world with the number half-way to either end of its range, and at the ends."""
    known = (scenario.market if section == "market" else scenario.firms[0].settings)[number.name]
    low, high = (number.low if known is None else known), (number.high if known is None else known)
    for value in (low + 0.5 * (number.high - low), number.low + 0.5 * (high - number.low), number.high, number.low):
        for taken in (value, float(round(value))):
            try:
                yield scenario.with_settings({f"{section}.{number.name}": taken})
            except BadInput:  # too much together with the others, or not whole
                continue
            break


def places(number):
    """All worlds, the likely ones first."""
    return sorted(
        DIFFERENT, key=lambda name: name not in [one for key, one in FIRST.items() if number.name.startswith(key)]
    )


def matters(name, section, number):
    return any(goes_another_way(other, name) for other in moved(world(name), section, number))


@pytest.mark.long
@pytest.mark.parametrize(("section", "number"), NUMBERS, ids=[f"{section}.{one.name}" for section, one in NUMBERS])
def test_no_number_is_idle(section, number):
    assert any(matters(name, section, number) for name in places(number))
