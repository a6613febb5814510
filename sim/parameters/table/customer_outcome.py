"""Numbers of the customers' own outcome: what supply and support do to their business, and what follows."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
CUSTOMER_OUTCOME: tuple[P, ...] = (
    C("outcome.pace", "1/month", 0.1, 0.01, 1.0, ASSUMED, "Speed at which the outcome of a customer's business follows what the month did to it", off={"outcome": 0.0}),
    C("outcome.spread", "sd", 0.15, 0.0, 0.5, ASSUMED, "Spread of how well businesses do by themselves"),
    C("outcome.usual_fit", "0-1", 0.7, 0.0, 1.0, ASSUMED, "Fit of a purchase that neither helps nor hurts the business of its buyer"),
    C("outcome.fit_effect", "1", 0.4, 0.0, 2.0, ASSUMED, "Outcome gained per unit of fit above that"),
    C("outcome.trouble", "1/incident", 0.1, 0.0, 1.0, ASSUMED, "Outcome lost by each incident that is open at the end of a month"),
    C("outcome.help", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Outcome gained by unlimited support of a customer whose goal is known"),
    P("outcome.support_scale", "EUR", 2.0, 0.001, 1e5, ASSUMED, "Support per customer and month that does half of what support can do"),
    C("outcome.blind", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of the effect of support that needs no knowledge of the goal"),
    C("outcome.buying", "1", 1.0, 0.0, 3.0, ASSUMED, "Relative change of purchase occasions per unit of outcome", off={"outcome": 0.0}),
    C("outcome.felt", "1", 0.2, 0.0, 1.0, ASSUMED, "Experience of use per unit of outcome above one half: whose business does well likes the supplier better", off={"outcome": 0.0}),
    C("outcome.failing", "1/month", 0.02, 0.0, 0.5, ASSUMED, "Chance that a business at outcome 0 fails; it falls to nothing at one half", off={"outcome": 0.0}),
)
# fmt: on
