"""Numbers of one firm: how it starts, its leadership, and decisions that a scenario may fix."""

from sim.parameters.decisions import DECISION_PARAMETERS as DECISIONS
from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.table.leadership import LEADERSHIP

# fmt: off
FIRM_ROWS: tuple[P, ...] = (
    P("offers.start_share", "share", 0.31, 0.0, 1.0, ASSUMED, "Share of the pool that it supplies at the start"),
    P("offers.quality", "0-1", 0.5, 0.0, 1.0, ASSUMED, "Common quality at the start"),
    P("offers.awareness", "share", 0.8, 0.0, 1.0, ASSUMED, "Share of the pool that knows the firm at the start"),
    P("money.cash", "EUR/person", 10.0, -1e6, 1e6, ASSUMED, "Cash at the start, per person of the market"),
    *LEADERSHIP,
    *DECISIONS,
)
# fmt: on
