"""Numbers of products, costs, beliefs, organisation, rivals and time."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
ORGANISATION: tuple[P, ...] = (
    # product and cost
    P("product.opportunity", "1", 0.2, 0.0, 1.0, "assumed; 0.03-0.35", "Quality gained per month from research"),
    P("product.research_exponent", "1", 0.7, 0.1, 1.0, ASSUMED, "Diminishing returns to research"),
    P("product.reference_share", "share", 0.25, 0.01, 1.0, ASSUMED, "Share of the market's spending against which research is measured: a firm twice this size gets the same quality for half the share of its revenue"),
    P("product.frontier", "1/month", 0.02, 0.0, 0.2, ASSUMED, "Speed at which quality ages"),
    P("product.unit_cost", "share of price", 0.45, 0.0, 2.0, ASSUMED, "Unit cost at the starting volume"),
    P("product.experience", "exponent", 0.2, 0.0, 0.6, "assumed; published progress ratios 0.75-0.9", "Experience curve: cost falls with cumulated volume to this power"),
    P("product.volume_months", "months", 60.0, 1.0, 600.0, ASSUMED, "Months of sales of a firm of the reference share that lie behind every firm"),
    P("product.line_cost", "EUR/person/month", 0.15, 0.0, 1e4, ASSUMED, "Cost of keeping up one further line, per person of the market"),
    P("customisation.fixed_cost", "share of price", 0.005, 0.0, 0.5, ASSUMED, "Cost of customising one offer at all"),
    P("customisation.distance_cost", "share of price", 0.02, 0.0, 0.5, "assumed; 0-0.08 swept", "Cost per unit of distance that an offer is moved"),
    P("customisation.fit_value", "share of price", 0.35, 0.0, 3.0, "assumed; what firms believe", "Value per unit of fit that a firm expects when it chooses the depth"),
    P("belief.base_signal", "1/month", 0.02, 0.0, 1.0, ASSUMED, "Precision gained per month without spending on intelligence"),
    P("belief.paid_signal", "1/month", 0.25, 0.0, 2.0, ASSUMED, "Largest precision gained per month from intelligence"),
    P("belief.spend_scale", "EUR", 1.0, 0.001, 1e4, ASSUMED, "Spending per customer and month that gives half of it"),
    P("belief.wall_loss", "share", 0.75, 0.0, 1.0, ASSUMED, "Share of the signal lost behind full walls"),
    P("belief.confidence", "ratio", 1.0, 0.2, 10.0, "assumed; 1 is calibrated", "Believed against true precision of firms' beliefs"),
    P("belief.value_error", "sd", 0.5, 0.0, 3.0, ASSUMED, "Error of a firm's estimate of what a customer spends, behind full walls, against the spread over people"),
    # organisation
    P("organisation.link_cost", "EUR/customer/month", 0.3, 0.0, 100.0, ASSUMED, "Cost of keeping all departments joined up, at wall height 0"),
    P("organisation.overhead", "EUR/person/month", 1.2, 0.0, 1e4, ASSUMED, "Fixed cost of a firm, per person of the market"),
    P("organisation.walls_hide", "0-1", 0.5, 0.0, 1.0, ASSUMED, "Height from which walls hide the facts of other departments when a plan is made"),
    P("organisation.sales_hours", "h/customer/month", 0.02, 0.0, 10.0, ASSUMED, "Sales hours kept per customer"),
    P("organisation.alignment", "share", 0.16, 0.0, 0.9, ASSUMED, "Share of sales hours spent on alignment behind full walls"),
    P("organisation.exit_interview_cost", "EUR/person", 5.0, 0.0, 1e4, ASSUMED, "Cost of asking one leaver why"),
    # rivals and time
    P("rivals.reply", "share/quarter", 0.25, 0.0, 1.0, ASSUMED, "Share of the way to the wanted price that a firm moves in a quarter"),
    P("rivals.price_pull", "1", 0.5, 0.0, 5.0, ASSUMED, "Relative price cut wanted per unit of customer base lost over a year"),
    P("rivals.promotion_pull", "share", 0.2, 0.0, 3.0, ASSUMED, "Further discount for newcomers wanted per unit of customer base lost over a year"),
    P("discount_rate", "1/month", 0.01, 0.0001, 0.1, ASSUMED, "Discount rate of money; never 0, since a customer who never leaves would then be worth more than any sum"),
    P("warm_up", "count", 24.0, 0.0, 120.0, ASSUMED, "Months with identical firms before the recorded months begin"),
)
# fmt: on
