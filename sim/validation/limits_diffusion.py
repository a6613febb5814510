"""Rows on diffusion: Bass on a complete network, on pairs, between these bounds, and what a seed is worth."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms_of_chains import bass_in_steps, bass_of_few, bass_of_pairs
from sim.validation.judging import ClosedForm, RightSign
from sim.validation.limit_worlds import firm
from sim.validation.limits_retention import proportion
from sim.validation.row import Control, Curve, Entry, Reading
from sim.validation.situation import Situation

SPEAKS = 0.36  # chance of an adopter, of a satisfaction of 0.6, to say something in a month
BASS = (0.03, 0.38)
BASS_OF_PAIRS = (0.03, 0.3)  # the same, as far as one person speaks
FEW = 61  # people of a complete network, all within reach of the most ties
WORLDS = 40
FAR_ENOUGH = 8  # months after which the bounds are further apart than the luck of some thousand people


def spreading(
    here: Situation, chances: tuple[float, float], network: Mapping[str, Any], shape: Mapping[str, Any]
) -> RecordedRun:
    """A firm that nobody knows: people hear of it by marketing, or from those who adopted; who knows it adopts.

    Args:
        here: Replicate.
        chances: To hear by marketing, and by one message that is said. [1/month]
        network: Section of the market.
        shape: Months, customers, and perhaps a share that has adopted at the start.
    """
    innovation, follows = chances
    given = dict(shape)
    market = {
        "economics": {"purchase_rate": 1.0, "spend": 1.0},
        "choice": {"entry": 1.0, "outside": -10.0},
        "marketing": {"contact_cost": 1.0},
        "network": network,
        "word_of_mouth": {
            "positive": 1.0, "negative": 0.0, "awareness": follows, "weight": 0.0,
        },
    }  # fmt: skip
    firms = [firm("only", given.pop("seeded", 0.0), 0.0, marketing=innovation)]
    return here.limit({"firms": firms, "on": ["advertising", "word_of_mouth"]} | given, market, ("supplier",))


def adopters(run: RecordedRun) -> NDArray[np.float64]:
    """Adopters by month, shape (months + 1,)."""
    return np.asarray((run.panel["supplier"] >= 0).sum(axis=1), float)


def complete(here: Situation, chances: tuple[float, float], months: int) -> NDArray[np.float64]:
    """Adopters by month in many small worlds in which everybody hears everybody, shape (worlds, months + 1)."""
    network = {"degree": float(FEW - 1), "rewiring": 0.0}
    innovation, imitation = chances
    follows = imitation / SPEAKS / (FEW - 1)
    worlds = []
    for world in range(WORLDS):
        at = Situation(here.bank, here.row, here.replicate * WORLDS + world, FEW, here.changes)
        worlds.append(adopters(spreading(at, (innovation, follows), network, {"months": months})))
    return np.array(worlds)


def read_complete(here: Situation) -> Sequence[Reading]:
    """Mean adopters after 5, 10 and 15 months against the chain of as few people."""
    chances = here.parameter(0, BASS[0], 0.01, 0.06), here.parameter(1, BASS[1], 0.1, 0.6)
    seen = complete(here, chances, 15).mean(axis=0)
    mean, spread = bass_of_few(FEW, (chances[0], SPEAKS, chances[1] / SPEAKS / (FEW - 1)), 15)
    return [
        Reading(f"adopters at {t}", float(seen[t]), float(mean[t]), float(spread[t] / np.sqrt(WORLDS)))
        for t in (5, 10, 15)
    ]


def draw_complete(here: Situation) -> Curve:
    """Share of adopters against the chain of few, the endless network in steps, and Bass in continuous time."""
    p, q = BASS
    months = np.arange(21)
    mean, _ = bass_of_few(FEW, (p, SPEAKS, q / SPEAKS / (FEW - 1)), 20)
    grown = np.exp(-(p + q) * months)
    lines = {
        "Model": complete(here, BASS, 20).mean(axis=0) / FEW, f"Chain of {FEW}": mean / FEW,
        "Bass in steps": bass_in_steps(p, q, 20), "Bass": (1.0 - grown) / (1.0 + q / p * grown),
    }  # fmt: skip
    return Curve("Share of adopters on a complete network", "Month", months, lines)


def pairs(here: Situation, chances: tuple[float, float], months: int) -> RecordedRun:
    """People with one tie each."""
    innovation, imitation = chances
    network = {"kind": "configuration", "degree": 1.0, "degree_spread": 0.0}
    return spreading(here, (innovation, imitation / SPEAKS), network, {"months": months})


def read_pairs(here: Situation) -> Sequence[Reading]:
    """Share of adopters among people with one tie each after 5, 10 and 15 months."""
    chances = here.parameter(0, BASS_OF_PAIRS[0], 0.01, 0.06), here.parameter(1, BASS_OF_PAIRS[1], 0.1, 0.36)
    seats = pairs(here, chances, 15).panel["supplier"]
    shares, both = bass_of_pairs(*chances, 15)
    readings = []
    for t in (5, 10, 15):
        together = float(np.sqrt(1.0 + (both[t] - shares[t] ** 2) / (shares[t] * (1.0 - shares[t]))))
        plain = proportion(f"share at {t}", seats[t] >= 0, float(shares[t]))
        readings.append(plain._replace(error=plain.error * together))  # the two of a pair adopt together
    return readings


def read_bounds(here: Situation) -> Sequence[Reading]:
    """How far diffusion on a small world lies inside the bounds, at the month in which it is nearest to one."""
    degree = float(round(here.parameter(0, 6.0, 4.0, 20.0) / 2.0) * 2)
    network = {"kind": "small_world", "degree": degree, "rewiring": 0.1}
    p, q = BASS
    run = spreading(here, (p, q / SPEAKS / degree), network, {"months": 15})
    share = adopters(run)[FAR_ENOUGH:] / here.people
    low, high = bass_of_pairs(p, q, 15)[0][FAR_ENOUGH:], bass_in_steps(p, q, 15)[FAR_ENOUGH:]
    return [Reading("distance to the nearer bound", float(np.minimum(share - low, high - share).min()))]


def read_seeding(here: Situation) -> Sequence[Reading]:
    """Adopters that a seed of two in a hundred adds in the end, and whether it brings adoption forward."""
    months, chances = 120, (here.parameter(0, 0.03, 0.05, 0.1), 0.1)
    network = {"kind": "small_world", "degree": 6.0, "rewiring": 0.1}
    runs = [adopters(spreading(here, chances, network, {"months": months, "seeded": part})) for part in (0.02, 0.0)]
    sooner = float((runs[0] - runs[1]).sum() > 0.0)
    return [
        Reading("expansion", float(runs[0][-1] - runs[1][-1]), 0.0, 0.5, False),
        Reading("adoption is brought forward", sooner, 1.0, 0.5, False),
    ]


SILENT = Control("nobody talks", {"mechanisms.word_of_mouth": False})
LIMITS_DIFFUSION_ROWS = (
    Entry("F5", "Adoption on a complete network follows Bass, in monthly steps and with few people",
        "Bass (1969), Management Science 15(5); chain-binomial form", ClosedForm(), read_complete, SILENT,
        agents=(FEW, FEW), replicates=(2, 30), picture=draw_complete),
    Entry("F5b-pairs", "Adoption of people with one tie each follows the two-node form",
        "Fibich and Levin (2023), in monthly steps", ClosedForm(), read_pairs, SILENT),
    Entry("F5b-bounds", "Diffusion on any network lies between pairs and the complete network",
        "Fibich and Levin (2023)", RightSign("distance to the nearer bound"), read_bounds, SILENT),
    Entry("C11", "Where all adopt in the end a seed brings adoption forward and adds no adopters",
        "Libai, Muller and Peres (2013), Journal of Marketing Research 50(2)", ClosedForm(tolerance="to the head"),
        read_seeding, Control("nobody is reached by marketing, so that words alone decide who adopts",
                              {"mechanisms.advertising": False}), agents=(1000, 5000), replicates=(2, 30)),
)  # fmt: skip
