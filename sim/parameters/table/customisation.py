"""Numbers of customising offers: what it costs, and what firms believe that it is worth."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
CUSTOMISATION: tuple[P, ...] = (
    P("customisation.fixed_cost", "share of price", 0.005, 0.0, 0.5, ASSUMED, "Cost of customising one offer at all"),
    P("customisation.distance_cost", "share of price", 0.02, 0.0, 0.5, "assumed; 0-0.08 swept", "Cost per unit of distance that an offer is moved"),
    P("customisation.fit_value", "share of price", 0.35, 0.0, 3.0, "assumed; what firms believe", "Value per unit of fit that a firm expects when it chooses the depth"),
)
# fmt: on
