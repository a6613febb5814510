"""Which wall height is best in sampled worlds, with the advantages of walls and without them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.studies.worlds import (
    FIRST_CONFIRMING_REPLICATION,
    RunProgress,
    Sample,
    Study,
    about,
    drivers,
    values_of,
)
from sim.model.state import Floats
from sim.parameters import Scenario
from sim.statistics.intervals import students_interval

HEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
WALLS_PATH = "firms.0.decisions.walls"
WALL_ARMS: Mapping[str, dict[str, Any]] = {
    "as it is": {},
    "no advantage of walls": {
        "mechanisms.specialisation": False,
        "mechanisms.link_costs": False,
        "mechanisms.meetings": False,
    },
}
CONFIRMING = 6  # fresh replications for a world that seems to prefer some wall


def walls_study(sample: Sample, progress: RunProgress = None, policy: str = "product_centric") -> Study:
    """The best of five heights in every world, and whether fresh replications confirm that some wall beats none.

    Args:
        sample: The worlds.
        progress: Called with worlds done and worlds in all, once for each arm and stage.
        policy: Policy of the focal firm, save for its walls.
    """
    arms = [_arm(arm, settings, sample, progress, policy) for arm, settings in WALL_ARMS.items()]
    worlds = pd.concat([sample.numbers.add_prefix("drawn_").assign(**arm) for arm in arms], ignore_index=True)
    gaps = [
        (arm, worlds.loc[worlds["arm"] == arm, "npv_1"] - worlds.loc[worlds["arm"] == arm, "npv_0"])
        for arm in WALL_ARMS
    ]
    tables = [drivers(f"full walls minus none, {arm}", sample, gap.to_numpy(float)) for arm, gap in gaps]
    record = about("walls", sample) | {"policy": policy, "confirming": CONFIRMING}
    return Study(worlds, summary_of(worlds), pd.concat(tables, ignore_index=True), record)


def _arm(arm: str, settings: dict[str, Any], sample: Sample, progress: RunProgress, policy: str) -> dict[str, Any]:
    firms = [world.with_settings({"firms.0.policy": policy} | settings) for world in sample.worlds]
    walled = [world.with_settings({WALLS_PATH: height}) for world in firms for height in HEIGHTS]
    values = values_of(walled, (0,), sample.seed, progress).reshape(len(firms), len(HEIGHTS))
    best = values.argmax(axis=1)
    gains = _confirmation(firms, best, sample.seed, progress)
    columns: dict[str, Any] = {f"npv_{height:g}": values[:, place] for place, height in enumerate(HEIGHTS)}
    return {"arm": arm, **columns, "best": np.array(HEIGHTS)[best], **gains}


def _confirmation(firms: list[Scenario], best: np.ndarray, seed: int, progress: RunProgress) -> dict[str, Floats]:
    """Lead of the best height over no wall in fresh replications, with its 95 % interval; NaN where none is best."""
    gains = np.full((3, len(firms)), np.nan)
    places = np.flatnonzero(best)
    pairs = [firms[k].with_settings({WALLS_PATH: height}) for k in places for height in (HEIGHTS[best[k]], 0.0)]
    if pairs:
        numbers = range(FIRST_CONFIRMING_REPLICATION, FIRST_CONFIRMING_REPLICATION + CONFIRMING)
        values = values_of(pairs, numbers, seed, progress).reshape(len(places), 2, CONFIRMING)
        for k, gaps in zip(places, values[:, 0] - values[:, 1], strict=True):
            gains[:, k] = (gaps.mean(), *students_interval(gaps))
    return dict(zip(("lead", "lead_low", "lead_high"), gains, strict=True))


def summary_of(worlds: pd.DataFrame) -> pd.DataFrame:
    """Share of worlds in which each height is best, and how many of the walls are confirmed, by arm."""
    rows = []
    for arm, part in worlds.groupby("arm", sort=False):
        shares = {f"best_{height:g}": float((part["best"] == height).mean()) for height in HEIGHTS}
        seeming = int((part["best"] > 0.0).sum())
        rows.append(
            {
                "arm": arm, "worlds": len(part), **shares, "seem_to_prefer_walls": seeming,
                "clearly_better_walled": int((part["lead_low"] > 0.0).sum()),
                "clearly_worse_walled": int((part["lead_high"] < 0.0).sum()),
                "expected_by_chance": 0.025 * seeming,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
