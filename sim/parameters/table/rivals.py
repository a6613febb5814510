"""Numbers of firms that answer their rivals' success."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
RIVALS: tuple[P, ...] = (
    P("rivals.reply", "share/quarter", 0.25, 0.0, 1.0, ASSUMED, "Share of the way to the wanted price that a firm moves in a quarter"),
    P("rivals.price_pull", "1", 0.5, 0.0, 5.0, ASSUMED, "Relative price cut wanted per unit of customer base lost over a year"),
    P("rivals.promotion_pull", "share", 0.2, 0.0, 3.0, ASSUMED, "Further discount for newcomers wanted per unit of customer base lost over a year"),
)
# fmt: on
