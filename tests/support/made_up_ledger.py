"""Folders of claims made up for the tests of charts, without running a model."""

import json

import numpy as np
import pandas as pd
from scipy import stats

WORLDS = ("telecom", "banking", "software")
NAMES = ("silo-experience", "employees-first", "reputation-spiral", "whale")
MONTHS = {"silo-experience": "25-60", "whale": 120}
SENTENCE = "The more walls between departments, the worse the joined-up experience of customers"
STATEMENT = "A firm with full walls loses more customers a year than the same firm without walls."


def write_claims(folder, effect=1.0, claims=NAMES, seed=3, quick=False):
    """Write a folder of claims; effects are `effect` times a plausible size, 0 is a null world, -1 a reversed one."""
    rng = np.random.default_rng(seed)
    tables = {
        "verdicts": verdicts(effect, claims), "effects": effects(effect, claims, rng),
        "reach": reach(effect, claims, rng),
        "grids": grids(effect), **questions(effect, rng),
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    about = {
        "kind": "claims",
        "version": "0.1.0",
        "seed": 1,
        "quick": quick,
        "claims": list(claims),
        "tables": list(tables),
    }
    (folder / "claims.json").write_text(json.dumps(about))
    return folder


def word_of(effect):
    """The verdict of a made-up claim."""
    return "equivalent" if effect == 0 else "supported" if effect > 0 else "refuted"


def verdicts(effect, claims):
    word = word_of(effect)
    rows = []
    for place, claim in enumerate(claims):
        verdict = "depends" if place == 1 and effect else word
        share = {"supported": 0.81, "depends": 0.5, "refuted": 0.1, "equivalent": 0.02}[verdict]
        rows.append(
            {
                "id": claim, "source": "L, A", "sentence": SENTENCE, "statement": STATEMENT, "verdict": verdict,
                "effect": 0.021 * effect, "low": 0.021 * effect - 0.008, "high": 0.021 * effect + 0.008,
                "unit": "share/year", "measure": "attrition_annual", "direction": "higher", "smallest": 0.01,
                "world": "telecom", "worlds": 3, "pairs": 20, "reach": share, "reach_low": share - 0.1,
                "reach_high": share + 0.1, "reach_worlds": 64, "months": MONTHS.get(claim, 60),
                "fails_where": "Fails where hand-offs need no effort and links between departments cost nothing.",
                "registration": "registered 2026-11-29" if place != 2 else "exploratory", "definitional": "",
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def effects(effect, claims, rng):
    rows = []
    for claim in claims:
        for measure, unit, size, level in (
            ("attrition_annual", "share/year", 0.021, 0.12), ("profit", "EUR", -2.1e6, 1.3e7),
        ):  # fmt: skip
            for place, world in enumerate(WORLDS):
                half = 0.35 * abs(size)
                mean = effect * size * (1.0, 1.2, 0.3 if effect else 1.0)[place]
                rows.append(
                    (claim, world, measure, "walls", "no_walls", unit, mean, mean - half, mean + half, 20,
                     0.01 if unit != "EUR" else 5e5, level + mean, level, measure == "attrition_annual")
                )  # fmt: skip
    names = "claim world measure one other unit mean low high pairs smallest level_one level_other registered"
    return pd.DataFrame(rows, columns=names.split())


def reach(effect, claims, rng, worlds=64):
    parts = []
    for claim in claims:
        values = 0.021 * effect + (0.018 if effect else 0.003) * rng.normal(size=worlds)
        sign = np.where(np.abs(values) < 0.01, "within", np.where(values > 0, "claimed", "against"))
        columns = {"claim": claim, "measure": "attrition_annual", "world": range(worlds), "effect": values}
        parts.append(
            pd.DataFrame({**columns, "smallest": 0.01, "sign": sign, "needs.spread": rng.uniform(size=worlds)})
        )
    return pd.concat(parts)


def grids(effect):
    rows = []
    for world, peak in zip(WORLDS, (0.5, 0.25, 0.0), strict=True):
        for value in (0.0, 0.25, 0.5, 0.75, 1.0):
            mean = effect * 4e5 * (1.0 - 6.0 * (value - peak) ** 2)
            rows.append(
                ("silo-experience", world, "firms.0.decisions.walls", value, mean, mean - 2e5, mean + 2e5, "EUR")
            )
    for world in WORLDS:
        for value in (0.0, 0.5, 1.0, 1.5):
            mean = effect * (value - 0.7) * 0.02
            rows.append(("whale", world, "market.needs.spread", value, mean, mean - 0.006, mean + 0.006, "share/year"))
    return pd.DataFrame(rows, columns=["claim", "world", "path", "value", "mean", "low", "high", "unit"])


def questions(effect, rng):
    return {
        "phase": phase(effect), "contours": contours(effect), "break_even": break_even(effect, rng),
        "break_even_curves": break_even_curves(effect),
        "sobol": sobol(effect), "silos": silos(effect), "wall_heights": wall_heights(effect),
        "adoption": adoption(effect), "answers": answers(effect),
    }  # fmt: skip


def phase(effect):
    rows = []
    for diagram, (across, up) in {
        "needs-word": ("market.needs.spread", "market.word_of_mouth.strength"),
        "price-switch": ("market.economics.price_weight", "market.choice.switching_cost"),
    }.items():
        for x in np.linspace(0.2, 2.0, 7):
            for y in np.linspace(0.0, 1.0, 5):
                gap = effect * 5e6 * (x + 0.6 * y - 1.3)
                low, high = gap - 1.1e6, gap + 1.1e6
                winner = "customer_centric" if gap > 0 else "product_centric" if x < 1.1 else "osfa"
                rows.append(("when-it-pays", diagram, across, x, up, y, winner, gap, low, high, low > 0 or high < 0))
    names = "question diagram x_path x y_path y winner difference low high resolved"
    return pd.DataFrame(rows, columns=names.split())


def contours(effect):
    x = np.linspace(0.8, 1.2, 3)
    y = (1.3 - x) / 0.6
    return pd.DataFrame(
        {
            "question": "when-it-pays", "diagram": "needs-word", "one": "customer_centric", "other": "osfa",
            "x": x, "y": y, "low": y - 0.2, "high": y + 0.2,
        }
    )  # fmt: skip


def break_even(effect, rng):
    rows = []
    for moderator, levels in {"disruption": ("none", "four times"), "switching cost": ("low", "high")}.items():
        for place, level in enumerate(levels):
            for replicate in range(20):
                never = effect <= 0 or rng.uniform() < 0.1 + 0.4 * place
                month = np.nan if never else float(rng.integers(18, 70) + 20 * place)
                rows.append((moderator, level, replicate, month, never, effect * 1e6))
    return pd.DataFrame(rows, columns=["moderator", "level", "replicate", "month", "never", "gap"])


def break_even_curves(effect):
    month = np.arange(109)
    parts = []
    for moderator, levels in {"disruption": ("none", "four times"), "switching cost": ("low", "high")}.items():
        for place, level in enumerate(levels):
            mean = effect * 1e5 * (month**2 / 60.0 - (1.0 + place) * month)
            columns = {"month": month, "mean": mean, "low": mean - 2e6, "high": mean + 2e6}
            parts.append(pd.DataFrame({"moderator": moderator, "level": level, **columns}))
    return pd.concat(parts)


def sobol(effect):
    factors = ("needs_spread", "unit_cost", "handoff_need", "link_cost")
    totals = [0.52, 0.21, 0.14, 0.04] if effect else [0.02, 0.03, -0.01, 0.01]
    rows = [
        (factor, total, total - 0.06, total + 0.06, 0.7 * total, 0.18 if effect else 0.95)
        for factor, total in zip(factors, totals, strict=True)
    ]
    return pd.DataFrame(rows, columns=["factor", "total", "low", "high", "first", "noise_share"])


def silos(effect):
    steps = {"hand-offs": 8.0, "specialists": -4.0, "links and meetings": -1.5, "hidden facts": 5.0, "all else": 0.4}
    rows = [(step, effect * size, effect * size - 1.0, effect * size + 1.0) for step, size in steps.items()]
    total = effect * sum(steps.values())
    rows.append(("total", total, total - 1.5, total + 1.5))
    return pd.DataFrame(rows, columns=["step", "mean", "low", "high"]).assign(unit="EUR per customer and year")


def wall_heights(effect):
    height = np.linspace(0.0, 1.0, 6)
    worth = 2.4e7 - effect * 6e6 * (height - 0.4) ** 2
    best = int(worth.argmax())
    behind = worth[best] - worth
    return pd.DataFrame(
        {
            "height": height, "npv": worth, "low": worth - 4e5, "high": worth + 4e5, "behind_best": behind,
            "behind_low": behind - 3e5, "behind_high": behind + 3e5, "is_best": np.arange(6) == best,
            "may_be_best": behind <= 3e5, "unit": "EUR",
        }
    )  # fmt: skip


def adoption(effect):
    rows = []
    for measure, unit, level in (
        ("profit", "EUR", 4e6),
        ("price_paid", "ratio", 1.0),
        ("customer_surplus", "EUR", 9e6),
    ):
        for place, adopters in enumerate(("none", "one", "all")):
            gap = 0.1 * level * effect * place
            half, ends = 0.03 * level, 0.04 * level * (place > 0)
            rows.append(
                (
                    adopters,
                    measure,
                    level + gap,
                    level + gap - half,
                    level + gap + half,
                    unit,
                    gap,
                    gap - ends,
                    gap + ends,
                )
            )
    names = ["adopters", "measure", "mean", "low", "high", "unit", "difference", "difference_low", "difference_high"]
    return pd.DataFrame(rows, columns=names)


def answers(effect):
    ids = ("when-it-pays", "when-all-adopt", "how-long", "what-drives-it", "price-of-silos")
    return pd.DataFrame({"id": ids, "question": ids, "answer": "", "world": "telecom", "months": 120, "effect": effect})


def wilson(count, worlds):
    """Wilson's interval by its formula."""
    z, share = stats.norm.ppf(0.975), count / worlds
    middle = (share + z * z / (2 * worlds)) / (1 + z * z / worlds)
    half = z / (1 + z * z / worlds) * np.sqrt(share * (1 - share) / worlds + z * z / (4 * worlds**2))
    return middle - half, middle + half
