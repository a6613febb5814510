"""Numbers of what firms believe of customers: how fast they learn it, its errors, and asking for goals."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
BELIEF_PARAMETERS: tuple[P, ...] = (
    P("belief.base_signal", "1/month", 0.02, 0.0, 1.0, ASSUMED, "Precision gained per month without spending on intelligence"),
    P("belief.paid_signal", "1/month", 0.25, 0.0, 2.0, ASSUMED, "Largest precision gained per month from intelligence"),
    P("belief.spend_scale", "EUR", 1.0, 0.001, 1e4, ASSUMED, "Spending per customer and month that gives half of it"),
    P("belief.wall_loss", "share", 0.75, 0.0, 1.0, ASSUMED, "Share of the signal lost behind full walls"),
    C("belief.confidence", "ratio", 1.0, 0.2, 10.0, "assumed; 1 is calibrated", "Believed against true precision of firms' beliefs"),
    C("belief.value_error", "sd", 0.5, 0.0, 3.0, ASSUMED, "Error of a firm's estimate of what a customer spends, behind full walls, against the spread over people"),
)
GOALS_RESEARCH: tuple[P, ...] = (
    P("belief.goals_cost", "ratio", 3.0, 1.0, 20.0, ASSUMED, "Price of precision when customers are asked for their goals, against asking for preferences"),
    P("belief.goals_time", "months", 12.0, 1.0, 60.0, ASSUMED, "Time in which beliefs come to rest on what is asked for now"),
)
# fmt: on
