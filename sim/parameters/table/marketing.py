"""Numbers of marketing: what contacts cost, whom they reach, and what they do to expectations."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
MARKETING: tuple[P, ...] = (
    P("marketing.contact_cost", "EUR", 2.0, 0.001, 1e5, ASSUMED, "Price of reaching one person once by mass marketing"),
    P("marketing.targeting_cost", "ratio", 1.6, 1.0, 20.0, ASSUMED, "Price of a targeted contact against a mass contact"),
    P("marketing.most_reach", "share", 0.9, 0.0, 1.0, ASSUMED, "Most people that a medium can reach in a month"),
    C("marketing.notice", "share", 0.3, 0.0, 1.0, ASSUMED, "Chance per month that a customer notices an offer made to newcomers only", off={"betrayal": 0.0}),
    C("marketing.betrayal", "1", 0.1, 0.0, 3.0, "sign: Feinberg, Krishna and Zhang (2002); value assumed", "Satisfaction lost per unit of noticed newcomer discount", off={"betrayal": 0.0}),
    C("marketing.promise_effect", "share", 0.1, 0.0, 1.0, ASSUMED, "Share by which a contact moves expectations towards what is promised", off={"promises": 0.0}),
)
# fmt: on
