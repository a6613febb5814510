"""What a firm knows of a person's spending: from its own books, from bought data, or nothing."""

from sim.model.customers.draws import draw_lasting_normals, draw_lasting_pair
from sim.model.equations.service import estimated_rank
from sim.model.month_context import MonthContext
from sim.model.randomness import BOUGHT_DATA, VALUE
from sim.model.state import EXPERIENCE_UNIT
from sim.numeric.compiling import as_float64, rule
from sim.numeric.mathematics import square_root


@rule
def variance_of_books(me: MonthContext, firm: int, books: float, bought_share: float) -> float:
    """Variance of what own books or bought data say of a person's spending, against people's; -1 where none does.

    Args:
        me: The month of the person.
        firm: Seat of the firm.
        books: 1 where the department sees the firm's books, 0 where a wall hides them.
        bought_share: Part of the people on whom data is bought. [share]
    """
    if me.parameters.belief_books <= 0.0:
        return 0.0
    wallet = 0.0 if me.parameters.contract > 0.0 else me.parameters.belief_wallet_error
    used = EXPERIENCE_UNIT * me.relations[firm].experience * books
    known = me.parameters.belief_books / used + wallet * wallet if used > 0.0 else -1.0
    if bought_share <= 0.0 or draw_lasting_pair(me, BOUGHT_DATA, 0, me.offers[firm].key)[0] >= bought_share:
        return known
    bought = me.parameters.belief_data_error * me.parameters.belief_data_error
    return bought if known < 0.0 else min(known, bought)


@rule
def rank_of_value(me: MonthContext, firm: int, walls: float, books: float, bought_share: float) -> float:
    """Rank of a person's spending as a department estimates it, by luck alone where nothing is known of the person.

    Args:
        me: The month of the person.
        firm: Seat of the firm.
        walls: Mean height of the walls to those who know. [0-1]
        books: 1 where the department sees the firm's books, 0 where a wall hides them.
        bought_share: Part of the people on whom data is bought. [share]
    """
    error = draw_lasting_normals(me, VALUE, 0, me.offers[firm].key)[0]
    variance, noise = variance_of_books(me, firm, books, bought_share), me.parameters.belief_value_error * walls
    if variance < 0.0:
        return estimated_rank(error, 0.0, 0.0)
    if variance > 0.0:
        noise = square_root(noise * noise + variance)
    return estimated_rank(as_float64(me.person.standing), error, noise)
