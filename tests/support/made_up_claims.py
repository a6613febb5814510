"""A folder of a ledger of claims, made up for the tests of documents."""
# ruff: noqa: E501

import json

import pandas as pd

IDS = ("silo-experience", "voice-saves", "price-war")
VERDICTS = ("supported", "depends", "refuted")


def verdicts():
    rows = []
    for place, (name, verdict) in enumerate(zip(IDS, VERDICTS, strict=True)):
        effect = (0.034, 120_000.0, -45_000.0)[place]
        rows.append(
            {
                "id": name, "source": "L", "sentence": f"What the source says of {name}", "statement": f"What we test of {name}.",
                "verdict": verdict, "effect": effect, "low": 0.8 * effect, "high": 1.2 * effect,
                "unit": ("share/year", "EUR", "EUR")[place], "measure": ("attrition", "npv", "npv")[place],
                "direction": "higher", "smallest": 0.01, "world": "telecom", "worlds": "telecom, banking", "pairs": 20,
                "reach": (0.91, 0.55, 0.2)[place], "reach_low": (0.85, 0.45, 0.1)[place], "reach_high": (0.95, 0.64, 0.3)[place],
                "reach_worlds": 128, "reach_refuted": 0.05, "fails_where": f"where {name} has no walls",
                "registration": ("registered 2026-11-28", "registered 2026-11-28", "exploratory")[place],
                "definitional": "", "correlation": 0.8, "variance_ratio": 4.0, "search_bound": "", "other_way": "telecom",
                "control": "exactly zero", "mechanisms": "handoffs", "seconds": 12.0,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def tables():
    own = verdicts()
    effects = own.rename(columns={"id": "claim", "effect": "mean"})[
        ["claim", "world", "measure", "unit", "mean", "low", "high"]
    ]
    drivers = [("market.needs.spread", 0.6), ("market.service.recruit_time", -0.3), ("market.product.opportunity", 0.1)]
    phase = [
        ("when-it-pays", "walls", "firms.0.decisions.walls", x, "market.needs.spread", y, "cc", x - y, x - y - 0.3, x - y + 0.3,
         abs(x - y) > 0.3)
        for x in (0.0, 0.5, 1.0) for y in (0.4, 1.0, 1.6)
    ]  # fmt: skip
    silos = [("hand-offs", 30.0), ("late figures", 25.0), ("repair", -5.0), ("total", 50.0)]
    return {
        "verdicts": own,
        "effects": effects.assign(pairs=20, one="walls", other="none"),
        "drivers": pd.DataFrame(
            [(IDS[0], "attrition", name, value, value - 0.1, value + 0.1) for name, value in drivers],
            columns=["claim", "measure", "factor", "rank_correlation", "low", "high"],
        ),
        "phase": pd.DataFrame(
            phase,
            columns=[
                "question",
                "diagram",
                "x_path",
                "x",
                "y_path",
                "y",
                "winner",
                "difference",
                "low",
                "high",
                "resolved",
            ],
        ),
        "silos": pd.DataFrame(
            [(step, mean, mean - 4.0, mean + 4.0, "EUR/customer and year") for step, mean in silos],
            columns=["step", "mean", "low", "high", "unit"],
        ),
        "sobol": pd.DataFrame(
            [
                (name, value, value - 0.05, value + 0.05, value / 2, 0.1)
                for name, value in (("walls", 0.6), ("price", 0.3))
            ],
            columns=["factor", "total", "low", "high", "first", "noise_share"],
        ),
        "wall_heights": pd.DataFrame(
            [(height, 1e6 * (1 - height), 9e5 * (1 - height), 1.1e6 * (1 - height)) for height in (0.0, 0.5, 1.0)],
            columns=["height", "mean", "low", "high"],
        ),
        "break_even": pd.DataFrame(
            [("market.needs.spread", 0.4, 0.5, 14.0, False), ("market.needs.spread", 1.6, 0.5, None, True)],
            columns=["moderator", "level", "share", "month", "never"],
        ),
        "adoption": pd.DataFrame(
            [(who, "profit", 1e5, 9e4, 1.1e5, "EUR") for who in ("none", "one", "all")],
            columns=["adopters", "measure", "mean", "low", "high", "unit"],
        ),
        "answers": pd.DataFrame(
            [("when-it-pays", "When does it pay?", "It pays where needs differ.", "telecom", 5e4, 1e4, 9e4, "EUR")],
            columns=["id", "question", "answer", "world", "effect", "low", "high", "unit"],
        ),
    }


def write(folder, changes=None):
    """Write the folder; changes: by column of the verdicts, a value for the first claim"""
    folder.mkdir(parents=True, exist_ok=True)
    made = tables()
    for column, value in (changes or {}).items():
        made["verdicts"].loc[0, column] = value
    for name, table in made.items():
        table.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g", lineterminator="\n")
    about = {"kind": "claims", "version": "0.1.0", "code": "abc", "quick": True, "seed": 1, "seconds": 3.0, "claims": list(IDS),
             "questions": ["when-it-pays"], "share_supported": 1 / 3, "suspect": False}  # fmt: skip
    (folder / "claims.json").write_text(json.dumps(about), encoding="utf-8")
    return folder
