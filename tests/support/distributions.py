"""Whether two versions of the model agree in distribution: means and spreads of every measure over replications.

    python tests/support/distributions.py write FILE [REPLICATIONS]    in a checkout of each version
    python tests/support/distributions.py compare FILE FILE

A measure is the focal firm's mean over two years. Means are compared by their standard errors, spreads by the log of
the ratio of variances with the error that the kurtosis gives it, all comparisons together with a false-alarm rate of
one in a hundred (Bonferroni).
"""

import sys

import numpy as np
from scipy import stats

from sim import Market, Scenario

WORLDS = ("telecom", "grocery")
POLICIES = ("osfa", "product_centric", "customer_centric", "hybrid")
SIZE = {"market.customers": 300, "market.size": 3000, "market.warm_up": 12, "months": 24}
FALSE_ALARMS = 0.01


def outcomes(world, policy, replicate):
    """Mean of every measure of the focal firm over the months of one run."""
    scenario = Scenario.load(world).with_settings({**SIZE, "firms.0.policy": policy})
    months = Market(scenario, seed=replicate).run().monthly()
    return months[months.firm == months.firm.iloc[0]].mean(numeric_only=True)


def write(path, replications=200):
    """Run all replications of all policies and keep their outcomes."""
    kept = {}
    for world in WORLDS:
        for policy in POLICIES:
            runs = [outcomes(world, policy, replicate) for replicate in range(replications)]
            kept |= {f"{world} {policy} {name}": [run[name] for run in runs] for name in runs[0].index}
    np.savez(path, **kept)


def distances(one, other):
    """How far means and spreads lie apart, in standard errors; nan where nothing varies or the measure is missing."""
    one, other = one[np.isfinite(one)], other[np.isfinite(other)]
    if min(len(one), len(other)) < 20 or one.std() == 0.0 or other.std() == 0.0:
        return np.nan, np.nan
    mean = (other.mean() - one.mean()) / np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    error = sum((stats.kurtosis(runs, fisher=False) - 1.0) / len(runs) for runs in (one, other))
    return mean, np.log(other.var() / one.var()) / np.sqrt(max(error, 1e-12))


def compare(first, second):
    """Print what lies too far apart, and how many comparisons were made."""
    one, other = np.load(first), np.load(second)
    names = [name for name in one.files if name in other.files]
    apart = np.array([distances(one[name], other[name]) for name in names])
    bound = stats.norm.isf(FALSE_ALARMS / 2.0 / np.isfinite(apart).sum())
    for name, (mean, spread) in zip(names, apart, strict=True):
        if max(abs(np.nan_to_num(mean)), abs(np.nan_to_num(spread))) > bound:
            sys.stdout.write(f"APART {name}: mean {mean:.2f}, spread {spread:.2f} standard errors\n")
    for k, what in enumerate(("means", "spreads")):
        values = apart[np.isfinite(apart[:, k]), k]
        inside = (np.abs(values) < 1.96).mean()
        sys.stdout.write(f"{what}: {len(values)} compared, {inside:.1%} within 1.96, most {np.abs(values).max():.2f}, "
              f"bound {bound:.2f}\n")  # fmt: skip


if __name__ == "__main__":
    action, *rest = sys.argv[1:]
    if action == "write":
        write(rest[0], *map(int, rest[1:]))
    else:
        compare(*rest)
