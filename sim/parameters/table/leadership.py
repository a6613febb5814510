"""Numbers of leadership: how far it looks, what it believes at first, and what it hears. The same for all unless a scenario says otherwise."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
LEADERSHIP: tuple[P, ...] = (
    P("leadership.horizon", "months", 36.0, 1.0, 240.0, ASSUMED, "Months that the leadership looks ahead"),
    P("leadership.impatience", "1/month", 0.01, 0.0, 0.2, "Poterba and Summers (1995), Sloan Management Review 37: chief executives discount real cash flows at 12.2 % a year on average, or 0.01 a month", "Discount rate of the leadership's own forecasts"),
    P("leadership.target", "share", -0.1, -1.0, 1.0, ASSUMED, "Growth of quarterly profit over the year before, short of which the leadership must save"),
    P("leadership.cuts_waste", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "What is cut when a target is missed: 0 all budgets alike, 1 the one saving that the forecast likes best"),
    P("leadership.step", "log", 0.1, 0.0, 0.5, ASSUMED, "Size of one move of a decision"),
    P("leadership.fading", "share/quarter", 0.25, 0.0, 1.0, ASSUMED, "How fast a move of the leadership fades back to what the policy plans"),
    P("leadership.believes_staff", "1/month", 0.05, 0.0, 2.0, ASSUMED, "Believed at first: attrition of dissatisfied customers spared per log of service hours, at a utilisation of 0.8"),
    P("leadership.believes_research", "1/month", 0.005, 0.0, 2.0, ASSUMED, "Believed at first: attrition spared, in the end, per log of the research budget"),
    P("leadership.believes_marketing", "share", 0.3, 0.0, 5.0, ASSUMED, "Believed at first: relative change of new customers per log of the marketing budget"),
    P("leadership.believes_price", "1/month", 0.2, 0.0, 2.0, "assumed; a tenth dearer costs about a fifth of customers in a year", "Believed at first: attrition caused per log of the list price"),
    P("leadership.research_delay", "months", 24.0, 1.0, 120.0, "range: 1.2 to 2.5 years from research to its returns (Pakes and Schankerman 1984)", "Months until research is believed to show in full"),
    P("leadership.learning", "share", 0.05, 0.0, 1.0, "form: Widrow and Hoff (1960); value assumed", "How far beliefs follow what happened after a move"),
    P("leadership.noise", "1/month", 0.01, 0.0, 1.0, ASSUMED, "Growth of customers that the leadership takes for chance"),
    P("leadership.layers", "count", 3.0, 0.0, 12.0, ASSUMED, "Layers between the front line and the leadership"),
    P("leadership.exception", "0-1", 0.02, 0.0, 1.0, ASSUMED, "Change of the share of dissatisfied customers that a layer finds worth a report"),
    P("leadership.voice_gain", "ratio", 1.0, 0.0, 2.0, ASSUMED, "Weight of what customers are heard to say in what the leadership believes"),
    P("leadership.exit_interviews", "share", 0.0, 0.0, 1.0, ASSUMED, "How far silence is corrected for by how many of those who left had complained"),
)
# fmt: on
