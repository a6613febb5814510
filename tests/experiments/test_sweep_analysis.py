"""`sim analyse`: the tables of a sweep, what is refused, and what is written."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim import BadInput, Contrast, Sweep
from sim.cli import main
from sim.experiments.sweep.store.cleaning import parts
from sim.experiments.sweep.store.parts import MONTHLY, RUNS
from tests.support.sweeps import here, tiny

OSFA = {"factor": "policy", "level": "osfa", "against": "product_centric", "outcome": "npv", "smallest": 1000}
ALOUD = {"bundles": {"as it is": {}, "said aloud": {"mechanisms.queue": True}}}
SAME = {"factor": "wording", "level": "said aloud", "against": "as it is", "outcome": "npv", "smallest": 1}
LOST = {"factor": "policy", "level": "osfa", "against": "product_centric", "outcome": "left", "smallest": 1,
        "where": {"spread": 0.5}}  # fmt: skip
FACTORS = {
    "policy": {"policies": ["product_centric", "osfa"]},
    "spread": {"path": "market.needs.spread", "values": [0.5, 1.0]},
    "wording": ALOUD,
}
CONTRASTS = {"osfa": OSFA, "wording": SAME, "lost": LOST}


def declared(**changed):
    return tiny(factors=FACTORS, contrasts=CONTRASTS, replications=4, **changed)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return here(declared(), tmp_path_factory.mktemp("analysed") / "out")


@pytest.fixture(scope="module")
def partly(made, tmp_path_factory):
    """The same sweep as another terminal sees it while it runs: nothing of the last replicate is there yet."""
    return copied(made, tmp_path_factory.mktemp("partly") / "out", lambda row: row["replicate"] < 3, "ok")


def copied(made, folder, keep, status):
    import shutil

    shutil.copytree(made.folder, folder)
    for path in parts(folder, RUNS):
        table = pq.read_table(path).to_pandas()
        kept = table.apply(keep, axis=1)
        if status == "ok":
            table = table[kept]
        else:
            table.loc[~kept, "status"] = status
        table.to_parquet(path)
    return Sweep(folder)


def asked(capsys, *words):
    status = main(["analyse", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_declared_contrasts_come_first_with_unit_interval_and_verdict(made, capsys):
    status, text, _ = asked(capsys, made.folder)
    assert status == 0
    order = [
        text.index(head) for head in ("in each cell: +", "Declared contrasts", "Health of the pairing", "Main effects")
    ]
    assert order == sorted(order)
    rows = [line.split() for line in text.splitlines() if line.startswith("  osfa ")]
    assert rows[0][1] == "EUR" and rows[1][-1] in ("better", "worse", "equivalent", "undecided")


def test_a_contrast_of_the_terminal_is_that_of_python(made, capsys):
    _, text, _ = asked(capsys, made.folder, "--json")
    told = json.loads(text)["tables"]["contrasts"][0]
    runs = made.runs
    wide = runs.groupby(["replicate", "policy"])["npv"].mean().unstack()
    assert told["mean"] == pytest.approx((wide["osfa"] - wide["product_centric"]).mean(), rel=1e-12)
    assert told["mean"] == made.contrast("osfa")["mean"].item()


def test_a_setting_without_effect_differs_by_exactly_zero(made):
    row = made.contrast("wording").iloc[0]
    assert (row["mean"], row["low"], row["high"], row["verdict"]) == (0.0, 0.0, 0.0, "equivalent")


def test_a_contrast_is_taken_where_it_was_declared(made):
    runs = made.runs[made.runs["spread"] == 0.5]
    wide = runs.groupby(["replicate", "policy"])["left"].mean().unstack()
    row = made.contrast("lost").iloc[0]
    assert row["mean"] == pytest.approx((wide["osfa"] - wide["product_centric"]).mean())
    assert row["where"] == "spread = 0.5"


def test_fewer_losses_are_better_because_the_measure_says_so(made):
    assert {one.name: one.direction for one in made.declared.contrasts} == {
        "osfa": "higher", "wording": "higher", "lost": "lower",
    }  # fmt: skip


def test_a_measure_that_is_neither_good_nor_bad_needs_a_direction():
    neutral = {"outcomes": {"price": {"measure": "price", "aggregation": "mean"}}, "factors": FACTORS}
    contrast = OSFA | {"outcome": "price"}
    with pytest.raises(BadInput, match=r"contrasts\.c\.direction"):
        tiny(contrasts={"c": contrast}, **neutral)
    assert tiny(contrasts={"c": contrast | {"direction": "lower"}}, **neutral).contrasts[0].direction == "lower"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"smallest": None}, "contrasts.c.smallest"),
        ({"smallest": 0}, "contrasts.c.smallest"),
        ({"where": {"policy": "osfa"}}, "contrasts.c.where.policy"),
        ({"where": {"spread": 7}}, "levels are 0.5, 1.0"),
        ({"against": "osfa"}, "the level itself"),
    ],
)
def test_a_contrast_that_makes_no_sense_is_refused_before_the_first_run(changed, told):
    with pytest.raises(BadInput, match=told):
        tiny(factors=FACTORS, contrasts={"c": OSFA | changed})


def test_every_table_has_units_and_a_meaning_for_every_column(made):
    found = made.analysis()
    assert set(found.tables) == {"grids", "contrasts", "contrasts_by_setting", "pairing", "effects", "divergence"}
    for table in found.tables.values():
        assert set(table.attrs["columns"]) == set(table.columns)
    assert set(found.tables["effects"]["unit"]) == {"EUR", "people"}
    assert made.runs.attrs["units"] == {"spread": "sd", "npv": "EUR", "left": "people"}
    assert made.monthly.attrs["units"] == {"spread": "sd", "profit": "EUR", "losses": "people"}


def test_the_pairing_tells_where_worlds_part_and_worlds_that_are_equal_never_do(made):
    parted = made.divergence("osfa")
    assert set(parted["part"]) == {"firms", "customers"} and (parted["month"] >= 1).all()
    assert len(made.divergence("wording")) == 0
    health = made.pairing("wording")
    assert (health["alike"] == 1.0).all() and (health["correlation"] > 0.999).all()


def test_a_contrast_of_ones_own_is_a_family_of_its_own(made):
    mine = Contrast("spread", 1.0, 0.5, "npv", smallest=1000)
    assert len(made.contrast(mine)) == 1 and len(made.contrast(mine, at="each")) == 4
    with pytest.raises(BadInput, match="Did you mean osfa"):
        made.contrast("osfaa")


def test_tables_are_written_with_a_dictionary(made, capsys):
    status, _, said = asked(capsys, made.folder, "--out")
    folder = made.folder / "analysis"
    assert status == 0 and str(folder / "contrasts.csv") in said
    back = pd.read_csv(folder / "contrasts.csv")
    assert back["mean"].tolist() == made.contrasts()["mean"].tolist()
    meanings = pd.read_csv(folder / "dictionary.csv")
    assert set(meanings.loc[meanings["table"] == "contrasts", "column"]) == set(back.columns)


def test_a_sweep_that_still_runs_is_analysed_by_its_whole_replicates_and_says_so(made, partly, capsys):
    status, text, _ = asked(capsys, partly.folder)
    assert status == 0 and "partial: 8 of 32 runs are waiting; 3 replicates are whole" in text
    assert partly.contrast("osfa")["pairs"].item() == 3
    assert set(partly.effects("npv")["replicates"]) == {3}


def test_a_failed_run_leaves_contrasts_and_refuses_effects(made, tmp_path, capsys):
    first = made.runs["key"][0]
    broken = copied(made, tmp_path / "out", lambda row: row["key"] != first, "failed")
    status, text, _ = asked(capsys, broken.folder)
    assert status == 1
    assert "Declared contrasts" in text and f"runs have no finite npv: {first}" in text


def test_contrasts_declared_after_runs_were_known_are_told(tmp_path):
    before = tiny(replications=2, contrasts={"osfa": OSFA})
    made = here(before, tmp_path / "out")
    assert made.analysis().notes == ()
    here(tiny(replications=2, contrasts={"osfa": OSFA | {"smallest": 5}}), tmp_path / "out")
    late, dropped = made.analysis().notes
    assert "osfa was declared as it is when 8 runs were known already" in late and "osfa" in dropped


def test_independent_random_numbers_are_told_and_have_no_divergence(tmp_path, capsys):
    made = here(tiny(replications=2, contrasts={"osfa": OSFA}, random_numbers="independent"), tmp_path / "out")
    status, text, _ = asked(capsys, made.folder)
    assert status == 0 and "independent by design" in text and "Where paired worlds part" not in text


def test_a_folder_that_is_no_sweep_is_refused_in_one_line(tmp_path, capsys):
    status, out, said = asked(capsys, tmp_path)
    assert (status, out, said.count("\n")) == (2, "", 1)
    assert "no sweep folder" in said


def test_an_empty_sweep_says_that_nothing_is_lived_yet(made, tmp_path, capsys):
    empty = copied(made, tmp_path / "out", lambda row: True, "ok")
    for room in (RUNS, MONTHLY):
        for path in parts(empty.folder, room):
            path.unlink()
    status, text, _ = asked(capsys, empty.folder)
    assert status == 1 and "32 of 32 runs are waiting" in text
    (empty.folder / "design.parquet").unlink()
    status, text, said = asked(capsys, empty.folder)
    assert (status, text) == (2, "") and "only just begun" in said


SCREEN = {
    "spread": {"path": "market.needs.spread", "range": [0.5, 1.5]},
    "taste": {"path": "market.choice.taste", "range": [0.2, 1.0]},
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("design", "table"),
    [({"kind": "saltelli", "points": 8}, "sobol"), ({"kind": "morris", "trajectories": 4}, "morris")],
)
def test_sensitivity_is_told_by_terminal_and_python_and_refuses_a_run_that_failed(tmp_path, capsys, design, table):
    made = here(tiny(factors=SCREEN, design=design, replications=2), tmp_path / "out")
    status, text, _ = asked(capsys, made.folder)
    assert status == 0 and f"{table.capitalize()} " in text
    found = getattr(made, table)("npv")
    assert set(found["factor"]) == set(SCREEN) and np.isfinite(found.iloc[:, 3].astype(float)).all()
    first = made.runs["key"][0]
    broken = copied(made, tmp_path / "broken", lambda row: row["key"] != first, "crashed")
    with pytest.raises(BadInput, match=first):
        getattr(broken, table)("npv")


@pytest.mark.long
def test_zero_lines_are_told_over_a_grid_of_two_numbers(tmp_path, capsys):
    grid = {"policy": FACTORS["policy"]} | {
        name: one | {"levels": 3} for name, one in SCREEN.items()
    }  # fmt: skip
    made = here(tiny(factors=grid, contrasts={"osfa": OSFA}, replications=2), tmp_path / "out")
    assert "zero_lines" in made.analysis().tables
    assert list(made.zero_line("osfa", "spread", "taste").columns) == ["across", "up", "low", "high", "rising"]
    assert made.contour("osfa", "spread", "taste").grid.attrs["units"] == {"across": "sd", "up": "sd"}


@pytest.mark.long
def test_bands_and_boxes_are_there_too(tmp_path):
    design = {"kind": "latin_hypercube", "points": 24}
    made = here(tiny(factors=SCREEN, design=design, replications=1), tmp_path / "boxes")
    pytest.importorskip("ema_workbench")
    found = made.boxes("npv", above=float(made.runs["npv"].median()))
    assert set(found["factor"]) <= set(SCREEN)
    with pytest.raises(BadInput, match="one bound"):
        made.boxes("npv")
    paired = here(tiny(contrasts={"osfa": OSFA}, replications=10, settings={"months": 3, "market.customers": 60,
                       "market.size": 600, "market.warm_up": 1}), tmp_path / "bands")  # fmt: skip
    curve = paired.bands("osfa", "profit", "north")
    assert curve["month"].tolist() == [1, 2, 3] and curve.attrs["units"]["mean"] == "EUR"
