"""Numbers of customer management: its mandate, sight, authority, cost and beliefs."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
OWNER_OF_CUSTOMERS: tuple[P, ...] = (
    P("owner.present", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "Whether the firm has customer management"),
    P("owner.sight", "0-1", 0.5, 0.0, 1.0, ASSUMED, "How far the owner of customers sees across walls: part of a new figure that it takes in; 0: only what it was handed over at the start"),
    P("owner.authority", "0-1", 0.5, 0.0, 1.0, ASSUMED, "How far the owner's decisions replace the departments' own"),
    P("owner.salary", "EUR/person/month", 0.2, 0.0, 1e4, ASSUMED, "Cost of the owner and staff, per person of the market"),
    P("owner.delay", "count", 2.0, 0.0, 24.0, ASSUMED, "Months between what the owner sees and what it does"),
    P("owner.error", "sd of log", 0.1, 0.0, 2.0, ASSUMED, "Error of the figures that customer management works with"),
    P("owner.shared", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "Placement of customer strategy: 0 a function of its own, 1 a skill that each department concerned holds"),
    P("owner.retention", "0 or 1", 1.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes discounts for those who demand one (sales)"),
    P("owner.service", "0 or 1", 1.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes the utilisation of the desk (service)"),
    P("owner.priority", "0 or 1", 1.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes priority by estimated value (service)"),
    P("owner.targeting", "0 or 1", 1.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes targeting (marketing)"),
    P("owner.depth", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes the depth of customising (product)"),
    P("owner.pricing", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes the list price (sales)"),
    P("owner.cross_selling", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "Whether its mandate includes how often sales calls (sales)"),
    P("owner.step", "share", 0.02, 0.0, 0.5, ASSUMED, "Part of what is allowed by which one of its decisions moves in a quarter"),
    P("owner.impatience", "1/month", 0.01, 0.0001, 0.2, "Gupta, Lehmann and Stuart (2004), Journal of Marketing Research 41: customers are valued at 12 % a year, or 0.01 a month", "Discount rate of its worth of a customer"),
    P("owner.believes_retention", "1", 3.0, 0.0, 100.0, "assumed; about what it did in telecom", "Believed: log of attrition spared per unit of discount, of those who have one"),
    P("owner.believes_service", "log", 0.25, 0.0, 10.0, "assumed; about what it did in telecom", "Believed: log of attrition caused by each log of service hours missing, at a utilisation of 0.8"),
    P("owner.believes_price", "log", 3.0, 0.0, 20.0, "assumed; about what it did in telecom", "Believed: log of attrition caused by each log of the list price"),
    P("owner.believes_price_new", "log", 0.5, 0.0, 20.0, "assumed; about what it did in telecom", "Believed: log of new customers lost by each log of the list price"),
    P("owner.believes_depth", "log", 0.2, 0.0, 10.0, "assumed; about what it did in telecom", "Believed: log of attrition spared by customising in full for customers who are fully known"),
    P("owner.believes_targeting", "share", 1.0, 0.0, 10.0, ASSUMED, "Believed: how much more new customers are worth when all are targeted"),
    P("owner.believes_calls", "log", 0.05, 0.0, 5.0, ASSUMED, "Believed: log of attrition caused by doubling calls"),
)
OWNER_IN_THE_MARKET: tuple[P, ...] = (
    P("owner.meeting_hours", "h/customer/month", 0.0005, 0.0, 10.0, ASSUMED, "Hours that a shared skill takes for each department that holds it and for each pair of them that has to agree"),
    P("owner.agreement_time", "months", 1.0, 0.0, 12.0, ASSUMED, "Time that each further department takes to agree where the skill is shared"),
)
# fmt: on
