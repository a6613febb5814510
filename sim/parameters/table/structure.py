"""Numbers of structure: a firm divided by function, by product line or by customer segment."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
FORM_OF_A_FIRM: tuple[P, ...] = (
    P("organisation.form", "0, 1 or 2", 0.0, 0.0, 2.0, ASSUMED, "Whether the firm is divided by function (0), by product line (1) or by customer segment (2)"),
)
FORMS: tuple[P, ...] = (
    P("organisation.joined_walls", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of the walls between functions that is left inside a unit of a product line or of a segment"),
    P("organisation.unit_cost", "EUR/person/month", 0.1, 0.0, 1e4, ASSUMED, "Cost of managing one further unit, per person of the market"),
    P("organisation.segment_units", "count", 3.0, 1.0, 12.0, ASSUMED, "Units of a firm that is divided by segment"),
    P("organisation.segment_signal", "share", 0.5, 0.0, 5.0, ASSUMED, "How much more a unit learns of its customers' needs where all differences lie between segments and there are many units"),
    P("organisation.shared_learning", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of research and experience that units of segments share; the rest serves one of them alone"),
)
# fmt: on
