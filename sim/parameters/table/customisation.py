"""Numbers of customising offers: what it costs, and what firms believe that it is worth."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
CUSTOMISATION: tuple[P, ...] = (
    C("customisation.fixed_cost", "share of price", 0.005, 0.0, 0.5, ASSUMED, "Cost of customising one offer at all"),
    C("customisation.distance_cost", "share of price", 0.02, 0.0, 0.5, "assumed; 0-0.08 swept", "Cost per unit of distance that an offer is moved"),
    C("customisation.fit_value", "share of price", 0.35, 0.0, 3.0, "assumed; what firms believe", "Value per unit of fit that a firm expects when it chooses the depth"),
)
# fmt: on
