"""Cells, surfaces and tables for papers: means with intervals over replicates, the line of zero, and LaTeX."""

import numpy as np
import pandas as pd
import pytest

from sim.parameters import BadInput
from sim.statistics.cells import cell_means, contrast_values, end_differences, grids, outcome_values, spread_by_month
from sim.statistics.intervals import students_interval
from sim.statistics.surface import fit_surface
from sim.statistics.tidy_table import TidyTable
from tests.support.made_up_sweeps import POLICIES, X, Y, contrast, gap_at, monthly_sweep, runs_of, sweep

FACTORS = ("policy", X, Y)


@pytest.fixture(scope="module")
def runs():
    return runs_of(replicates=4)


def test_a_cell_is_the_mean_over_replicates_of_means_over_other_factors(runs):
    table = cell_means(outcome_values(runs, FACTORS, "npv"), [X], 1, "npv")
    here = runs[runs[X] == 0.5].groupby("replicate")["npv"].mean()
    row = table[table[X] == 0.5].iloc[0]
    assert row["mean"] == pytest.approx(here.mean())
    assert (row["low"], row["high"]) == pytest.approx(students_interval(here.to_numpy()))


def test_a_replicate_that_lacks_a_setting_is_left_out_of_the_cell(runs):
    failed = runs.copy()
    failed.loc[(failed["replicate"] == 0) & (failed[X] == 0.5) & (failed[Y] == 2.0), "status"] = "failed"
    table = cell_means(outcome_values(failed, FACTORS, "npv"), [X], 1, "npv")
    assert dict(zip(table[X], table["pairs"], strict=True))[0.5] == 3


def test_the_sign_of_a_cell_is_open_where_its_interval_holds_zero(runs):
    table = cell_means(contrast_values(runs, contrast(), FACTORS), [X, Y], 1, "gap")
    holds = (table["low"] <= 0.0) & (table["high"] >= 0.0)
    assert ((table["sign"] == "open") == holds).all() and holds.any() and not holds.all()


def test_an_unknown_factor_of_cells_is_refused(runs):
    with pytest.raises(BadInput, match="no factor of these runs"):
        cell_means(outcome_values(runs, FACTORS, "npv"), ["walls"], 1, "npv")


def test_grids_are_made_where_two_factors_vary_around_a_contrast(runs):
    table = grids(runs, [contrast(), contrast(name="at_two", where={Y: 2.0})], FACTORS, 1)
    assert set(table["contrast"]) == {"customer_against_product"} and len(table) == 24
    assert set(table.attrs["columns"]) == set(table.columns)


def test_end_differences_are_those_of_highest_and_lowest_level(runs):
    values = end_differences(outcome_values(runs, FACTORS, "npv"), X)
    keyed = runs.set_index(["policy", Y, "replicate", X])["npv"]
    assert values.loc[POLICIES[0], 2.0, 1] == pytest.approx(
        keyed[POLICIES[0], 2.0, 1, 1.5] - keyed[POLICIES[0], 2.0, 1, 0.25]
    )


def test_a_surface_through_a_plane_is_the_plane():
    rows = [
        {"policy": policy, X: x, Y: y, "replicate": k, "status": "ok", "key": f"{policy}{x}{y}{k}", "npv": at}
        for x in (0.25, 0.75, 1.5)
        for y in (2.0, 4.0, 8.0)
        for k in range(3)
        for policy, at in ((POLICIES[0], 0.0), (POLICIES[1], gap_at(x, y, 1.0) + 1e3 * k))
    ]
    surface = fit_surface(contrast_values(pd.DataFrame(rows), contrast(), FACTORS), X, Y)
    wanted = gap_at(surface.table[X], surface.table[Y], 1.0) + 1e3
    assert np.allclose(surface.table["mean"], wanted, atol=1e-3)
    assert surface.r_squared == pytest.approx(1.0) and surface.degree == 2
    half = students_interval(np.array([0.0, 1e3, 2e3]))[1] - 1e3
    assert np.allclose(surface.table["high"] - surface.table["mean"], half)


def test_a_surface_over_two_levels_is_refused(runs):
    with pytest.raises(BadInput, match="3 levels"):
        fit_surface(contrast_values(runs[runs[Y].isin([2.0, 4.0])], contrast(), FACTORS), X, Y)


def test_the_fan_has_quantiles_of_runs_by_month():
    made = monthly_sweep()
    table = made.fan("profit", by="policy")
    last = made.monthly.query("month == 24 and policy == 'customer_centric'")["profit"]
    row = table[(table["month"] == 24) & (table["policy"] == "customer_centric")].iloc[0]
    assert (row["q05"], row["median"], row["runs"]) == (last.quantile(0.05), last.median(), 12)


def test_spread_of_a_measure_that_is_not_kept_is_refused():
    with pytest.raises(BadInput, match="Did you mean"):
        spread_by_month(monthly_sweep().monthly, [], "profits")


def test_phase_and_line_have_a_column_for_each_factor_and_their_units():
    made = sweep(replicates=3)
    cells, lines = made.phase(X, Y, "customer_against_product"), made.line(X, "npv", by="policy")
    assert list(cells.columns[:2]) == [X, Y] and list(lines.columns[:2]) == ["policy", X]
    assert cells.attrs["units"] == {X: "sd", Y: "utility", "mean": "EUR", "low": "EUR", "high": "EUR"}


def test_an_outcome_or_contrast_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(BadInput, match="Did you mean attrition"):
        sweep(replicates=2).line(X, "atrition")


def test_latex_has_booktabs_units_and_intervals():
    table = TidyTable(
        pd.DataFrame({"needs_spread": [0.5], "mean": [-1.5], "low": [-2.0], "high": [0.25], "sign": ["open"]})
    )
    table.attrs["units"] = {"mean": "EUR"}
    lines = table.to_latex(caption="50 % of it", label="tab:a").splitlines()
    assert lines[:4] == ["\\begin{table}", "\\centering", "\\caption{50 \\% of it}", "\\label{tab:a}"]
    assert lines[4] == "\\begin{tabular}{rrll}"
    assert lines[6] == "needs spread & mean (EUR) & 95\\,\\% interval & sign \\\\"
    assert lines[8] == "0.5 & $-1.5$ & [$-2$, 0.25] & open \\\\"


def test_a_part_of_a_table_for_papers_is_one_too():
    assert isinstance(TidyTable({"a": [1, 2]}).head(1), TidyTable)
