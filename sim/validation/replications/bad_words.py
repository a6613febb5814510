"""Words of both signs: what blame by dissatisfied adopters costs, by how many they are, and by weak ties."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms_of_spreading import Words, value_of_words
from sim.validation.limits_diffusion import adopters, spreading
from sim.validation.replications.setup import Recipe, Setup
from sim.validation.replications.ties import group_list
from sim.validation.row import Curve, Reading

NEWEST_WORD_COUNTS = {  # reputation is the tone of the last month with words; a bad one is worth less than no supplier
    "market.word_of_mouth.weight": 1.0, "market.word_of_mouth.fading": 0.0, "market.word_of_mouth.positive_power": 1.0,
    "market.word_of_mouth.negative_power": 1.0, "market.satisfaction.neutral": 0.9,
    "market.choice.experience_weight": 15.0, "market.choice.outside": 9.0,
}  # fmt: skip
MANY_YEARS_CUT = 200  # steps of a year that stand for continuous time
DRAWN_BLAME = 2.0


def run_words(setup: Setup, blame: float, dissatisfied: float, network: Mapping[str, Any]) -> RecordedRun:
    """A market in which adopters speak well and ill.

    Args:
        setup: Where it is run.
        blame: Blame of the dissatisfied against praise of the satisfied. [ratio]
        dissatisfied: Part of the talk of an adopter that is that of somebody dissatisfied. [0-1]
        network: Section of the market.
    """
    numbers = setup.numbers
    speaks = numbers["imitation"] / numbers["cut"] / numbers["degree"]
    settings = NEWEST_WORD_COUNTS | {
        "market.word_of_mouth.positive": speaks,
        "market.word_of_mouth.negative": blame * speaks,
        "market.satisfaction.start": 1.0 - dissatisfied,
    }
    chances = numbers["innovation"] / numbers["cut"], 1.0
    return spreading(setup.changed(settings), chances, network, {"months": numbers["years"] * numbers["cut"]})


def value_of_run(setup: Setup, run: RecordedRun) -> float:
    """Present value of adoptions per person."""
    new = np.diff(adopters(run)) / len(run.panel["supplier"][0])
    years = np.arange(1, len(new) + 1) / setup.numbers["cut"]
    return float((new * np.exp(-setup.numbers["discount"] * years)).sum())


def random_network(setup: Setup) -> dict[str, Any]:
    """Ties to anybody."""
    return {"kind": "small_world", "degree": setup.numbers["degree"], "rewiring": 1.0}


def relative_values(setup: Setup, blame: float) -> NDArray[np.float64]:
    """Values by share of dissatisfied against the value without any, shape (shares,)."""
    network = random_network(setup)
    base = value_of_run(setup, run_words(setup, blame, 0.0, network))
    shares = setup.numbers["dissatisfied"]
    return np.array([value_of_run(setup, run_words(setup, blame, share, network)) for share in shares]) / base


def relative_in_theory(setup: Setup, blame: float, like_the_model: bool) -> NDArray[np.float64]:
    """The same by the mean field: of the source in short steps, or of the model's rules in its own steps."""
    numbers = setup.numbers
    cut = numbers["cut"] if like_the_model else MANY_YEARS_CUT
    values = [
        value_of_words(
            Words(numbers["innovation"], numbers["imitation"], blame, share, not like_the_model, like_the_model),
            numbers["discount"], numbers["years"], cut,
        )[0]
        for share in (0.0, *numbers["dissatisfied"])
    ]  # fmt: skip
    return np.array(values[1:]) / values[0]


def read_words(setup: Setup) -> Sequence[Reading]:
    """Values by dissatisfied adopters and by strength of blame, how they fall, and what weak ties add to the loss."""
    shares, readings = setup.numbers["dissatisfied"], []
    losses: NDArray[np.float64] = np.zeros(len(shares))
    for blame in setup.numbers["blame"]:
        values, expected = relative_values(setup, blame), relative_in_theory(setup, blame, True)
        losses = 1.0 - values
        readings += [
            Reading(f"value at blame {blame:g}, {100 * share:g} % dissatisfied", float(value), float(theory))
            for share, value, theory in zip(shares, values, expected, strict=True)
        ]
    early, late = losses[0] / shares[0], (losses[-1] - losses[0]) / (shares[-1] - shares[0])
    return [
        *readings,
        Reading("value lost to many dissatisfied less to few", float(losses[-1] - losses[0])),
        Reading("value lost per dissatisfied, at few less at more", float(early - late)),
        *_weak_ties(setup),
    ]


def _weak_ties(setup: Setup) -> list[Reading]:
    """What more weak ties add to the value without dissatisfied adopters, and to the loss by them."""
    most, blame, values = setup.numbers["dissatisfied"][-1], max(setup.numbers["blame"]), []
    for weak in setup.numbers["weak_ties"]:
        ties = group_list(setup.folder, setup.here.people, setup.numbers["group"], weak)
        network = {"kind": "edge_list", "file": str(ties)}
        values.append([value_of_run(setup, run_words(setup, blame, share, network)) for share in (0.0, most)])
    (few, few_bad), (many, many_bad) = values
    return [
        Reading("value by more weak ties, all satisfied", many - few),
        Reading("value lost with more weak ties less with fewer", (many - many_bad) - (few - few_bad)),
    ]


def draw_words(setup: Setup) -> Curve:
    """Value by share of dissatisfied adopters, beside the mean field of the source and that of the model's rules."""
    shares = np.array([0.0, *setup.numbers["dissatisfied"]])
    lines = {"Model": np.append(1.0, relative_values(setup, DRAWN_BLAME))}
    lines["Mean field, source"] = np.append(1.0, relative_in_theory(setup, DRAWN_BLAME, False))
    lines["Mean field, model's rules"] = np.append(1.0, relative_in_theory(setup, DRAWN_BLAME, True))
    return Curve(
        "Value of a product by dissatisfied adopters, twice as much blame as praise",
        "Share dissatisfied",
        shares,
        lines,
    )


BAD_WORDS_RECIPE = Recipe(read_words, draw_words)
