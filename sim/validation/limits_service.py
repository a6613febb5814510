"""Rows on the desk and on accounts: waits of a queue, and receivables that age."""

from collections.abc import Sequence

import numpy as np

from sim.validation.bank import RecordedRun
from sim.validation.closed_forms import erlang_wait
from sim.validation.closed_forms_of_chains import ageing_of_accounts
from sim.validation.judging import ClosedForm, Within
from sim.validation.limit_worlds import PEOPLE_PER_AGENT, firm
from sim.validation.limits_retention import average, proportion
from sim.validation.row import Control, Entry, Reading
from sim.validation.situation import Situation

HOURS, HOURS_PER_HEAD = 0.2, 100.0  # so short that a month without any incident does not happen
TRIES = 3


def desk(here: Situation, servers: float, load: float) -> RecordedRun:
    """A desk of so many servers for whom the market's incidents are so much work. load: of a server [ratio]"""
    people = PEOPLE_PER_AGENT * here.people
    incidents = servers * load * HOURS_PER_HEAD / HOURS / people
    service = {"hours": HOURS, "hours_per_head": HOURS_PER_HEAD, "turnover": 0.0, "staffing_time": 24.0,
               "quality_effect": 0.0, "rework": 0.0, "handoff_need": 0.0, "complexity": 0.0,
               "escalation_hours": 0.0}  # fmt: skip
    market = {"service": service, "economics": {"incident_rate": incidents, "incident_shape": 100.0}}
    shape = {"months": 1, "firms": [firm("only", 1.0, utilisation=load)], "on": ["incidents", "queue"]}
    return here.limit(shape, market)


def waits(run: RecordedRun) -> tuple[float, float]:
    """Wait in service times, and the load that the desk really had."""
    return float(run.firm("wait_mean")[0]) * HOURS_PER_HEAD / HOURS, float(run.firm("utilisation")[0])


def read_single(here: Situation) -> Sequence[Reading]:
    """Wait of one server in service times, at the load that it had."""
    wait, load = waits(desk(here, 1.0, here.parameter(0, 0.8, 0.5, 0.95)))
    return [Reading("wait in service times", wait, load / (1.0 - load), 0.01 * load / (1.0 - load), False)]


def read_many(here: Situation) -> Sequence[Reading]:
    """Wait of ten servers against Erlang's formula at the load that they had."""
    wait, load = waits(desk(here, 10.0, 0.8))
    return [Reading("ratio to Erlang's wait", wait / erlang_wait(10, 10.0 * load))]


def read_accounts(here: Situation) -> Sequence[Reading]:
    """Share of first accounts that are written off, and months until they are closed."""
    pays, reminded = here.parameter(0, 0.7, 0.4, 0.9), here.parameter(1, 1.0 / 6.0, 0.0, 0.5)
    credit = {"terms": 1.0, "reminder_effect": reminded, "laxity": 0.0, "write_off": float(TRIES - 1), "recovery": 0.0,
              "ledger_error": 0.0, "posting_delay": 0.0}  # fmt: skip
    market = {"credit": credit, "temper": {"payment_reliability": pays, "payment_spread": 0.0}}
    firms = [firm("only", 1.0, reminders=1.0, hold_after=0.0)]
    run = here.limit(
        {"months": TRIES + 1, "firms": firms, "on": ["invoices"]}, market, ("owed_since", "owed", "billed")
    )
    since, first = run.panel["owed_since"][1:], run.panel["owed_since"][1]
    open_months = (since == first).cumprod(axis=0).sum(axis=0)
    later = 1.0 - (1.0 - pays) * (1.0 - reminded)
    bad, periods = ageing_of_accounts(np.array([pays, later, later]))
    owed = run.panel["billed"][TRIES, :, 0].astype(float)  # of all bills until the month of writing off
    lost = 100.0 * run.firm("bad_debt")[-1] / owed.mean()
    written_off = np.arange(here.people) < round(lost)
    return [
        proportion("written off", written_off, bad),
        average("months until closed", open_months.astype(float), periods),
    ]


LIMITS_SERVICE_ROWS = (
    Entry("F7b", "Waits of one server are ρ / (1 − ρ) service times", "M/M/1 queue",
        ClosedForm(tolerance="1 % (waits are counted in millionths of a month)"), read_single,
        Control("the desk has unlimited hours", {"mechanisms.queue": False}), agents=(20_000, 20_000),
        replicates=(2, 10)),
    Entry("F7", "Waits of ten servers at a load of 0.8 are near Erlang's", "Erlang (1917); Sakasegawa (1977)",
        Within(0.9, 1.1, 1.0), read_many, Control("the desk has unlimited hours", {"mechanisms.queue": False}),
        agents=(20_000, 20_000), replicates=(2, 30)),
    Entry("F10", "Accounts that age are paid or written off as the absorbing chain says: N = (I − Q)⁻¹",
        "Cyert, Davidson and Thompson (1962), Management Science 8(3)", ClosedForm(), read_accounts,
        Control("customers differ in how reliably they pay", {"market.temper.payment_spread": 1.5})),
)  # fmt: skip
