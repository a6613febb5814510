"""Small worlds for tests."""

from sim import Market, Scenario

SMALL = {"market.customers": 120, "market.size": 1200, "months": 5, "market.warm_up": 2}


def small(name="telecom", **settings):
    chosen = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario.load(name).with_settings(SMALL | chosen)


def lived(scenario, **how):
    return Market(scenario, **how).run()


def same_people(one, other):
    mine, theirs = one.world.people, other.world.people
    return mine.person.tobytes() == theirs.person.tobytes() and mine.known.tobytes() == theirs.known.tobytes()


def same(one, other):
    return same_people(one, other) and one.monthly().equals(other.monthly())
