"""What is counted of a firm in a month: whole numbers only, so that the order of customers cannot matter."""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.model.state import IntArray


class Counts(NamedTuple):
    """Counts of one firm and month, of agents and what they did; fractions are in millionths."""

    customers: int  # at the end of the month [agents]
    gross_adds: int  # became customers [agents]
    losses_silent: int  # left without a complaint [agents]
    losses_complained: int  # left after complaining [agents]
    losses_involuntary: int  # death, exit, failure or notice [agents]
    purchases: int
    revenue: int  # at list price [cents]
    discounts: int  # of the revenue, refunds included [cents]
    discount_demanded: int  # demands for a discount
    cost_goods: int  # [cents]
    cost_customisation: int  # [cents]
    cost_service: int  # [cents]
    cost_service_unprofitable: int  # of customers who cost more than they bring [cents]
    contacts_mass: int
    contacts_targeted: int
    incidents: int  # newly raised
    incidents_served: int
    handoffs: int  # of new incidents
    complaints: int
    messages_positive: int
    messages_negative: int
    satisfaction: int  # of customers [1e-6]
    needs_met: int  # customers with a fit above one half
    promoters: int
    detractors: int
    wait: int  # of served incidents [1e-6 months]
    aware: int  # people who know the firm
    reputation: int  # with everybody [1e-6]
    precision: int  # of beliefs about customers [1e-6]
    hours_mean: int  # expected hours of new incidents [1e-6 h]
    hours_typical: int  # the same, if all customers had one incident a month before their troubles [1e-6 h]
    categories: int  # held by customers
    visits: int  # turns of customers in the rota
    calls: int
    calls_by_quota: int
    customers_called: int
    preparations: int  # turns without anything to offer
    meetings: int  # alignment meetings for calls
    chases: int  # departments after which orders are chased
    categories_sold: int
    categories_sold_unneeded: int
    categories_given_up: int
    categories_returned: int
    refunds: int  # [cents]
    new_business: int  # a month, of categories sold [cents]
    losses_tired: int  # left while sales calls were too many
    categories_needed: int
    categories_needed_held: int
    categories_unneeded_held: int
    fatigue: int  # by sales calls [1e-6]
    satisfied: int  # customers
    heard_dissatisfied: int  # customers who are not satisfied and say so
    received: int  # [cents]
    written_off: int  # [cents]
    collection_fees: int  # [cents]
    collected: int  # by collections [cents]
    reminders: int
    holds: int  # supply held
    holds_by_mistake: int
    losses_held: int  # left while supply was held
    overdue: int  # [cents]
    shipments_overdue: int  # billed to accounts overdue for a year [cents]
    discipline: int  # of customers [1e-6]
    unsound: int  # people with a number that is none or out of range; all with the first firm
    hours_served: int  # [1e-6 h]
    hours_squared: int  # of hours served [1e-6 h2]
    hours_by_standing: int  # hours served times standing [1e-6]
    standing: int  # of customers [1e-6]
    standing_squared: int  # [1e-6]
    met_at_profit: int  # customers with needs met who bring more than they cost
    unprofitable: int  # customers
    surplus: int  # of customers [cents]
    repeats: int  # services that must be done again
    experience: int  # of use [1e-6]
    uses: int
    losses_declined: int  # supply ended by the firm
    notices: int  # given
    turned_away: int  # people not accepted
    outcome: int  # of customers' business [1e-6]
    losses_failed: int  # customers whose business failed
    incidents_mean: int  # expected new incidents [1e-6]
    complaints_mean: int  # expected complaints [1e-6]
    lasting: int  # customers for more than a year
    lapsed: int  # customers no longer, after months without a purchase
    reactivated: int  # became customers again after a lapse
    lost_death: int
    lost_exit: int  # left the category
    lost_supplier: int  # their supplier left the market
    lost_dissatisfaction: int
    lost_word: int
    lost_trouble: int
    lost_rival: int
    lost_price: int
    lost_dropout: int
    lost_search: int
    won_advertising: int
    won_word: int
    won_search: int
    relations: int  # people who bought, and whose relation with the firm is not over
    relations_dropped: int  # relations that ended after a purchase
    relations_gone: int  # relations that ended by death, exit or failure
    alive: int  # sum of the chances that a relation is not over [1e-6]
    buyers: int  # people who bought in the last twelve months
    buyers_before: int  # people who bought in the twelve months before those
    buyers_again: int  # people who are both
    goods_second: int  # of the second line [cents]
    goods_third: int  # [cents]
    goods_fourth: int  # [cents]
    category_purchases: int  # this month, by buyers, from all firms


COUNTS = np.dtype([(name, np.int64) for name in Counts._fields])

CountsByFirm: TypeAlias = Any  # rows of dtype COUNTS, by seat of the firm


def no_counts(firms: int) -> NDArray[np.void]:
    """Counts of a month in which nothing has happened yet, shape (firms,)."""
    return np.ndarray((firms,), COUNTS, np.zeros((firms, len(Counts._fields)), np.int64))


def as_matrix(counts: NDArray[np.void]) -> IntArray:
    """The same counts as a view of shape (rows, fields of `COUNTS`), to be summed or compared."""
    return np.ndarray((len(counts), len(Counts._fields)), np.int64, counts)


def by_firm(counts: NDArray[np.void]) -> list[Counts]:
    """The counts of each row as plain whole numbers, read by name."""
    return list(map(Counts._make, as_matrix(counts).tolist()))
