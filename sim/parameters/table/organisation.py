"""Numbers of the organisation: joining departments up, overhead, and hours kept for sales."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
ORGANISATION: tuple[P, ...] = (
    P("organisation.link_cost", "EUR/customer/month", 0.3, 0.0, 100.0, ASSUMED, "Cost of keeping all departments joined up, at wall height 0"),
    P("organisation.meeting_time", "share", 0.15, 0.0, 0.5, "0.15: part of all hours that 17 large firms spend in meetings (Mankins, Brahm and Caimi 2014); that departments without walls meet so much more than those behind full walls is assumed, 0.05-0.2", "Part of a department's hours that meetings with the four others take where no walls stand; a quarter of it for each department joined"),
    P("organisation.overhead", "EUR/person/month", 1.2, 0.0, 1e4, ASSUMED, "Overhead of a firm with the share organisation.overhead_share, per person of the market"),
    P("organisation.overhead_by_size", "share", 0.55, 0.0, 1.0, "Anderson, Banker and Janakiraman (2003), Journal of Accounting Research 41: elasticity 0.55 of selling, general and administrative costs to rising sales", "Part of that overhead which grows with a firm's own customers; the rest is fixed"),
    P("organisation.overhead_share", "share", 0.31, 0.01, 1.0, "as offers.start_share", "Share of the people at which a firm's overhead is organisation.overhead"),
    P("organisation.walls_hide", "0-1", 0.5, 0.0, 1.0, ASSUMED, "Height from which walls hide the facts of other departments when a plan is made"),
    P("organisation.sales_hours", "h/customer/month", 0.02, 0.0, 10.0, ASSUMED, "Sales hours kept per customer"),
    P("organisation.alignment", "share", 0.16, 0.0, 0.9, ASSUMED, "Share of sales hours spent on alignment behind full walls"),
    P("organisation.exit_interview_cost", "EUR/person", 5.0, 0.0, 1e4, ASSUMED, "Cost of asking one leaver why"),
)
# fmt: on
