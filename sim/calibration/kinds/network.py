"""Network: an edge list gives the number of ties and how unequal they are; adoption times give contagion."""

import numpy as np
import pandas as pd
from scipy import special

from sim.calibration.goodness import compare_counts
from sim.calibration.likelihood import Maximum, coordinate, maximise
from sim.calibration.model_fit import FitPicture, FittedNumber, Kind, ModelFit
from sim.calibration.reading.roles import NUMBER, TEXT, Role
from sim.calibration.reading.table_reading import TableReading
from sim.calibration.rival_forecast import OutOfTime, chance_of_worse
from sim.model.state import Floats, IntArray
from sim.parameters.errors import BadInput

_LEAST_PEOPLE, _CELLS = 30, 12
_LEAST_ADOPTERS, _LEAST_ADOPTION_PERIODS, _MOST_ADOPTION_PERIODS = 20, 4, 600
_KINKS = 0.05  # step of differences of a log-likelihood on a grid
_DEGREES = "lognormal numbers of ties, rounded (the model's own rule), without people who have none"
_ADOPTION = "discrete contagion hazard p + q × share of neighbours who adopted (Bass 1969, on the network)"
_NORMAL = np.linspace(-4.5, 4.5, 361)
_WEIGHT = np.exp(-0.5 * _NORMAL**2) / np.exp(-0.5 * _NORMAL**2).sum()
_ROLES = (
    Role("source", TEXT, "one end of a tie", (
        "from node", "from person", "from", "source", "ego", "sender", "von", "quelle", "person a",
    )),
    Role("target", TEXT, "the other end", (
        "to node", "to person", "to", "target", "alter", "receiver", "an", "ziel", "person b",
    )),
    Role("source_adopted", NUMBER, "period in which the first end adopted", (
        "from adopted", "source adopted", "adopted from",
    ), required=False),
    Role("target_adopted", NUMBER, "period in which the other end adopted", (
        "to adopted", "target adopted", "adopted to",
    ), required=False),
)  # fmt: skip


def ties_of(reading: TableReading) -> tuple[pd.DataFrame, list[str]]:
    """Undirected ties, each once, as numbers of people; and their names.

    Raises:
        BadInput: Too few people.
    """
    table = reading.dropped.drop(
        reading.table, (reading.table["source"] == reading.table["target"]).to_numpy(bool), "a tie to oneself"
    )
    names = pd.unique(pd.concat([table["source"], table["target"]]))
    place = {name: k for k, name in enumerate(names)}
    ends = np.sort(np.column_stack([table["source"].map(place), table["target"].map(place)]).astype(int), axis=1)
    if len(names) < _LEAST_PEOPLE:
        raise BadInput(f"{reading.path}: {len(names)} people with ties; at least {_LEAST_PEOPLE} are needed")
    again = pd.DataFrame(ends).duplicated().to_numpy()
    reading.dropped.drop(table, again, "a tie named before, or from the other end")
    return pd.DataFrame(ends[~again], columns=["one", "other"]), [str(name) for name in names]


def degree_chances(at: Floats, most: int) -> Floats:
    """Chance of 1 to `most` ties, given at least one.

    Args:
        at: Logarithms of the mean and of the spread of the exact number before rounding.
        most: Largest number of ties.
    """
    spread = np.exp(at[1])
    exact = np.minimum(np.exp(at[0] + spread * _NORMAL - 0.5 * spread**2), most + 1.0)
    whole = np.floor(exact).astype(int)
    up = exact - whole
    chance = np.bincount(whole, _WEIGHT * (1.0 - up), most + 3) + np.bincount(whole + 1, _WEIGHT * up, most + 3)
    return np.asarray(chance[1 : most + 1] / max(1e-12, 1.0 - chance[0]))


def fit(reading: TableReading) -> tuple[ModelFit, ...]:
    """Ties, and contagion where adoption times are there.

    Raises:
        BadInput: Nothing can be fitted to such a file.
    """
    ties, names = ties_of(reading)
    degrees = np.bincount(ties.to_numpy().ravel(), minlength=len(names))
    fits = [_degrees(degrees, len(ties))]
    times = _adoption_times(reading, names)
    if times is not None and np.isfinite(times).sum() >= _LEAST_ADOPTERS:
        _refuse_periods(times, reading)
        fits.append(_contagion(ties, times))
    return tuple(fits)


def _refuse_periods(times: Floats, reading: TableReading) -> None:
    first, last = times.min(), times[np.isfinite(times)].max()
    if first < 0 or not _LEAST_ADOPTION_PERIODS <= last <= _MOST_ADOPTION_PERIODS:
        raise BadInput(
            f"{reading.path}: periods of adoption run from {first:g} to {last:g}; number them from 1 on, at least "
            f"{_LEAST_ADOPTION_PERIODS} and at most {_MOST_ADOPTION_PERIODS}"
        )


def _degrees(degrees: IntArray, ties: int) -> ModelFit:
    most = int(degrees.max())
    seen = np.bincount(degrees, minlength=most + 1)[1:].astype(float)
    start = [float(np.log(float(np.mean(degrees)))), float(np.log(max(0.1, float(np.std(np.log(degrees))))))]
    top = maximise(lambda at: float(seen @ np.log(np.maximum(1e-12, degree_chances(at, most)))), [start], _KINKS)
    expected = seen.sum() * degree_chances(top.point, most)
    alike = seen.sum() * np.exp(
        special.xlogy(np.arange(1, most + 1), float(np.mean(degrees)))
        - degrees.mean()
        - special.gammaln(np.arange(2, most + 2))
    )
    edges = np.unique(np.quantile(degrees, np.linspace(0.0, 1.0, _CELLS + 1)).astype(int))
    group = np.searchsorted(edges, np.arange(1, most + 1), side="right")
    cells = pd.DataFrame({"observed": seen, "model": expected, "rival": alike}).groupby(group).sum()
    middle = pd.Series(np.arange(1.0, most + 1)).groupby(group).min()
    mean, spread = top.positive(coordinate(0)), top.positive(coordinate(1))
    return ModelFit(
        "ties", _DEGREES, f"{len(degrees):,} people, {ties:,} ties",
        (
            FittedNumber("degree", mean, "mean number of ties", "market.network.degree"),
            FittedNumber("degree spread", spread, "inequality of the numbers of ties", "market.network.degree_spread"),
        ),
        (compare_counts("people by number of ties", cells["observed"].to_numpy(), cells["model"].to_numpy(), 2),), None,
        FitPicture(cells.assign(x=middle).reset_index(drop=True)[["x", "observed", "model", "rival"]],
                   "Ties of a person, from", "people", "all alike (Poisson)"),
        ("ties are taken as mutual", "people without ties are not in an edge list"),
        {"market.network.kind": "configuration"},
    )  # fmt: skip


def _adoption_times(reading: TableReading, names: list[str]) -> Floats | None:
    """Period of adoption of each person, infinite for nobody's; None where the file has none."""
    if not {"source_adopted", "target_adopted"} <= set(reading.table):
        return None
    table = reading.table
    known = pd.concat(
        [table.set_index("source")["source_adopted"], table.set_index("target")["target_adopted"]]
    ).groupby(level=0).min()  # fmt: skip
    return np.asarray(known.reindex(names).fillna(np.inf), float)


def _at_risk(ties: pd.DataFrame, times: Floats, periods: range) -> tuple[list[Floats], list[Floats]]:
    """By period, of those who had not adopted: share of neighbours who had, and who adopted then."""
    degree = np.maximum(1.0, np.bincount(ties.to_numpy().ravel(), minlength=len(times)))
    ends = np.vstack([ties.to_numpy(), ties.to_numpy()[:, ::-1]])
    exposure, adopted = [], []
    for period in periods:
        before = np.bincount(ends[:, 0], (times[ends[:, 1]] < period).astype(float), len(times)) / degree
        risk = times >= period
        exposure.append(before[risk])
        adopted.append((times[risk] == period).astype(float))
    return exposure, adopted


def _contagion(ties: pd.DataFrame, times: Floats) -> ModelFit:
    last = int(times[np.isfinite(times)].max())
    first = int(min(1, times[np.isfinite(times)].min()))
    exposure, adopted = _at_risk(ties, times, range(first, last + 1))
    top = _fit_hazard(exposure, adopted)
    seen, wanted = np.array([part.sum() for part in adopted]), _expected_adopters(top, exposure)
    table = pd.DataFrame(
        {"x": np.arange(first, last + 1.0), "observed": seen, "model": wanted, "rival": np.append(seen[0], seen[:-1])}
    )
    never = float((~np.isfinite(times)).sum())
    return ModelFit(
        "contagion", _ADOPTION, f"{int(seen.sum()):,} adopters, {never:,.0f} others, {len(seen)} periods",
        (FittedNumber("p", top.positive(coordinate(0)), "chance to adopt alone, by period"),
         FittedNumber("q", top.positive(coordinate(1)), "extra chance when all neighbours have")),
        (compare_counts("adopters by period", np.append(seen, never),
                        np.append(wanted, max(0.0, seen.sum() + never - wanted.sum())), 2),),
        _forecast(exposure, adopted),
        FitPicture(table, "Period", "adopters", "the period before"),
        ("contagion has no parameter of its own in the model: words, awareness and satisfaction make it",),
    )  # fmt: skip


def _fit_hazard(exposure: list[Floats], adopted: list[Floats]) -> Maximum:
    shares, events = np.concatenate(exposure), np.concatenate(adopted)

    def log_likelihood(at: Floats) -> float:
        hazard = np.clip(np.exp(at[0]) + np.exp(at[1]) * shares, 1e-12, 1.0 - 1e-9)
        return float(events @ np.log(hazard) + (1.0 - events) @ np.log1p(-hazard))

    return maximise(log_likelihood, [[-3.0, -2.0], [-4.0, -1.0]])


def _expected_adopters(top: Maximum, exposure: list[Floats]) -> Floats:
    p, q = np.exp(top.point)
    return np.array([(p + q * part).sum() for part in exposure])


def _forecast(exposure: list[Floats], adopted: list[Floats]) -> OutOfTime:
    """Adopters of the second half, each period from the neighbours who had adopted by then, fitted to the first."""
    half = len(adopted) // 2
    expected = _expected_adopters(_fit_hazard(exposure[:half], adopted[:half]), exposure[half:])
    seen = np.array([part.sum() for part in adopted])
    off, plain = (np.abs(guess - seen[half:]) for guess in (expected, seen[half // 2 : half].mean()))
    return OutOfTime(
        f"adopters by period in the last {len(seen) - half}, one period ahead, fitted before",
        "the mean of the last period", float(off.mean()), float(plain.mean()), "people", chance_of_worse(off, plain),
    )  # fmt: skip


NETWORK_KIND = Kind(
    "network", "an edge list: one row a tie, with periods of adoption or without", _ROLES, fit, "telecom",
    ("network", "ties", "edges", "edge", "netzwerk", "kanten"),
)  # fmt: skip
