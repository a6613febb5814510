"""Small worlds for tests."""

from sim import Market, Scenario
from sim.model.month import NO_OFFERS, month_of
from sim.model.month_context import MonthContext
from sim.numeric.rows import by_attribute

SMALL = {"market.customers": 120, "market.size": 1200, "months": 5, "market.warm_up": 2}


def small(name="telecom", **settings):
    chosen = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario.load(name).with_settings(SMALL | chosen)


def run_market(scenario, **how):
    return Market(scenario, **how).run()


def same_people(one, other):
    mine, theirs = one.world.people, other.world.people
    pairs = ((mine.person, theirs.person), (mine.relations, theirs.relations))
    return all(a.tobytes() == b.tobytes() for a, b in pairs)


def same(one, other):
    return same_people(one, other) and one.monthly().equals(other.monthly())


def selling(name="telecom", **settings):
    """A small world with sales calls; settings without a path are decisions of the first firm, which has many hours."""
    usual = {"sales_force": 4.0, "sales_structure": 0.0, "pay_value": 0.0}
    paths = {key: value for key, value in settings.items() if "__" in key or key == "months"}
    decided = usual | {key: value for key, value in settings.items() if key not in paths}
    ours = {f"firms__0__decisions__{key}": value for key, value in decided.items()}
    chosen = {"mechanisms__sales_calls": True, "market__customers": 600, "months": 24} | paths
    return small(name, **chosen, **ours)


def focal(market):
    months = market.monthly()
    return months[months.firm == market.world.firms[0].name].reset_index(drop=True)


def owing(**settings):
    """A small world with invoices and many late payers; settings without a path are decisions of the first firm."""
    paths = {key: value for key, value in settings.items() if "__" in key or key == "months"}
    ours = {f"firms__0__decisions__{key}": value for key, value in settings.items() if key not in paths}
    late = {"market__temper__payment_reliability": 0.7, "firms__0__policy": "osfa", "mechanisms__finance": False}
    return small(**({"mechanisms__invoices": True, "market__customers": 300, "months": 24} | late | paths | ours))


def context_of(market, place=0, offers=NO_OFFERS):
    """The month of the customer in one place, as a step takes it."""
    month = month_of(market.world, offers)
    rows = {name: by_attribute(getattr(month, name)) for name in ("offers", "scratch", "counts")}
    person, relations = month.person[place], month.relations[place]
    return MonthContext(**month._asdict() | rows | {"person": person, "relations": relations}, watched=False)
