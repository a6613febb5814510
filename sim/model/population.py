"""People come into the world: their needs, economics, temper and ties, all from addressed draws."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.model.customer_parameters import CustomerParameters, parameter_rows, spread_of_log_gamma
from sim.model.lasting_luck import keep_errors, keep_feeling_for, propensities, standings, with_value
from sim.model.randomness import AWARE, BIRTH, WANTS, uniform
from sim.model.segments import SEGMENT, segment_centres, uniforms_at_birth
from sim.model.state import (
    DIMENSIONS,
    FURTHER_CATEGORIES,
    NEVER,
    NOBODY,
    RARE,
    Floats,
    IntArray,
    Person,
    Population,
    Relations,
)
from sim.numeric.compiling import compiled_phase, rule
from sim.numeric.mathematics import exp, square_root

Rows = NDArray[np.void]

_DRAWS = 22
_GOAL, _WEIGHT, _RATE, _SPEND, _PRICE, _INCIDENTS, _DROPOUT, _TEMPER = 1, 5, 9, 10, 11, 12, 13, 16  # draws
_PROPENSITY = 21
_TOGETHER = 50_000  # people filled in at a time, so that a large birth needs little room


COLUMNS_OF = {  # rare columns, by the number of the world that is above 0 where they are needed
    "economics_dropout_a": ("dropout",),
    "sales_call_hours": ("fatigue", "told", "offered"),
    "credit_terms": ("owed", "owed_since", "held", "discipline"),
    "outcome_pace": ("outcome",),
    "selection_term": ("burden", "notice", "turned_away"),
    "choice_propensity_a": ("propensity",),
}
OF_REPERTOIRES = ("habit", "history")  # rare columns that are needed where customers have no contract


def refuse_unplaced(rare: Collection[str], by_number: Mapping[str, Collection[str]]) -> None:
    """Check that some number of the world says where each rare column is needed.

    Args:
        rare: Rare columns.
        by_number: Columns by the number that is above 0 where they are needed.

    Raises:
        TypeError: A column would be kept nowhere, or there is no such number; names it.

    >>> refuse_unplaced(["trust"], {})
    Traceback (most recent call last):
        ...
    TypeError: column trust is in RARE (sim.model.state), but no number in COLUMNS_OF (sim.model.population) needs it
    """
    placed = {name for names in by_number.values() for name in names}
    for name in rare:
        if name not in placed:
            raise TypeError(
                f"column {name} is in RARE (sim.model.state), "
                "but no number in COLUMNS_OF (sim.model.population) needs it"
            )
    for number in by_number:
        if number not in CustomerParameters._fields:
            raise TypeError(f"COLUMNS_OF (sim.model.population): {number!r} is no row C(…) of sim.parameters.table")


refuse_unplaced(RARE, COLUMNS_OF)


def columns_needed(parameters: CustomerParameters) -> list[str]:
    """The rare columns that the mechanisms of a world need."""
    needed = [name for number, names in COLUMNS_OF.items() if getattr(parameters, number) > 0.0 for name in names]
    needed += ["billed"] if parameters.bills_kept > 0.0 else []
    return needed if parameters.contract > 0.0 else [*needed, *OF_REPERTOIRES]


def admit(
    people: Population, slots: IntArray, parameters: CustomerParameters, key: int, awareness: Floats, firms: IntArray
) -> None:
    """Fill places with new people; who they are depends on place and generation alone.

    Args:
        people: Columns, changed in place.
        slots: Places to fill.
        parameters: Numbers of the world.
        key: Key of the world.
        awareness: Share of people who know each firm when they come.
        firms: Keys of the firms.
    """
    for first in range(0, len(slots), _TOGETHER):
        _admit_some(people, slots[first : first + _TOGETHER], parameters, key, awareness, firms)


def begin_own_columns(people: Population, slots: IntArray) -> None:
    """In these places the columns that a researcher has added say what they say of a newcomer."""
    if people.own.dtype.names:
        people.own[slots] = people.newcomer


def _admit_some(
    people: Population, slots: IntArray, parameters: CustomerParameters, key: int, awareness: Floats, firms: IntArray
) -> None:
    draws = uniforms_at_birth(key, slots, people.person["generation"][slots].astype(np.int64), BIRTH, _DRAWS)
    if parameters.network_homophily > 0.0:  # who moves in is of the segment at home there, so that ties stay alike
        draws[:, SEGMENT] = uniforms_at_birth(key, slots, np.zeros(len(slots), np.int64), BIRTH, 1)[:, SEGMENT]
    dropout = np.zeros(len(slots))
    if parameters.economics_dropout_a > 0.0:
        dropout = special.betaincinv(parameters.economics_dropout_a, parameters.economics_dropout_b, draws[:, _DROPOUT])
    rate = special.gammaincinv(parameters.economics_rate_shape, draws[:, _RATE])
    rate_spread = spread_of_log_gamma(parameters.economics_rate_shape)
    normal = special.ndtri(draws)
    incidents, inert = draws[:, _INCIDENTS], draws[:, _PROPENSITY]
    if parameters.economics_incident_value != 0.0 or parameters.choice_propensity_value != 0.0:
        value = standings(normal[:, _SPEND], normal[:, _RATE], parameters.economics_spend_sigma, rate_spread)
        incidents = with_value(incidents, normal[:, _INCIDENTS], value, parameters.economics_incident_value)
        inert = with_value(inert, normal[:, _PROPENSITY], value, parameters.choice_propensity_value)
    trouble = special.gammaincinv(parameters.economics_incident_shape, incidents)
    propensity = propensities(inert, parameters.choice_propensity_a, parameters.choice_propensity_b)
    rows, centres = parameter_rows(parameters), segment_centres(parameters, key)
    _settle(
        people.person, people.relations, slots, rows, key, centres, awareness, firms,
        draws, normal, rate, rate_spread, trouble, dropout, propensity,
    )  # fmt: skip


@compiled_phase
def _settle(
    people: Person, relations: Relations, slots: IntArray, rows: Rows, key: int, centres: Floats, awareness: Floats,
    firms: IntArray, draws: Floats, normal: Floats, rate: Floats, rate_spread: float, trouble: Floats, dropout: Floats,
    propensity: Floats,
) -> None:  # fmt: skip
    """Write who the newcomers are into their rows; rate and trouble are standard gamma numbers."""
    parameters = rows[0]
    for place in range(slots.shape[0]):
        person = people[slots[place]]
        person.wants = wants_of(key, person.slot, person.generation, parameters.economics_category_need)
        need(person, parameters, centres, draws[place, SEGMENT], normal[place])
        economise(person, parameters, normal[place], rate[place], trouble[place])
        person.dropout = dropout[place]
        person.propensity = propensity[place]
        person.standing = standing_of(normal[place], parameters.economics_spend_sigma, rate_spread)
        temper(person, parameters, normal[place])
        keep_errors(person, key)
        begin_anew(person)
        for firm in range(relations.firms):
            relation = relations[slots[place]][firm]
            know_nothing(relation, parameters)
            keep_feeling_for(relation, person, key, firms[firm])
            if uniform(key, person.slot, person.generation, 0, AWARE, 0, firms[firm]) < awareness[firm]:
                relation.aware = 1


@rule
def wants_of(key: int, slot: int, generation: int, need: float) -> int:
    """Which further categories serve a need, a bit each. need: chance of each [share]"""
    wants = 0
    for category in range(FURTHER_CATEGORIES):
        if uniform(key, slot, generation, 0, WANTS, category, 0) < need:
            wants |= 1 << category
    return wants


@rule
def need(person: Person, parameters: CustomerParameters, centres: Floats, segment: float, normal: Floats) -> None:
    """Goal and importances of the dimensions."""
    home = min(int(segment * centres.shape[0]), centres.shape[0] - 1)
    between, within = square_root(parameters.needs_spread_between), square_root(1.0 - parameters.needs_spread_between)
    total = 0.0
    for k in range(DIMENSIONS):
        person.goal[k] = parameters.needs_spread * (between * centres[home, k] + within * normal[_GOAL + k])
        total += exp(parameters.needs_weight_spread * normal[_WEIGHT + k])
    for k in range(DIMENSIONS):
        person.weight[k] = exp(parameters.needs_weight_spread * normal[_WEIGHT + k]) / (total / DIMENSIONS)


@rule
def economise(person: Person, parameters: CustomerParameters, normal: Floats, rate: float, trouble: float) -> None:
    """Rate of purchases, spend, weight of the price, and rate of incidents."""
    sigma = parameters.economics_spend_sigma
    person.rate = parameters.economics_purchase_rate * rate / parameters.economics_rate_shape
    person.spend = lognormal(normal[_SPEND], parameters.economics_spend * exp(-0.5 * sigma * sigma), sigma)
    person.price_weight = lognormal(normal[_PRICE], parameters.economics_price_weight, parameters.economics_price_sigma)
    person.incident_rate = parameters.economics_incident_rate * trouble / parameters.economics_incident_shape


@rule
def standing_of(normal: Floats, spend_spread: float, rate_spread: float) -> float:
    """Standing of what a person spends a month: exact, since both parts are known as standard normal numbers."""
    both = spend_spread * normal[_SPEND] + rate_spread * normal[_RATE]
    return both / square_root(spend_spread * spend_spread + rate_spread * rate_spread)


@rule
def temper(person: Person, parameters: CustomerParameters, normal: Floats) -> None:
    """Loss aversion of at least 1, voice, talkativeness, susceptibility and boldness."""
    spread = parameters.temper_spread
    person.loss_aversion = 1.0 + lognormal(normal[_TEMPER], parameters.temper_loss_aversion - 1.0, spread)
    person.voice = min(1.0, lognormal(normal[_TEMPER + 1], parameters.temper_voice, spread))
    person.talk = lognormal(normal[_TEMPER + 2], parameters.temper_talk, spread)
    person.susceptibility = lognormal(normal[_TEMPER + 3], parameters.temper_susceptibility, spread)
    person.boldness = min(1.0, lognormal(normal[_TEMPER + 4], parameters.temper_boldness, spread))


@rule
def lognormal(normal: float, median: float, spread: float) -> float:
    """Lognormal number from a standard normal one; a spread of zero gives the median itself.

    >>> lognormal(1.3, 2.0, 0.0)
    2.0
    """
    return median * exp(spread * normal)


@rule
def begin_anew(person: Person) -> None:
    """Nothing has happened to this person yet."""
    person.present = 1
    person.categories = 1
    person.holds = person.told = person.offered = 0
    person.fatigue = 0.0
    person.owed = person.owed_since = person.held = 0
    person.discipline = 1.0
    person.burden = 0.0
    person.outcome = 0.5
    person.notice = person.turned_away = person.promoted = person.won_by = 0
    person.line = person.left_firm = person.grievance = person.bad_words = 0
    person.tenure = person.served_months = person.messages = 0
    person.complaints = 0
    person.supplier = person.last_firm = person.complaint_month = person.discount_until = NOBODY
    person.fit = person.depth = person.shortfall = 0.0


@rule
def know_nothing(relation: Relations, parameters: CustomerParameters) -> None:
    """Reset the relation with a firm that the customer does not know."""
    relation.satisfaction = relation.expectation = parameters.satisfaction_start
    relation.reputation = parameters.satisfaction_neutral
    relation.habit = relation.precision = 0.0
    relation.experience = 0
    relation.burned = relation.last_purchase = NEVER
    relation.contacted = relation.bought = 0
    relation.contribution = relation.billed = relation.history = 0
    relation.aware = 0
