"""Whether a transformation loses first and gains later, in sampled worlds, with its costs and without them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.experiments.parallel import side_by_side
from sim.experiments.studies.worlds import RunProgress, Sample, Study, about, drivers
from sim.model.phases import PhaseObserver
from sim.model.state import Floats
from sim.parameters import Scenario
from sim.parameters.table.transformation import PROGRAMME_PARAMETERS
from sim.simulation.warm_up import warmed_up

STUDY_MONTHS, DATE = 120, 12
COSTS = tuple(parameter.name for parameter in PROGRAMME_PARAMETERS if parameter.name.endswith((".cost", ".disruption")))
FREE_LEVERS: dict[str, Any] = {f"firms.0.{cost}": 0.0 for cost in COSTS}
TRANSFORMATION_ARMS: Mapping[str, dict[str, Any]] = {
    "as it is": {},
    "no disruption, programme or coordination costs": FREE_LEVERS | {"mechanisms.link_costs": False},
}
REPLICATIONS = 2
DIP = 1.0  # months of profit by which the cumulated gap must fall before it counts as a loss; smaller ones are luck


def transformation_study(sample: Sample, progress: RunProgress = None) -> Study:
    """The cumulated gap between a firm that sets out from product- to customer-centric and the same one that does not.

    Args:
        sample: The worlds.
        progress: Called with worlds done and worlds in all, once for each arm.
    """
    arms = [_arm(arm, settings, sample, progress) for arm, settings in TRANSFORMATION_ARMS.items()]
    worlds = pd.concat([sample.numbers.add_prefix("drawn_").assign(**arm) for arm in arms], ignore_index=True)
    real = worlds[worlds["arm"] == next(iter(TRANSFORMATION_ARMS))]
    importance = drivers("gap in months of profit", sample, real["gap"].to_numpy(float))
    record = about("transformation", sample) | {
        "months": STUDY_MONTHS,
        "date": DATE,
        "replications": REPLICATIONS,
        "dip": DIP,
    }
    return Study(worlds, summary_of(worlds), importance, record)


def _arm(arm: str, settings: dict[str, Any], sample: Sample, progress: RunProgress) -> dict[str, Any]:
    usual = {"months": STUDY_MONTHS, "mechanisms.transformation": True, "firms.0.policy": "transforming"} | settings
    dated = [
        world.with_settings(usual | {"firms.0.policy_settings.date": float(date)})
        for world in sample.worlds
        for date in (DATE, STUDY_MONTHS + 1)
    ]
    profits = _profits(dated, sample.seed, progress).reshape(len(sample.worlds), 2, STUDY_MONTHS)
    curves = [course(going, staying) for going, staying in profits]
    return {"arm": arm, **{name: [curve[name] for curve in curves] for name in curves[0]}}


def _profits(worlds: list[Scenario], seed: int, progress: RunProgress) -> Floats:
    """Discounted monthly profit of the focal firm, mean over replications, shape (worlds, months). [money]"""

    def live(task: tuple[Scenario, int], halt: PhaseObserver) -> Floats:
        market = warmed_up(task[0], seed, task[1])
        market.watcher = halt
        months = market.run().monthly()
        profit = months.loc[months["firm"] == task[0].firms[0].name, "profit"].to_numpy(float)
        return np.asarray(profit * (1.0 + task[0].market["discount_rate"]) ** -np.arange(1.0, len(profit) + 1.0))

    work = [(world, number) for world in worlds for number in range(REPLICATIONS)]
    profits = side_by_side(live, work, None, progress)
    return np.array(profits).reshape(len(worlds), REPLICATIONS, -1).mean(axis=1)


def course(going: Floats, staying: Floats) -> dict[str, float]:
    """How a transformation goes, in mean monthly profits of the firm that does not set out.

    Args:
        going: Discounted profit by month of the firm that sets out. [money]
        staying: The same of the firm that does not. [money]

    Returns:
        Deepest point of the cumulated gap and its month, the gap at the end, and the month from which the gap stays
        above nothing; NaN if there is none.

    >>> found = course(np.array([1.0, -1.0, 1.0, 4.0]), np.ones(4))
    >>> found["depth"], found["trough"], found["gap"], found["break_even"]
    (-2.0, 2.0, 1.0, 4.0)
    """
    unit = max(abs(float(staying.mean())), 1e-9)
    gap = np.cumsum(going - staying) / unit
    below = np.flatnonzero(gap < 0.0)
    even = float(below[-1] + 2) if len(below) else 1.0
    return {
        "depth": float(min(0.0, gap.min())), "trough": float(gap.argmin() + 1), "gap": float(gap[-1]),
        "break_even": even if even <= len(gap) else float("nan"),
    }  # fmt: skip


def summary_of(worlds: pd.DataFrame) -> pd.DataFrame:
    """How many worlds lose first and gain later, only gain, or never break even, by arm."""
    rows = []
    for arm, part in worlds.groupby("arm", sort=False):
        dips, ahead = part["depth"] < -DIP, part["gap"] > 0.0
        rows.append(
            {
                "arm": arm, "worlds": len(part), "dip": int(dips.sum()),
                "loss_first_gain_later": int((dips & ahead).sum()),
                "gain_without_a_dip": int((~dips & ahead).sum()), "never_ahead": int((~ahead).sum()),
                "median_depth": float(part["depth"].median()), "median_trough": float(part["trough"].median()),
                "median_break_even": float(part.loc[dips & ahead, "break_even"].median()),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)
