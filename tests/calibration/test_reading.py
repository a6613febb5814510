"""Files as clients send them: what is guessed, what is dropped, and what is refused in one line."""

import gzip
import socket

import pandas as pd
import pytest

from sim import BadInput, calibrate
from tests.support.client_files import churn, ledger, payments, purchases

HEADING = "Kunden-Nr.;Bestelldatum;Umsatz €"


def german(log):
    """A purchase log with semicolons, decimal commas, thousands, day first and Western encoding."""
    lines = [HEADING]
    for row in log.itertuples():
        amount = f"{row.amount:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
        lines.append(f"{row.customer_id};{row.date:%d.%m.%Y};{amount} €")
    return "\r\n".join(lines)


@pytest.fixture(scope="module")
def log():
    return purchases(3, customers=400)


def test_separator_encoding_decimals_dates_columns_and_currency_are_guessed_and_shown(log, tmp_path):
    path = tmp_path / "umsatz.csv"
    path.write_bytes(german(log).encode("cp1252"))
    reading = calibrate("purchases", path).reading
    assert reading.guesses["separator"] == "semicolon" and reading.guesses["decimal sign"] == "comma"
    assert reading.guesses["encoding"] == "cp1252" and "day first" in reading.guesses["dates in Bestelldatum"]
    assert reading.columns == {"customer": "Kunden-Nr.", "date": "Bestelldatum", "amount": "Umsatz €"}
    assert reading.currency == "EUR"


def test_a_file_gives_the_same_numbers_in_every_format(log, tmp_path):
    (tmp_path / "a.csv").write_bytes(german(log).encode("cp1252"))
    with gzip.open(tmp_path / "a.csv.gz", "wt", encoding="utf-8") as file:
        file.write(log.to_csv(index=False, sep="\t"))
    log.to_parquet(tmp_path / "a.parquet")
    found = [calibrate("purchases", tmp_path / name).settings for name in ("a.csv", "a.csv.gz", "a.parquet")]
    assert found[0] and found[1] == pytest.approx(found[0]) and found[2] == pytest.approx(found[0])


def test_an_excel_sheet_is_read(tmp_path):
    pytest.importorskip("openpyxl")
    ledger(1).to_excel(tmp_path / "guv.xlsx", index=False)
    ledger(1).to_csv(tmp_path / "guv.csv", index=False)
    assert calibrate("ledger", tmp_path / "guv.xlsx").settings == pytest.approx(
        calibrate("ledger", tmp_path / "guv.csv").settings
    )


def test_merged_headings_are_refused_with_the_way_out(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Umsatz", None, "Kosten"], ["2023-01-01", 5, 6], ["2023-02-01", 5, 6]):
        book.active.append(row)
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(BadInput, match="merged headings cannot be read: give every column one name in one row"):
        calibrate("ledger", tmp_path / "x.xlsx")


def test_a_sheet_whose_only_heading_is_merged_over_all_columns_is_refused(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Umsatz und Kosten", None, None], ["2023-01-01", 5, 6], ["2023-02-01", 5, 6]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(BadInput, match="row 2: the first row holds values .* names of the columns is needed above"):
        calibrate("ledger", tmp_path / "x.xlsx")


def test_every_dropped_row_is_counted_and_the_first_are_shown(log, tmp_path):
    path = tmp_path / "x.csv"
    text = log.to_csv(index=False)
    path.write_text(text + text.splitlines()[1] + "\nc1,-5,2022-03-03\nc2,4,\nc3,1,2022-01-01,9\n")
    dropped = calibrate("purchases", path).reading.dropped
    assert dropped.total == 4 == sum(dropped.counts.values())
    assert all(dropped.first[reason] for reason in dropped.counts)


def test_a_column_can_be_named_instead(log, tmp_path):
    log.rename(columns={"customer_id": "x", "date": "y", "amount": "z"}).to_csv(tmp_path / "x.csv", index=False)
    columns = {"customer": "x", "date": "y", "amount": "z"}
    assert calibrate("purchases", tmp_path / "x.csv", columns).settings
    with pytest.raises(BadInput, match="no column was recognised as customer"):
        calibrate("purchases", tmp_path / "x.csv")


def test_several_purchases_a_day_are_one_day(log, tmp_path):
    twice = pd.concat([log, log.assign(amount=log["amount"] + 1)])
    log.to_csv(tmp_path / "once.csv", index=False)
    twice.to_csv(tmp_path / "twice.csv", index=False)
    rates = [
        calibrate("purchases", tmp_path / name).settings["market.economics.purchase_rate"]
        for name in ("once.csv", "twice.csv")
    ]
    assert rates[0] == pytest.approx(rates[1])


def test_the_second_contract_of_a_customer_is_counted_apart(tmp_path):
    table = churn(5)
    start = pd.Timestamp("2020-01-01")
    dates = pd.DataFrame({"customer_id": table["customer_id"], "start": start})
    end = start + pd.to_timedelta(table["tenure"] * 30.4375 + 1, unit="D")
    dates["end"] = end.where(table["churned"] == "yes")
    again = pd.DataFrame({"customer_id": [0, 1], "start": [pd.Timestamp("2023-06-01")] * 2, "end": [pd.NaT] * 2})
    pd.concat([dates, again]).to_csv(tmp_path / "abo.csv", index=False)
    dropped = calibrate("churn", tmp_path / "abo.csv").reading.dropped
    assert dropped.counts["a further contract of a customer who returned: the first one counts"] == 2


def test_a_column_of_dates_is_found_whatever_its_name(log, tmp_path):
    log.rename(columns={"date": "at"}).to_csv(tmp_path / "x.csv", index=False)
    assert calibrate("purchases", tmp_path / "x.csv").reading.columns["date"] == "at"


def test_what_is_known_of_a_customer_is_not_taken_for_the_customer(tmp_path):
    churn(5).drop(columns="customer_id").assign(customer_value=3).to_csv(tmp_path / "x.csv", index=False)
    assert "customer" not in calibrate("churn", tmp_path / "x.csv").reading.columns


@pytest.mark.parametrize(("name", "of_a_month"), [("tenure_days", 30.4375), ("tenure", 1.0)])
def test_the_unit_of_a_tenure_is_read_off_its_name(name, of_a_month, tmp_path):
    table = churn(5)
    table[name] = (table["tenure"] + 0.5) * of_a_month
    table.drop(columns=["tenure"] if name != "tenure" else []).to_csv(tmp_path / "x.csv", index=False)
    churn(5).to_csv(tmp_path / "months.csv", index=False)
    settings = [calibrate("churn", tmp_path / file).settings for file in ("x.csv", "months.csv")]
    assert settings[0] == pytest.approx(settings[1])


def rubbish(log):
    body = log.to_csv(index=False)
    mixed = log.assign(date=[f"{day:%d.%m.%Y}" if k % 3 else f"{day:%b %d, %Y}" for k, day in enumerate(log["date"])])
    return {
        "": "the file is empty",
        "just words\nand more\n": "no column was recognised",
        "a,b,c\n1,2,3\n": "no column was recognised",
        mixed.to_csv(index=False): "write all dates in one way",
        log.assign(amount=-1.0).to_csv(index=False): "no amount is above zero",
        log.assign(amount=0).to_csv(index=False): "no amount is above zero",
        log.assign(customer_id="one").to_csv(index=False): "one customer only",
        log.assign(date="soon").to_csv(index=False): "no column was recognised as date",
        body.replace("\n", " "): "no rows|heading|no column|two columns have the name",
        "\n".join(body.splitlines()[1:]): "the first row holds values|no column was recognised",
    }


def test_rubbish_ends_in_one_line_that_says_what_is_wrong(log, tmp_path):
    for number, (text, said) in enumerate(rubbish(log).items()):
        path = tmp_path / f"{number}.csv"
        path.write_text(text)
        with pytest.raises(BadInput, match=said) as trouble:
            calibrate("purchases", path)
        assert "\n" not in str(trouble.value)


@pytest.mark.parametrize("start", [b"", b"customer,date\nc1,"])
def test_a_line_without_an_end_is_refused_before_it_is_read(start, tmp_path):
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(start + b"x" * 3_000_000)
        file.truncate(5_000_000_000)
    with pytest.raises(BadInput, match="more than|no text|at most 1,073,741,824 are read"):
        calibrate("purchases", path)


def test_a_line_of_ten_million_bytes_inside_a_file_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("customer,date\n" + "c1,2022-01-01\n" * 10 + "x" * 10_000_000)
    with pytest.raises(BadInput, match="a line has more than 1,048,576 bytes"):
        calibrate("purchases", tmp_path / "x.csv")


def test_bytes_that_are_no_table_are_refused(tmp_path):
    for name, data in (
        ("a.xlsx", b"PK\x03\x04nothing"),
        ("b.gz", b"\x1f\x8bnothing"),
        ("c.parquet", b"PAR1nothing"),
        ("d.csv", bytes(200)),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadInput) as trouble:
            calibrate("ledger", tmp_path / name)
        assert "\n" not in str(trouble.value)


def test_no_calibration_opens_a_socket(tmp_path):
    """Every test of this room runs where a socket cannot be opened; here is that it could not."""
    with pytest.raises(AssertionError, match="a socket was opened"):
        socket.socket()
    payments(1, payers=200).to_csv(tmp_path / "x.csv", index=False)
    assert calibrate("payments", tmp_path / "x.csv").fits


@pytest.mark.slow
def test_two_million_rows_are_read_and_fitted(tmp_path):
    big = pd.concat([purchases(9, customers=3000).assign(copy=k) for k in range(230)])
    big["customer_id"] += big.pop("copy").astype(str)
    big.iloc[:2_000_000].to_csv(tmp_path / "big.csv", index=False)
    assert calibrate("purchases", tmp_path / "big.csv").settings
