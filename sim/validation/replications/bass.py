"""Bass on networks: everybody with everybody, pairs, small worlds and random ties, in steps of two lengths."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.validation.closed_forms_of_chains import bass_in_steps, bass_of_pairs
from sim.validation.closed_forms_of_spreading import bass_by_draws
from sim.validation.limits_diffusion import SPEAKS, spreading
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.replications.ties import complete_list
from sim.validation.row import Curve, Reading

AGES = (5, 10, 15)  # years at which the source's shares are read
ONE_TIE_EACH: dict[str, Any] = {"kind": "configuration", "degree": 1.0, "degree_spread": 0.0}


def adopted(setup: Setup, network: Mapping[str, Any], ties: float, cut: int, people: int) -> NDArray[np.float64]:
    """Adopters by step in the worlds of one run, shape (steps + 1, worlds).

    Args:
        setup: Where it is run.
        network: Section of the market.
        ties: Ties of a person. [count]
        cut: Steps of a year. [count]
        people: People of a world; as many worlds as fit the agents. [count]
    """
    p, q = setup.numbers["innovation"], setup.numbers["imitation"]
    worlds = max(1, setup.here.people // people)
    shape = {"months": setup.numbers["years"] * cut, "customers": people * worlds}
    run = spreading(setup.here, (p / cut, q / cut / SPEAKS / ties), network, shape)
    return np.asarray((run.panel["supplier"] >= 0).reshape(-1, worlds, people).sum(axis=2), float)


def complete_shares(setup: Setup, people: int, cut: int) -> NDArray[np.float64]:
    """Share of adopters by step in each complete network, shape (steps + 1, worlds)."""
    network = {"kind": "edge_list", "file": str(complete_list(setup.folder, people))}
    return adopted(setup, network, people - 1.0, cut, people) / people


def network_shares(setup: Setup, network: Mapping[str, Any]) -> NDArray[np.float64]:
    """Share of adopters by step of the fine steps on a network of all agents, shape (steps + 1,)."""
    cut, people = setup.numbers["cut"], setup.here.people
    return adopted(setup, network, float(network["degree"]), cut, people)[:, 0] / people


def ring(setup: Setup, rewiring: float) -> dict[str, Any]:
    """A ring of which a part of the ties is rewired."""
    return {"kind": "small_world", "degree": setup.numbers["degree"], "rewiring": rewiring}


def time_to(shares: NDArray[np.float64], part: float, cut: int) -> float:
    """Years until a share has adopted, between steps by straight lines. [years]

    >>> time_to(np.array([0.0, 0.2, 0.6]), 0.4, 1)
    1.5
    """
    return float(np.interp(part, shares, np.arange(len(shares)))) / cut


def read_bass(setup: Setup) -> Sequence[Reading]:
    """Shares at three ages, times to three shares, step bias, small worlds, and networks between the bounds."""
    numbers, cut = setup.numbers, setup.numbers["cut"]
    p, q, people, few = numbers["innovation"], numbers["imitation"], numbers["people"], numbers["few"]
    coarse, fine = complete_shares(setup, people, 1).mean(axis=1), complete_shares(setup, people, cut).mean(axis=1)
    steps, small = bass_by_draws(p / cut, q / cut, numbers["years"] * cut), complete_shares(setup, few, cut)
    pairs = network_shares(setup, ONE_TIE_EACH)
    exact, _ = bass_of_pairs(p / cut, q / cut, numbers["years"] * cut)
    yearly = bass_by_draws(p, q, numbers["years"])
    readings = [Reading(f"share at {age}, steps of a year", float(coarse[age]), float(yearly[age])) for age in AGES]
    readings += [
        Reading(f"share at {age}, fine steps", float(fine[age * cut]), float(steps[age * cut])) for age in AGES
    ]
    readings += [
        Reading(f"years to {part:g}", time_to(fine, part, cut), time_to(steps, part, cut)) for part in (0.1, 0.5, 0.9)
    ]
    bias = float(yearly[AGES[0]] - steps[AGES[0] * cut])
    readings.append(Reading("step bias at 5", float(coarse[AGES[0]] - fine[AGES[0] * cut]), bias))
    readings.append(Reading("share at 5, few people", float(small[AGES[0] * cut].mean())))
    readings.append(Reading("spread over worlds of few people at 5", float(small[AGES[0] * cut].std(ddof=1))))
    readings += [Reading(f"share at {age}, pairs", float(pairs[age * cut]), float(exact[age * cut])) for age in AGES]
    return [*readings, *_networks(setup, pairs)]


def _networks(setup: Setup, pairs: NDArray[np.float64]) -> list[Reading]:
    """Whether rewired ties speed adoption, and how far networks lie inside the bounds."""
    cut, years = setup.numbers["cut"], setup.numbers["years"]
    p, q = setup.numbers["innovation"], setup.numbers["imitation"]
    plain, small, random = (network_shares(setup, ring(setup, part)) for part in (0.0, 0.1, 1.0))
    low, high = bass_of_pairs(p / cut, q / cut, years * cut)[0], bass_in_steps(p / cut, q / cut, years * cut)
    inside = [
        min(float(line[age * cut] - low[age * cut]), float(high[age * cut] - line[age * cut]))
        for line in (plain, small, random)
        for age in AGES
    ]
    middle = AGES[1] * cut
    return [
        Reading("random ties less a ring at 10", float(random[middle] - plain[middle])),
        Reading("a tenth rewired less a ring at 10", float(small[middle] - plain[middle])),
        Reading("ring less pairs at 10", float(plain[middle] - pairs[middle])),
        Reading("distance to the nearer bound", min(inside)),
    ]


def draw_bass(setup: Setup) -> Curve:
    """The complete network in fine and in coarse steps and pairs, beside Bass and the bound of pairs."""
    p, q, cut = setup.numbers["innovation"], setup.numbers["imitation"], setup.numbers["cut"]
    years = np.arange(setup.numbers["years"] + 1)
    grown = np.exp(-(p + q) * years)
    apart = (q * np.exp(-2.0 * p * years) - p * grown) / (q - p)
    lines = {
        "Model": complete_shares(setup, setup.numbers["people"], cut).mean(axis=1)[::cut],
        "Bass": (1.0 - grown) / (1.0 + q / p * grown),
        "Model, yearly steps": complete_shares(setup, setup.numbers["people"], 1).mean(axis=1),
        "Model, pairs": network_shares(setup, ONE_TIE_EACH)[::cut],
        "Pairs in theory": 1.0 - apart,
    }
    return Curve("Share of adopters on networks, and Bass", "Year", years, lines)


BASS_RECIPE = Recipe(read_bass, draw_bass)
