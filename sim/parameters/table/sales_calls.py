"""Numbers of sales: what a call takes, what it sells, how it tires, and what becomes of what nobody needs."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
SALES_CALLS: tuple[P, ...] = (
    C("sales.call_hours", "h/call", 0.25, 0.01, 40.0, ASSUMED, "Hours of a sales call by a seller of all categories", off={"sales_calls": 0.0}),
    P("sales.preparation", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of a call's hours that is spent when no need is seen and no call made"),
    P("sales.specialisation", "share", 0.15, 0.0, 0.9, ASSUMED, "Hours saved by a seller of one category"),
    P("sales.keeping_up", "share", 0.1, 0.0, 2.0, ASSUMED, "Extra hours of an account owner, who keeps up with all categories and the customer's history"),
    C("sales.acceptance", "share", 0.2, 0.0, 1.0, ASSUMED, "Chance that a rested, fully satisfied customer takes a needed category in a call", off={"cross_selling": 0.0}),
    C("sales.unneeded_appeal", "share", 0.1, 0.0, 1.0, ASSUMED, "Appeal of what serves no need against what does, without pressure"),
    C("sales.pressure", "share", 0.4, 0.0, 1.0, "idea: Saxe and Weitz (1982); value assumed", "Share of the missing appeal that the pressure of a quota makes up for"),
    C("sales.fatigue_time", "months", 6.0, 0.1, 60.0, ASSUMED, "Time in which sales calls are forgotten to exp(-1)"),
    C("sales.tiring", "1/call", 0.3, 0.0, 5.0, "sign: van Diepen, Donkers and Franses (2009); value assumed", "Log of the chance to accept that each call not forgotten takes away"),
    C("sales.fatigue_level", "calls", 2.0, 0.0, 50.0, ASSUMED, "Calls not forgotten that are borne without anger"),
    C("sales.anger", "1/call", 0.05, 0.0, 1.0, "sign: van Diepen, Donkers and Franses (2009); value assumed", "Satisfaction that a call costs for each call beyond that level"),
    C("sales.giving_up", "1/month", 0.1, 0.0, 1.0, ASSUMED, "Chance that a category that serves no need is given up"),
    C("sales.return_share", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of those given up that goes back for a refund"),
    C("sales.refund_months", "months", 2.0, 0.0, 24.0, ASSUMED, "Months of its bill that a returned category gives back"),
    P("sales.meeting_hours", "h", 0.25, 0.0, 40.0, ASSUMED, "Sales hours of one alignment meeting about a shared customer"),
    P("sales.chasing_hours", "h", 0.5, 0.0, 40.0, ASSUMED, "Sales hours of chasing an order after one department"),
    P("sales.escalation_hours", "h/month", 0.25, 0.0, 40.0, ASSUMED, "Sales hours for each incident older than a month"),
    P("sales.least_selling", "share", 0.1, 0.01, 1.0, "guard; counted when it binds", "Part of the sales hours that is kept for selling whatever happens"),
    P("sales.measuring_cost", "EUR/head/month", 150.0, 0.0, 1e5, ASSUMED, "Cost of measuring the customer value that each seller brings, where pay hangs on nothing else"),
)
# fmt: on
