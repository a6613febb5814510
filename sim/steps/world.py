"""The world moves on: deaths, exits, newcomers, drift of needs, words heard, marketing received."""

from sim.compiling import rule
from sim.nature import Nature
from sim.randomness import (
    AWARE,
    DEATH,
    DRIFT,
    EXIT,
    NOTICE,
    REACH,
    REFILL,
    VALUE,
    normals,
    uniform,
)
from sim.rules.feeling import clipped, updated_expectation
from sim.rules.needs import drifted
from sim.rules.service import rank_of_value
from sim.rules.word_of_mouth import faded, updated_reputation
from sim.state import (
    CONTACTS_MASS,
    CONTACTS_TARGETED,
    DIMENSIONS,
    NOBODY,
    Clock,
    Network,
    Offers,
    Population,
    Scratch,
    Whole,
)
from sim.steps.common import leave, luck


@rule
def live_and_die(i: int, people: Population, nature: Nature, clock: Clock, tally: Whole) -> None:
    """A person dies, leaves the category, or takes an empty place, by the luck of the place: births are the same."""
    if people.present[i] == 0:
        if uniform(clock.key, i, 0, clock.month, REFILL, 0, 0) < nature.refill:
            people.present[i] = 2
        return
    dies = uniform(clock.key, i, 0, clock.month, DEATH, 0, 0) < nature.death
    if dies or uniform(clock.key, i, 0, clock.month, EXIT, 0, 0) < nature.category_exit:
        if people.supplier[i] != NOBODY:
            leave(i, people, clock, tally, True)
        people.present[i] = 0
        people.said[i] = 0
        people.generation[i] += 1


@rule
def drift(i: int, people: Population, nature: Nature, clock: Clock) -> None:
    """What the customer tries to achieve moves on."""
    if nature.needs_drift <= 0.0:
        return
    generation = int(people.generation[i])
    for half in range(DIMENSIONS // 2):
        first, second = normals(clock.key, i, generation, clock.month, DRIFT, half, 0)
        k = 2 * half
        people.goal[i, k] = drifted(people.goal[i, k], first, nature.needs_drift, nature.needs_spread)
        people.goal[i, k + 1] = drifted(people.goal[i, k + 1], second, nature.needs_drift, nature.needs_spread)


@rule
def gather(i: int, people: Population, network: Network, scratch: Scratch) -> None:
    """Count what the neighbours said last month, by firm and sign."""
    for firm in range(scratch.value.shape[0]):
        scratch.heard[firm, 0] = 0
        scratch.heard[firm, 1] = 0
    for place in range(network.start[i], network.start[i + 1]):
        message = int(people.said_before[network.ties[place]])
        if message > 0:
            scratch.heard[(message - 1) // 2, (message - 1) % 2] += 1


@rule
def hear(
    i: int, people: Population, network: Network, nature: Nature, offers: Offers, clock: Clock, scratch: Scratch
) -> None:
    """Words of others move reputations and make firms known."""
    gather(i, people, network, scratch)
    people.bad_words[i] = 0
    supplier = int(people.supplier[i])
    weight = clipped(nature.word_of_mouth_weight * float(people.susceptibility[i]))
    for firm in range(scratch.value.shape[0]):
        good, bad = scratch.heard[firm, 0], scratch.heard[firm, 1]
        if good + bad == 0:
            people.reputation[i, firm] = faded(
                people.reputation[i, firm], nature.satisfaction_neutral, nature.word_of_mouth_fading
            )
            continue
        people.reputation[i, firm] = updated_reputation(people.reputation[i, firm], good, bad, weight)
        if firm == supplier:
            people.bad_words[i] = min(100, bad)
        known = people.aware[i, firm] == 1
        if not known and luck(i, people, clock, AWARE, 0, offers.key[firm]) < nature.word_of_mouth_awareness:
            people.aware[i, firm] = 1


@rule
def estimated_rank(i: int, firm: int, people: Population, nature: Nature, offers: Offers, clock: Clock) -> float:
    """Standing of a customer's value as the firm estimates it: the higher the walls, the worse the estimate."""
    generation = int(people.generation[i])
    error = normals(clock.key, i, generation, 0, VALUE, 0, offers.key[firm])[0]
    noise = nature.belief_value_error * offers.walls[firm]
    spread = (nature.economics_spend_sigma**2 + noise**2) ** 0.5
    median = nature.economics_spend
    value = people.spend[i] * (1.0 + noise * error) if 1.0 + noise * error > 0.05 else 0.05 * people.spend[i]
    return rank_of_value(value, median, spread)


@rule
def be_reached(i: int, people: Population, nature: Nature, offers: Offers, clock: Clock, tally: Whole) -> None:
    """Marketing reaches the customer: awareness, promises, and offers made to newcomers only."""
    supplier = int(people.supplier[i])
    for firm in range(offers.key.shape[0]):
        people.contacted[i, firm] = 0
        chance = offers.reach_mass[firm] + offers.reach_targeted[firm]
        if chance <= 0.0:
            continue
        number = luck(i, people, clock, REACH, 0, offers.key[firm])
        targeted = offers.reach_targeted[firm] * 2.0
        if offers.reach_targeted[firm] > 0.0:
            targeted *= estimated_rank(i, firm, people, nature, offers, clock)
        if number < offers.reach_mass[firm]:
            tally[firm, CONTACTS_MASS] += 1
        elif number < offers.reach_mass[firm] + targeted:
            tally[firm, CONTACTS_TARGETED] += 1
        else:
            continue
        people.contacted[i, firm] = 1
        people.aware[i, firm] = 1
        if offers.promise[firm] > people.expectation[i, firm]:
            people.expectation[i, firm] = updated_expectation(
                people.expectation[i, firm], offers.promise[firm], nature.marketing_promise_effect
            )
    if supplier != NOBODY and people.tenure[i] > 0:
        notice_newcomer_offer(i, supplier, people, nature, offers, clock)


@rule
def notice_newcomer_offer(
    i: int, supplier: int, people: Population, nature: Nature, offers: Offers, clock: Clock
) -> None:
    """An existing customer may see what newcomers get."""
    discount = offers.newcomer_discount[supplier]
    if discount > 0.0 and luck(i, people, clock, NOTICE, 0, offers.key[supplier]) < nature.marketing_notice:
        people.satisfaction[i, supplier] = clipped(
            people.satisfaction[i, supplier] - nature.marketing_betrayal * discount
        )


@rule
def raise_expectations(i: int, people: Population, nature: Nature, offers: Offers) -> None:
    """Expectations follow the best quality in the market."""
    if nature.satisfaction_expectation_trend <= 0.0:
        return
    for firm in range(offers.key.shape[0]):
        best = offers.best_quality[firm]
        if best > people.expectation[i, firm]:
            people.expectation[i, firm] = updated_expectation(
                people.expectation[i, firm], best, nature.satisfaction_expectation_trend
            )
