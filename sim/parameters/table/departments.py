"""Numbers of single departments: walls between two of them, what facts of others are worth, and what sharing costs."""

from itertools import combinations

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

DEPARTMENTS = ("product", "marketing", "sales", "service", "finance")
FACT_CLASSES = ("customers", "value", "service", "product", "invoices")  # what they hold: see `sim.organisation.facts`

# fmt: off
WALLS: tuple[P, ...] = tuple(
    P(f"organisation.walls.{one}_{other}", "0-1", 0.0, -1.0, 1.0, ASSUMED, f"How much higher the wall between {one} and {other} is than the common one (decisions.walls); it stays between 0 and 1")
    for one, other in combinations(DEPARTMENTS, 2)
)
PAY_OF_DEPARTMENTS: tuple[P, ...] = (
    P("pay.product", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "Part of the variable pay of product that hangs on customer value; the rest hangs on what is sold of its lines"),
    P("pay.marketing", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for marketing; the rest hangs on the number of new customers"),
    P("pay.service", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for service; the rest hangs on cases per hour"),
    P("pay.finance", "share", None, 0.0, 1.0, "null: fixed pay, which moves nothing", "The same for finance; the rest hangs on cash collected. Sales: decisions.pay_value"),
)
PAY: tuple[P, ...] = (
    P("pay.targeting", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less marketing paid by volume targets than planned, and paid by value more"),
    P("pay.promise", "log", 0.2, 0.0, 3.0, ASSUMED, "How much more marketing paid by volume promises, and paid by value less"),
    P("pay.newcomer_discount", "log", 0.4, 0.0, 3.0, ASSUMED, "How much more marketing paid by volume gives to newcomers, and paid by value less"),
    P("pay.utilisation", "log", 0.05, 0.0, 0.5, ASSUMED, "How much tighter service paid by cases runs its desk, and paid by value looser"),
    P("pay.senior", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less service paid by cases uses the senior tier, and paid by value more"),
    P("pay.priority", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less service paid by cases goes by estimated value, and paid by value more"),
    P("pay.research", "log", 0.2, 0.0, 3.0, ASSUMED, "How much more product paid by volume spends on its product, and paid by value less"),
    P("pay.depth", "log", 0.7, 0.0, 3.0, ASSUMED, "How much less product paid by volume customises, and paid by value more"),
    P("pay.hold_after", "log", 0.4, 0.0, 3.0, ASSUMED, "How much earlier finance paid by cash holds supply, and paid by value later"),
    P("pay.reminders", "log", 0.3, 0.0, 3.0, ASSUMED, "How many more accounts finance paid by cash reminds, and paid by value fewer"),
    P("pay.rush", "share", 0.15, 0.0, 0.5, ASSUMED, "Part of an incident's hours that service paid by cases leaves out, and paid by value adds"),
    P("pay.rush_rework", "1", 5.0, 0.0, 50.0, ASSUMED, "Relative rise of the chance of rework per part of the hours left out"),
    P("pay.office_staff", "heads/customer", 0.0005, 0.0, 1.0, ASSUMED, "Staff with variable pay of product, of marketing and of finance, each"),
)
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
    P("owner.impatience", "1/month", 0.01, 0.0001, 0.2, ASSUMED, "Discount rate of its worth of a customer"),
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
FORM_OF_A_FIRM: tuple[P, ...] = (
    P("organisation.form", "0, 1 or 2", 0.0, 0.0, 2.0, ASSUMED, "Whether the firm is divided by function (0), by product line (1) or by customer segment (2)"),
)
FORMS: tuple[P, ...] = (
    P("organisation.joined_walls", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of the walls between functions that is left inside a unit of a product line or of a segment"),
    P("organisation.unit_cost", "EUR/person/month", 0.1, 0.0, 1e4, ASSUMED, "Cost of managing one further unit, per person of the market"),
    P("organisation.segment_units", "count", 3.0, 1.0, 12.0, ASSUMED, "Units of a firm that is divided by segment"),
    P("organisation.segment_signal", "share", 0.5, 0.0, 5.0, ASSUMED, "How much more a unit learns of its customers' needs where all differences lie between segments and there are many units"),
    P("organisation.shared_learning", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of research and experience that units of segments share; the rest serves one of them alone"),
)
FACTS: tuple[P, ...] = tuple(
    row
    for name in FACT_CLASSES
    for row in (
        P(f"facts.{name}_lag", "months", 1.0, 0.0, 24.0, ASSUMED, f"Time in which other departments' picture of the facts on {name} follows what is so, for two thirds of the way; 0 is at once"),
        P(f"facts.{name}_error", "share", 0.05, 0.0, 1.0, ASSUMED, f"Standard deviation of the error of a report on {name} against what is reported"),
        P(f"facts.{name}_cost", "EUR/customer/month", 0.01, 0.0, 1e4, ASSUMED, f"Running cost of letting all four other departments see the facts on {name}; in proportion where walls leave fewer of them to see"),
    )
)
# fmt: on
