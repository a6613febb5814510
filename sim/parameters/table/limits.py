"""Numbers that bound or remember: guards of the customers, the desk and the leadership, and lengths of memories."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

GUARD = "guard: assumed"  # a bound that ordinary months do not reach

# fmt: off
SHAPE_OF_TALK: tuple[P, ...] = (
    C("word_of_mouth.positive_power", "count", 2.0, 0.0, 6.0, "sign: asymmetric U, Anderson (1998); value assumed", "Power of satisfaction in the chance of a positive message"),
    C("word_of_mouth.negative_power", "count", 3.0, 0.0, 6.0, "sign: asymmetric U, Anderson (1998); value assumed", "Power of missing satisfaction in the chance of a negative message"),
    C("word_of_mouth.most", "1/month", 0.5, 0.0, 0.5, GUARD, "Largest chance of a message of either kind"),
)
GUARDS: tuple[P, ...] = (
    C("service.most_rework", "share", 0.5, 0.0, 0.95, GUARD, "Largest chance that an incident comes back; the loop of work done again must stay below one"),
    P("service.most_busy", "ratio", 0.985, 0.5, 0.9999, GUARD, "Utilisation beyond which the wait inside a month does not rise further"),
    P("service.most_learning", "share", 0.9, 0.0, 0.99, GUARD, "Largest part of a desk's hours that learning new ways takes"),
    P("service.most_leaving", "1/month", 0.5, 0.0, 1.0, GUARD, "Largest part of a desk's staff that leaves in a month"),
)
MEMORIES: tuple[P, ...] = (
    P("service.demand_history", "count", 36.0, 1.0, 120.0, ASSUMED, "Months over which the work and the complaints that customers bring are averaged into what is expected of them"),
    P("choice.price_memory", "count", 12.0, 1.0, 60.0, "form: reference prices, Kalyanaram and Winer (1995); value assumed", "Months over which customers average a firm's list price when they judge whether it has risen"),
    P("hearing.exit_memory", "count", 12.0, 1.0, 60.0, ASSUMED, "Months of departures from which a firm learns how many of its leavers had complained"),
    P("sales.turn_memory", "count", 12.0, 1.0, 60.0, ASSUMED, "Months from which a sales force reckons the hours that a turn takes"),
    P("needs.sample", "count", 2000.0, 10.0, 1e6, ASSUMED, "Agents that market research asks what they want when lines are positioned"),
)
LEADERSHIP_GUARDS: tuple[P, ...] = (
    P("leadership.most_stance", "log", 0.5, 0.0, 2.0, GUARD, "Furthest that a leadership moves a decision of its policy"),
    P("leadership.most_busy", "ratio", 0.98, 0.5, 0.999, GUARD, "Utilisation beyond which the leadership reckons with no more waiting"),
    P("owner.most_busy", "ratio", 0.98, 0.5, 0.999, GUARD, "Utilisation beyond which customer management reckons with waiting that rises with the log of pressure"),
)
# fmt: on
