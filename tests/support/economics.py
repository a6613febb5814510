"""The worlds in the box as they ship, in the smallest size that shows the sign; and what is asked of their runs."""

from functools import cache

import numpy as np
import pytest

from sim import Market, Scenario
from sim.experiments.compare import compare
from sim.experiments.studies.worlds import sample_worlds, values_of
from sim.model.month import make_offers
from sim.model.state import NEVER, NOBODY
from sim.simulation.warm_up import warmed_up
from tests.support.worlds import context_of

WORLDS = ("telecom", "b2b", "commodity", "grocery", "cdnow")
CONTRACTS = ("telecom", "b2b", "commodity")


def open_finding(words):
    """Marks what does not come out, with its figure, until the model is mended."""
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=words)


def finding(number, words):
    """Marks what an audit found."""
    return open_finding(f"finding {number} of the audit: {words}")


def shipped(name, customers=600, **settings):
    """A world as shipped with fewer agents; settings by key path with two underscores for a dot."""
    chosen = {key.replace("__", "."): value for key, value in settings.items()}
    return Scenario.load(name).with_settings({"market.customers": customers, **chosen})


def alike(name, customers=600, policy="osfa", **settings):
    """The same, all of whose firms follow one policy."""
    world = shipped(name, customers, **settings)
    return world.with_settings({f"firms.{seat}.policy": policy for seat in range(len(world.firms))})


def years(world, replicate=0):
    """The months of a world, with its warm-up shared among worlds of the same past."""
    return warmed_up(world, replicate=replicate).run().monthly()


@cache
def year_of(name, customers=600, months=12):
    """The first months of a world as shipped."""
    return years(shipped(name, customers, months=months))


def of(table, firm="north"):
    """The months of one firm."""
    return table[table.firm == firm].reset_index(drop=True)


def margin(table):
    """Profit as a share of net revenue."""
    return table.profit.sum() / (table.revenue - table.discounts).sum()


def present_values(world, replications, horizon=None):
    """Net present value of the first firm in each replication. [money]"""
    rate = world.market["discount_rate"]
    found = []
    for number in range(replications):
        profit = of(years(world, number), world.firms[0].name).profit.to_numpy()[:horizon]
        found.append(float((profit * (1.0 + rate) ** -np.arange(1, len(profit) + 1)).sum()))
    return np.array(found)


def contrast(world, replications=6):
    """Net present value of the customer-centric policy against the product-centric one, with its verdict."""
    found = compare(world, ("product_centric", "customer_centric"), replications=replications)
    return found.gaps.query("measure == 'npv'").iloc[0]


def hazards_of_joiners(world, most=5):
    """Share of customers who leave by choice in a month, by year of tenure, of those who joined since the start."""
    market = warmed_up(world)
    people, left, there = market.world.people, np.zeros(most), np.zeros(most)
    for month in range(world.months):
        supplier, tenure, generation = people.supplier.copy(), people.tenure.copy(), people.generation.copy()
        market.step()
        asked = (supplier != NOBODY) & (tenure <= month)
        gone = asked & (people.generation == generation) & (people.present == 1) & (people.supplier != supplier)
        year = np.minimum((np.maximum(tenure, 1) - 1) // 12, most)
        left += np.bincount(year[gone], minlength=most + 1)[:most]
        there += np.bincount(year[asked], minlength=most + 1)[:most]
    return left / there


def customer(supplier=0, **settings):
    """Somebody who is with the first firm, and was with the second before."""
    market = Market(shipped("telecom", 60, market__warm_up=0, **settings))
    market.advance()
    me = context_of(market, 0, make_offers(market.world))
    me.person.supplier = me.person.last_firm = supplier
    me.person.notice = me.person.left_firm = 0
    for firm in range(len(me.offers)):
        row = me.relations[firm]
        row.aware, row.last_purchase, row.burned, row.contacted = 1, 0, NEVER, 0
    return market, me


HEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)


def worth_by_height(count, replications=4):
    """What was drawn in sampled worlds, and there the mean present value of the first firm by height of its walls.

    All firms have the same policy; the walls of the others stand at the neutral height.
    """
    sample = sample_worlds(count)
    seats = range(len(sample.worlds[0].firms))
    same = {f"firms.{seat}.policy": "osfa" for seat in seats}
    same |= {f"firms.{seat}.decisions.walls": sample.worlds[0].market["neutral.walls"] for seat in seats}
    worlds = [
        world.with_settings(same | {"firms.0.decisions.walls": height}) for world in sample.worlds for height in HEIGHTS
    ]
    values = values_of(worlds, range(replications), sample.seed)
    return sample.numbers, values.mean(axis=1).reshape(count, len(HEIGHTS))
