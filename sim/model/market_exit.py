"""Firms that leave the market: their customers lose them, and nobody hears of them or chooses them any more."""

import numpy as np

from sim.model.customers.common import GONE
from sim.model.customers.supplier_exit import lose_supplier
from sim.model.firm.firm import Firm
from sim.model.firm.operations.service_desk import new_desk
from sim.model.month_context import PopulationMonth, contexts_of
from sim.model.state import NEVER, Int8Array, Population
from sim.model.world import World

FORGOTTEN = {"aware": 0, "contacted": 0, "bought": 0, "habit": 0.0, "history": 0, "last_purchase": NEVER}
NO_BUDGETS = {"marketing": 0.0, "newcomer_discount": 0.0, "retention_discount": 0.0}


def leave_market(world: World, month: PopulationMonth) -> None:
    """Firms whose exit was decided last month lose all customers at the start of this one."""
    for seat, firm in enumerate(world.firms):
        if firm.finance.exited == world.month:
            close_down(firm, world)
            places = np.flatnonzero((world.people.supplier == seat) & (world.people.present != 0)).tolist()
            for me in contexts_of(month, places):
                lose_supplier(me)
            forget_words(world.people, month.network.audible, seat)


def keep_out(world: World) -> None:
    """Nobody knows or chooses a firm that has left the market, newcomers neither."""
    for seat, firm in enumerate(world.firms):
        if firm.finance.has_exited:
            relations = world.people.relations
            for name, value in FORGOTTEN.items():
                if relations.is_kept(name):
                    relations[name][:, seat] = value
            relations["burned"][:, seat] = GONE


def close_down(firm: Firm, world: World) -> None:
    """A firm that has left the market has no staff and no budgets, and whatever ran in it stops."""
    firm.plan = firm.plan.changed(NO_BUDGETS)
    firm.promotion = 0.0
    firm.desk = new_desk(0.0, firm.plan.utilisation, world.market)
    firm.desk.pressure = 0.0
    firm.complaints = 0.0


def forget_words(people: Population, audible: Int8Array, seat: int) -> None:
    """What was said of the firm last month is not heard, and who had left it says so no more."""
    audible[np.isin(audible, (2 * seat + 1, 2 * seat + 2, -1 - seat))] = 0
    people.person["left_firm"][people.person["left_firm"] == seat + 1] = 0
