"""Files of every kind that cannot be fitted are refused with the reason, or leave out what they do not tell."""

import os

import numpy as np
import pandas as pd
import pytest

from sim import BadInput, calibrate
from sim.calibration.kinds.choices import ChoicePanel
from sim.calibration.kinds.churn import CHURN_KIND
from sim.calibration.kinds.durations import durations
from sim.calibration.kinds.payments import PAYMENTS_KIND
from sim.calibration.reading import raw_table
from sim.calibration.reading.table_reading import read_table
from tests.support.client_files import WORLDS, choices, churn, network, payments, purchases, satisfaction, tickets


@pytest.fixture(scope="module")
def log():
    return purchases(3, customers=300)


def refusal(kind, table, path):
    table.to_csv(path, index=False)
    with pytest.raises(BadInput) as trouble:
        calibrate(kind, path)
    return str(trouble.value)


def test_a_column_without_dates_that_was_named_is_refused_by_its_name(log, tmp_path):
    log.to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(BadInput, match="column amount holds no dates; name the right column: --columns date=COLUMN"):
        calibrate("purchases", tmp_path / "x.csv", {"date": "amount"})


def test_decimal_commas_between_commas_are_refused_with_the_reason(tmp_path):
    (tmp_path / "x.csv").write_text("customer,date,amount\n" + "c1,2022-01-01,3,50\n" * 60)
    with pytest.raises(BadInput, match="numbers with decimal commas must be quoted"):
        calibrate("purchases", tmp_path / "x.csv")


def test_a_refusal_says_which_rows_were_left_out(tmp_path):
    table = pd.DataFrame({"customer": range(500), "start": "2022-01-01", "end": "2021-01-01"})
    assert "Left out: 500 rows: the end lies before the start" in refusal("churn", table, tmp_path / "x.csv")


SURVIVAL = {
    "all are gone": [0, 0, 0, 0, 0],
    "nobody left": [100, 100, 100, 100, 100],
    "more than before": [100, 80, 90, 70, 60],
    "too short": [100, 80, 70],
}


@pytest.mark.parametrize("why", SURVIVAL)
def test_a_survival_table_that_is_none_is_refused(why, tmp_path):
    table = pd.DataFrame({"year": range(len(SURVIVAL[why])), "alive": SURVIVAL[why]})
    assert "a survival table has a row for each" in refusal("churn", table, tmp_path / "x.csv")


def test_a_survival_table_with_a_gap_is_refused(tmp_path):
    table = pd.DataFrame({"year": [0, 1, 2, 4, 5], "alive": [100, 80, 70, 60, 55]})
    assert "a survival table has a row for each" in refusal("churn", table, tmp_path / "x.csv")


def test_the_unit_of_a_survival_table_is_read_off_its_name(tmp_path):
    alive = [100, 80, 68, 60, 54, 50]
    reading = {}
    for name in ("year", "month"):
        pd.DataFrame({name: range(6), "alive": alive}).to_csv(tmp_path / f"{name}.csv", index=False)
        reading[name] = read_table(tmp_path / f"{name}.csv", CHURN_KIND.roles, {"period": name})
    assert durations(reading["year"]).months == 12.0 and durations(reading["month"]).months == 1.0
    assert reading["month"].guesses["unit of period"] == "months"


@pytest.mark.parametrize(("late", "said"), [(1, "everybody was always late"), (0, "nobody was ever late")])
def test_payers_who_are_all_alike_are_refused(late, said, tmp_path):
    assert said in refusal("payments", payments(1, payers=60).assign(late=late), tmp_path / "x.csv")


def test_invoices_of_which_none_was_paid_are_refused(tmp_path):
    due = pd.Timestamp("2022-01-01") + pd.to_timedelta(range(400), unit="D")
    table = pd.DataFrame({"customer": [k % 50 for k in range(400)], "due_date": due, "paid_date": ""})
    assert "no invoice was ever paid" in refusal("payments", table, tmp_path / "x.csv")


def test_a_column_that_has_the_very_name_of_a_role_is_not_taken_for_an_earlier_one(tmp_path):
    due = pd.Timestamp("2022-01-01") + pd.to_timedelta(range(400), unit="D")
    paid = due + pd.to_timedelta([40 * (k % 3 == 0) for k in range(400)], unit="D")
    table = pd.DataFrame({"customer": [k % 50 for k in range(400)], "due_date": due, "paid_date": paid})
    table.to_csv(tmp_path / "x.csv", index=False)
    columns = read_table(tmp_path / "x.csv", PAYMENTS_KIND.roles, {}).columns
    assert columns == {"customer": "customer", "due": "due_date", "paid": "paid_date"}


SMALL = {
    "purchases": {"customers": 120}, "churn": {"customers": 300}, "payments": {"payers": 60},
    "choices": {"households": 40}, "network": {"people": 150, "contagion": (0.02, 0.4)}, "ledger": {},
    "satisfaction": {"people": 100}, "tickets": {"customers": 200},
}  # fmt: skip


def rubbish(table):
    """The table of a kind with wrong headings, nothing, zeros, or each cell in another's place."""
    cells = table.astype(str).to_numpy()
    shuffled = np.random.default_rng(7).permutation(cells.ravel()).reshape(cells.shape)
    return {
        "wrong headings": table.rename(columns={name: f"x{k}y" for k, name in enumerate(table)}),
        "empty cells": pd.DataFrame("", table.index, table.columns),
        "written nothing": pd.DataFrame("NULL", table.index, table.columns),
        "zeros": pd.DataFrame(0, table.index, table.columns),
        "shuffled cells": pd.DataFrame(shuffled, columns=table.columns),
        "no rows": table.head(0),
        "one row": table.head(1),
    }


RUBBISH = [(kind, what) for kind in WORLDS for what in rubbish(pd.DataFrame({"any": [0]}))]
RUBBISH.remove(("network", "shuffled cells"))  # two columns of any names are ties between them


@pytest.mark.parametrize(("kind", "what"), RUBBISH)
def test_rubbish_of_every_kind_ends_in_one_line_or_writes_no_number(kind, what, tmp_path):
    rubbish(WORLDS[kind](3, **SMALL[kind]))[what].to_csv(tmp_path / "x.csv", index=False)
    try:
        assert calibrate(kind, tmp_path / "x.csv").settings == {}
    except BadInput as trouble:
        assert "\n" not in str(trouble) and len(str(trouble)) < 1000


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("choices", choices(1, households=40).assign(household_id=1)),
        ("churn", churn(1, customers=400).assign(customer_id=1)),
        ("payments", payments(1, payers=40).assign(customer_id=1)),
        ("purchases", purchases(1, customers=100).assign(customer_id=1)),
    ],
)
def test_many_rows_of_one_customer_are_refused_as_that(kind, table, tmp_path):
    said = refusal(kind, table, tmp_path / "x.csv")
    assert any(words in said for words in ("one customer only", "one household only", "1 payer only"))


def test_a_heading_that_no_role_knows_is_shown_with_what_is_wanted(tmp_path):
    said = refusal("churn", pd.DataFrame({"aa": ["x", "y"], "bb": ["v", "w"]}), tmp_path / "x.csv")
    assert "no column was recognised; the file has aa, bb" in said and "tenure (months with the firm)" in said


def test_customers_who_were_never_there_for_a_period_are_refused(tmp_path):
    assert "nobody was with the firm for a whole period" in refusal(
        "churn", churn(1, customers=400).assign(tenure=0), tmp_path / "x.csv"
    )


@pytest.mark.parametrize("nothing", ["NaN", "NULL", "#N/A", ""])
def test_what_programs_write_for_nothing_is_no_person(nothing, tmp_path):
    ties = network(1, people=300)
    ties.loc[::5, "to_node"] = nothing
    ties.to_csv(tmp_path / "x.csv", index=False)
    dropped = calibrate("network", tmp_path / "x.csv").reading.dropped
    assert dropped.counts["target is missing or unreadable"] == len(ties.loc[::5])


def test_tickets_without_a_hand_off_are_refused(tmp_path):
    table = tickets(1, customers=300).assign(group="desk").drop(columns="customer_id")
    assert "no ticket changes its group" in refusal("tickets", table, tmp_path / "x.csv")


def test_years_of_adoption_are_refused(tmp_path):
    ties = network(1, people=300)
    years = ties.assign(from_adopted=[2000 + k % 9 for k in range(len(ties))], to_adopted=2004)
    assert "number them from 1 on" in refusal("network", years, tmp_path / "x.csv")


@pytest.mark.parametrize("second", [lambda answers: answers, lambda answers: 10 - answers])
def test_a_second_item_that_is_a_copy_or_the_opposite_says_nothing_of_noise(second, tmp_path):
    table = satisfaction(1, people=300)
    table.assign(recommend=second(table["satisfaction"])).to_csv(tmp_path / "x.csv", index=False)
    assert "market.survey.noise" not in calibrate("satisfaction", tmp_path / "x.csv").settings


def test_leaving_is_not_fitted_where_nobody_stayed(tmp_path):
    satisfaction(1, people=300).assign(left=1).to_csv(tmp_path / "x.csv", index=False)
    assert [fit.name for fit in calibrate("satisfaction", tmp_path / "x.csv").fits] == ["answers"]


@pytest.mark.filterwarnings("error")
def test_equal_amounts_give_no_correlation_and_no_warning(log, tmp_path):
    log.assign(amount=10.0).to_csv(tmp_path / "x.csv", index=False)
    spending = calibrate("purchases", tmp_path / "x.csv").fits[1]
    assert "correlation 0.00" in next(check.reason for check in spending.checks if check.name == "spend and frequency")


def test_habit_is_that_of_the_models_rule_for_each_household():
    chosen, begin = np.array([0, 1, 1, 2, 0, 2, 2]), np.array([0, 0, 0, 3, 4, 4, 4])
    habit, learning = np.zeros((7, 3)), 0.3
    for place in np.flatnonzero(np.arange(7) > begin):
        habit[place] = (1.0 - learning) * habit[place - 1]
        habit[place, chosen[place - 1]] += learning
    panel = ChoicePanel(chosen, np.ones((7, 3)), np.arange(7) - begin, ("a", "b", "c"), begin)
    assert panel.habit(learning) == pytest.approx(habit)


def test_a_pipe_is_refused_before_anybody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(BadInput, match="this is a device or a pipe, and no file"):
        calibrate("purchases", tmp_path / "pipe.csv")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('[{"customer": 1, "date": "2022-01-01"}]', "JSON"),
        ('{\n  "rows": []\n}', "JSON"),
        ("<!doctype html><table><tr><td>1,2</td></tr></table>", "HTML or XML"),
    ],
)
def test_what_is_written_for_programs_is_named_as_that(text, form, tmp_path):
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(BadInput, match=f"this is {form}, and no table"):
        calibrate("purchases", tmp_path / "x.csv")


def test_thousands_of_columns_are_refused_before_they_are_looked_at(tmp_path):
    (tmp_path / "x.csv").write_text(",".join(f"c{k}" for k in range(20_000)) + "\n" + ",".join("1" * 20_000) + "\n")
    with pytest.raises(BadInput, match="20,000 columns; at most 1,000 are read"):
        calibrate("purchases", tmp_path / "x.csv")


def test_a_small_parquet_file_with_more_cells_than_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(raw_table, "MOST_BYTES", 5_000_000)
    texts = pd.Series(["x" * 1_000]).repeat(10_000)
    pd.DataFrame({"customer": texts, "date": "2022-01-01"}).to_parquet(tmp_path / "x.parquet")
    assert (tmp_path / "x.parquet").stat().st_size < 1_000_000
    with pytest.raises(BadInput, match="more than 5,000,000 bytes of cells"):
        calibrate("purchases", tmp_path / "x.parquet")


def test_dates_of_no_calendar_are_unreadable_and_no_crash(log, tmp_path):
    days = [["0001-01-01", "9999-12-31"][k % 2] for k in range(len(log))]
    log.assign(date=days).to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(BadInput, match="date"):
        calibrate("purchases", tmp_path / "x.csv")


def test_control_signs_of_a_file_do_not_reach_the_terminal(log, tmp_path):
    (tmp_path / "x.csv").write_text("\x1b[31mwho,\x1b]0;title\x07when\n" + "a,b\n" * 60)
    with pytest.raises(BadInput) as trouble:
        calibrate("purchases", tmp_path / "x.csv")
    assert "\x1b" not in str(trouble.value) and "\x07" not in str(trouble.value)


def test_an_amount_beyond_every_currency_is_unreadable(log, tmp_path):
    log.assign(amount=1e308).to_csv(tmp_path / "x.csv", index=False)
    assert not {"market.economics.spend", "market.economics.spend_sigma"} & set(
        calibrate("purchases", tmp_path / "x.csv").settings
    )
