"""What each customer brought by month adds up to what the firm's books say."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim import Market
from sim.cli import main
from sim.journeys.customer_months import CustomerMonths
from tests.support.worlds import small


@pytest.fixture(scope="module", params=["telecom", "grocery"])
def told(request):
    market = Market(small(request.param, months=15, market__death=0.02))
    market.watcher = (months := CustomerMonths()).look
    return market.run(), pd.DataFrame(months.columns())


def test_revenue_of_customers_is_the_revenue_of_the_firm(told):
    market, table = told
    mine = table.groupby(["month", "firm"]).revenue.sum() * market.world.weight
    books = market.monthly().set_index(["month", "firm"])
    assert np.allclose(mine, (books.revenue - books.discounts).loc[mine.index])


def test_margin_of_customers_is_revenue_less_goods_and_their_service(told):
    market, table = told
    mine = table.groupby(["month", "firm"]).margin.sum() * market.world.weight
    books = market.monthly().set_index(["month", "firm"])
    assert (mine <= (books.revenue - books.discounts - books.cost_goods).loc[mine.index] + 1e-6).all()


def test_rows_of_customers_are_as_many_as_the_firm_has(told):
    market, table = told
    mine = table.groupby(["month", "firm"]).is_customer.sum() * market.world.weight
    assert np.allclose(mine, market.monthly().set_index(["month", "firm"]).customers.loc[mine.index])


def test_newcomers_of_a_month_are_those_with_a_tenure_of_one(told):
    market, table = told
    mine = table[(table.is_customer == 1) & (table.tenure == 1)].groupby(["month", "firm"]).size() * market.world.weight
    books = market.monthly().set_index(["month", "firm"])
    assert (mine <= books.gross_adds.loc[mine.index]).all() and mine.sum() > 0


def test_the_command_writes_the_table_with_units(tmp_path):
    command = [
        "run",
        "telecom",
        "--customers",
        "60",
        "--years",
        "1",
        "--customers-table",
        "--out",
        str(tmp_path / "run"),
    ]
    assert main(command) == 0
    table = pq.read_table(tmp_path / "run" / "customer_months.parquet")
    assert table.schema.field("revenue").metadata == {b"unit": b"EUR"} and table.num_rows > 60


def test_the_table_needs_a_folder(capsys):
    assert main(["run", "telecom", "--customers-table"]) == 2
    assert "give --out DIR too" in capsys.readouterr().err
