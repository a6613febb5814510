"""The nouns: columns of the population, what a month tells its customers, and what is counted on the way."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Whole = NDArray[np.int64]
Half = NDArray[np.int32]
Short = NDArray[np.int16]
Tiny = NDArray[np.int8]

DIMENSIONS = 4
MOST_LINES = 4
NEVER = -1
NOBODY = -1

# Columns of the tally: whole numbers only, so that the order of customers cannot matter.
TALLY = (
    "customers", "gross_adds", "losses_silent", "losses_complained", "losses_involuntary", "purchases", "revenue",
    "discounts", "discount_demanded", "cost_goods", "cost_customisation", "cost_service", "cost_service_unprofitable",
    "contacts_mass", "contacts_targeted", "incidents", "incidents_served", "handoffs", "hours_new", "hours_open",
    "complaints", "messages_positive", "messages_negative", "satisfaction", "needs_met", "promoters", "detractors",
    "wait", "aware", "reputation", "precision", "open_old",
)  # fmt: skip
(
    CUSTOMERS, GROSS_ADDS, LOSSES_SILENT, LOSSES_COMPLAINED, LOSSES_INVOLUNTARY, PURCHASES_MADE, REVENUE,
    DISCOUNTS, DISCOUNT_DEMANDED, COST_GOODS, COST_CUSTOMISATION, COST_SERVICE, COST_SERVICE_UNPROFITABLE,
    CONTACTS_MASS, CONTACTS_TARGETED, INCIDENTS_RAISED, INCIDENTS_SERVED, HANDOFFS, HOURS_NEW, HOURS_OPEN,
    COMPLAINTS, MESSAGES_POSITIVE, MESSAGES_NEGATIVE, SATISFACTION, NEEDS_MET, PROMOTERS, DETRACTORS,
    WAIT, AWARE_COUNT, REPUTATION, PRECISION, OPEN_OLD,
) = range(len(TALLY))  # fmt: skip

FINE = 1_000_000.0  # fixed point of counted fractions: a millionth


class Population(NamedTuple):
    """One array per attribute of the customers; N places, M firms, K dimensions of need.

    A place (slot) is held by one person after another; ``generation`` tells which. Firms are seats 0 … M-1.
    """

    present: Tiny  # 1 somebody, 0 empty, 2 newcomer of this month
    generation: Half
    supplier: Short  # seat of the firm, or NOBODY
    last_firm: Short  # the firm one was a customer of last, or NOBODY
    tenure: Half  # months with the supplier
    goal: Floats  # (N, K)
    weight: Singles  # (N, K), mean 1
    rate: Floats
    spend: Floats
    price_weight: Floats
    incident_rate: Floats
    dropout: Floats
    categories: Tiny
    loss_aversion: Singles
    voice: Singles
    talk: Singles
    susceptibility: Singles
    boldness: Singles
    aware: Tiny  # (N, M)
    contacted: Tiny  # (N, M), this month
    satisfaction: Floats  # (N, M)
    expectation: Floats  # (N, M)
    reputation: Floats  # (N, M)
    habit: Floats  # (N, M)
    precision: Floats  # (N, M)
    burned: Short  # (N, M) month of the break, or NEVER
    last_purchase: Short  # (N, M) month, or NEVER
    open_incidents: Short
    incident_age: Short
    open_hours: Floats
    incident_handoffs: Short
    told_again: Short
    bad_words: Tiny
    complaint_month: Short
    complaints: Short
    discount_until: Short
    shortfall: Singles
    fit: Singles
    depth: Singles
    said: Tiny
    said_before: Tiny
    purchases: Short
    contribution: Whole  # cents over the lifetime with any firm
    served_months: Half
    messages: Half


class Network(NamedTuple):
    """Who hears whom: neighbours of i are ties[start[i]:start[i + 1]]."""

    start: Whole
    ties: Half


class Offers(NamedTuple):
    """What firms put before customers this month; one row a firm."""

    key: Whole
    price: Floats
    reference_price: Floats
    newcomer_discount: Floats
    retention_discount: Floats
    promise: Floats
    reach_mass: Floats
    reach_targeted: Floats
    quality: Floats
    best_quality: Floats
    unit_cost: Floats
    depth: Floats
    lines: Whole
    position: Floats  # (M, MOST_LINES, K)
    walls: Floats
    signal: Floats
    selling: Floats
    priority: Floats
    served_share: Floats
    wait: Floats
    senior: Floats
    morale_loss: Floats
    rework: Floats
    wage: Floats


class Clock(NamedTuple):
    """Where we are: key of the world, month counted from the start of the warm-up, weight of an agent in people."""

    key: int
    month: int
    weight: float


PER_FIRM = frozenset(
    ("aware", "contacted", "satisfaction", "expectation", "reputation", "habit", "precision", "burned", "last_purchase")
)
PER_DIMENSION = frozenset(("goal", "weight"))
TINY = frozenset(("present", "categories", "aware", "contacted", "bad_words", "said", "said_before"))
HALF = frozenset(("generation", "tenure", "served_months", "messages"))
SHORT = frozenset(
    (
        "supplier", "last_firm", "burned", "last_purchase", "open_incidents", "incident_age", "incident_handoffs",
        "told_again", "complaint_month", "complaints", "discount_until", "purchases",
    )
)  # fmt: skip
SINGLES = frozenset(
    ("weight", "loss_aversion", "voice", "talk", "susceptibility", "boldness", "shortfall", "fit", "depth")
)
START_AT_MINUS_ONE = frozenset(
    ("supplier", "last_firm", "burned", "last_purchase", "complaint_month", "discount_until")
)


def column_type(name: str) -> type[np.generic]:
    """Type of one column, as declared in `Population`."""
    kinds: tuple[tuple[frozenset[str], type[np.generic]], ...] = (
        (TINY, np.int8),
        (SHORT, np.int16),
        (HALF, np.int32),
        (SINGLES, np.float32),
        (frozenset(("contribution",)), np.int64),
    )
    return next((kind for names, kind in kinds if name in names), np.float64)


def empty_population(places: int, firms: int) -> Population:
    """Columns for so many places and firms, nobody in them yet."""
    columns = []
    for name in Population._fields:
        shape = (places, firms) if name in PER_FIRM else (places, DIMENSIONS) if name in PER_DIMENSION else (places,)
        start = NEVER if name in START_AT_MINUS_ONE else 0
        columns.append(np.full(shape, start, dtype=column_type(name)))
    return Population(*columns)


class Scratch(NamedTuple):
    """Room to work in, one per thread; holds nothing from one customer to the next."""

    heard: Whole  # (M, 2) positive and negative messages
    value: Floats  # (M,)
    bought: Whole  # (M,)
    stated: Floats  # (K,)
    believed: Floats  # (K,)


def scratch_for(firms: int) -> Scratch:
    """Fresh room for so many firms."""
    return Scratch(
        np.zeros((firms, 2), np.int64),
        np.zeros(firms),
        np.zeros(firms, np.int64),
        np.zeros(DIMENSIONS),
        np.zeros(DIMENSIONS),
    )
