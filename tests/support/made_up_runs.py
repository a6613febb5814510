"""Tables of runs made up for the tests of statistics, without running a model."""

import itertools

import numpy as np
import pandas as pd


def runs_of(points, values, names, outcome="npv"):
    """One row per run from points, shape (points, factors), and outcomes, shape (points, replicates)."""
    count, replicates = np.shape(values)
    table = pd.DataFrame([row for row in points for _ in range(replicates)], columns=list(names))
    place = np.repeat(np.arange(count), replicates)
    number = np.tile(np.arange(replicates), count)
    return table.assign(
        key=[f"run-{point}-{k}" for point, k in zip(place, number, strict=True)],
        point=place,
        replicate=number,
        seed=1,
        status="ok",
        **{outcome: np.ravel(values).astype(float)},
    )


def crossed(levels, response, replicates, luck=0.0, noise=0.0, seed=3):
    """A full factorial whose replicates share luck: outcome = response + luck of the replicate + noise of the run."""
    rng = np.random.default_rng(seed)
    points = list(itertools.product(*levels.values()))
    shared = luck * rng.normal(size=replicates)
    values = [[response(*point) + shared[k] + noise * rng.normal() for k in range(replicates)] for point in points]
    return runs_of(points, values, levels)
