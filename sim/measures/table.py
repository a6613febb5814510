"""The columns of monthly.parquet, each defined once."""

from typing import NamedTuple


class Measure(NamedTuple):
    """One column.

    Args:
        name: Name of the column.
        unit: Unit.
        direction: ``higher``, ``lower`` or ``neutral``: what is better for the firm.
        formula: How it is computed.
    """

    name: str
    unit: str
    direction: str
    formula: str

    def unit_in(self, currency: str) -> str:
        """Unit in a world with that currency; the table below writes money as EUR.

        >>> Measure("clv", "EUR/customer", "higher", "").unit_in("USD")
        'USD/customer'
        """
        return self.unit.replace("EUR", currency)


M = Measure
# fmt: off
MEASURES: tuple[Measure, ...] = (
    M("month", "month", "neutral", "months since the policies began, from 1"),
    M("firm", "text", "neutral", "name of the firm"),
    M("policy", "text", "neutral", "policy that the firm follows"),
    M("customers", "people", "higher", "people supplied at the end of the month"),
    M("gross_adds", "people", "higher", "people who became customers"),
    M("losses", "people", "lower", "losses_voluntary + losses_involuntary"),
    M("losses_voluntary", "people", "lower", "losses_silent + losses_complained"),
    M("losses_involuntary", "people", "lower", "customers who died, left the category, failed (losses_failed), or were not kept by the firm (losses_declined)"),
    M("losses_silent", "people", "lower", "customers who left by choice without a complaint in the twelve months before"),
    M("losses_complained", "people", "lower", "customers who left by choice after a complaint in the twelve months before"),
    M("attrition_annual", "share/year", "lower", "1 - (1 - losses / customers at the start of the month)^12"),
    M("purchases", "count", "higher", "purchase occasions"),
    M("basket_mean", "EUR", "higher", "revenue / purchases"),
    M("revenue", "EUR", "higher", "sales at list price, before discounts"),
    M("discounts", "EUR", "lower", "discounts and refunds given"),
    M("discount_demanded", "people", "lower", "customers who demanded a discount"),
    M("cost_goods", "EUR", "lower", "unit cost times what was sold"),
    M("cost_customisation", "EUR", "lower", "fixed part and part growing with distance"),
    M("cost_service", "EUR", "lower", "pay of the service desk, idle hours included"),
    M("cost_service_unprofitable", "EUR", "lower", "part of cost_service spent on customers whose lifetime contribution is negative"),
    M("cost_sales", "EUR", "lower", "pay of the sales force"),
    M("cost_marketing", "EUR", "lower", "contacts times their price"),
    M("cost_coordination", "EUR", "lower", "keeping departments joined up, sharing figures, measuring value for pay, customer management"),
    M("cost_intelligence", "EUR", "lower", "learning customers' needs"),
    M("cost_research", "EUR", "lower", "research and development"),
    M("cost_transformation", "EUR", "lower", "cost of changing the organisation"),
    M("cost_overhead", "EUR", "lower", "fixed cost and further lines"),
    M("cost_credit", "EUR", "lower", "reminders and fees of collections"),
    M("bad_debt", "EUR", "lower", "receivables written off"),
    M("profit", "EUR", "higher", "revenue - discounts - all costs - bad_debt"),
    M("cash", "EUR", "higher", "cash at the end of the month"),
    M("receivables", "EUR", "lower", "what customers owe at the end of the month"),
    M("receivables_overdue", "EUR", "lower", "part of it on accounts whose oldest bill is past its due month"),
    M("shipments_overdue", "EUR", "lower", "net revenue of the month billed to customers whose account has been overdue for 365 days or more"),
    M("days_sales_outstanding", "days", "lower", "receivables / (revenue - discounts of the month) x 365 / 12"),
    M("collected", "EUR", "higher", "debts that collections recovered; their fees are in cost_credit"),
    M("reminders", "count", "neutral", "reminders sent"),
    M("holds", "people", "neutral", "customers whose supply was held"),
    M("holds_by_mistake", "people", "lower", "those of them who owed nothing overdue enough"),
    M("losses_held", "people", "lower", "customers who left by choice in the month after a hold"),
    M("payment_discipline", "share", "higher", "mean part of customers' payment reliability that lax checking has left; 0 where all pay at once"),
    M("satisfaction_mean", "0-1", "higher", "mean satisfaction of customers"),
    M("share_satisfied", "share", "higher", "customers whose satisfaction is at least one half"),
    M("satisfaction_perceived", "share", "neutral", "share_satisfied as the leadership believes it; with hearing off, what it is"),
    M("illusion_gap", "share", "neutral", "satisfaction_perceived - share_satisfied"),
    M("share_heard_dissatisfied", "share", "neutral", "customers below one half who were heard to say so this month"),
    M("leadership_missed", "0 or 1", "lower", "1 if the last quarter missed the leadership's target"),
    M("leadership_staff", "log", "neutral", "how far the leadership has moved service hours from the policy's plan"),
    M("leadership_research", "log", "neutral", "the same for the research budget"),
    M("leadership_marketing", "log", "neutral", "the same for the marketing budget"),
    M("leadership_price", "log", "neutral", "the same for the list price"),
    M("customer_value_believed", "EUR/customer", "neutral", "worth of a present customer as customer management reckons it from what it sees: margin r / (1 + i - r); 0 without customer management"),
    M("strategy_gap", "share", "lower", "mean distance of the plan from what customer management wants, over the decisions of its mandate, as a part of what each may be"),
    M("share_needs_met", "share", "higher", "customers whose fit is above one half"),
    M("nps", "points", "higher", "100 (share with satisfaction of 0.85 and more - share below 0.65)"),
    M("messages_positive", "count", "higher", "positive messages about the firm"),
    M("messages_negative", "count", "lower", "negative messages about the firm"),
    M("reputation_mean", "0-1", "higher", "mean reputation over all people"),
    M("awareness", "share", "higher", "people who know the firm"),
    M("incidents", "count", "lower", "incidents raised"),
    M("handoffs", "count", "lower", "hand-offs of those incidents"),
    M("complaints", "people", "lower", "customers who complained"),
    M("backlog", "hours", "lower", "hours of work left over"),
    M("wait_mean", "month", "lower", "mean wait of incidents served"),
    M("utilisation", "ratio", "neutral", "hours wanted per hour available"),
    M("crisis", "0 or 1", "lower", "1 while the firm is in crisis"),
    M("morale", "0-1", "higher", "morale of the service desk"),
    M("staff_turnover", "share/month", "lower", "staff that left"),
    M("adoption", "share", "higher", "staff that works in the new way: mean of the levers pulled, strategy aside"),
    M("adoption_strategy", "share", "neutral", "how far targets and pay have been moved by the top"),
    M("adoption_process", "share", "higher", "staff that hands work on by the new routines"),
    M("adoption_technology", "share", "higher", "staff that uses the new knowledge of customers"),
    M("adoption_structure", "share", "higher", "staff that works across the old walls"),
    M("adoption_culture", "share", "higher", "staff that uses what it sees in the day job"),
    M("programme_built", "share", "neutral", "how far the programme has come: mean of the five levers"),
    M("learning_share", "share", "lower", "hours of the desk that learning new ways takes"),
    M("adoption_believed_gain", "share", "neutral", "gain of customer value that staff expects of the new way"),
    M("programme_dropped", "0 or 1", "lower", "1 once the leadership has dropped the programme"),
    M("sales_selling_share", "share", "higher", "sales hours not spent on meetings, escalations and chasing orders; without sales_calls: not spent on alignment"),
    M("sales_calls", "count", "neutral", "sales calls made"),
    M("sales_calls_by_quota", "count", "neutral", "those of them that followed a quota and not a believed need"),
    M("calls_per_customer", "count", "neutral", "sales_calls / customers"),
    M("calls_per_customer_called", "count", "lower", "sales_calls / customers called on this month"),
    M("call_fatigue_mean", "calls", "lower", "mean number of sales calls not forgotten"),
    M("losses_tired", "people", "lower", "customers who left by choice with more calls in mind than are borne"),
    M("new_business", "EUR/month", "higher", "monthly value at list price of the categories sold"),
    M("new_business_per_hour", "EUR/month/h", "higher", "new_business / sales hours paid"),
    M("sales_hours_meetings", "hours", "lower", "sales hours in alignment meetings"),
    M("sales_hours_escalations", "hours", "lower", "sales hours on incidents older than a month"),
    M("sales_hours_chasing", "hours", "lower", "sales hours chasing orders after other departments"),
    M("sales_floor", "0 or 1", "lower", "1 if only the hours that are always kept for selling were left"),
    M("categories_sold", "count", "higher", "further categories sold in calls"),
    M("categories_sold_unneeded", "count", "lower", "those of them that serve no need"),
    M("categories_given_up", "count", "lower", "further categories given up because they serve no need"),
    M("categories_returned", "count", "lower", "those of them that went back for a refund"),
    M("refunds", "EUR", "lower", "money given back for returned categories; part of discounts"),
    M("needs_covered", "share", "higher", "needed categories held / categories needed, the first included"),
    M("share_unneeded", "share", "lower", "categories held that serve no need / categories held"),
    M("belief_precision", "1/sd^2", "higher", "mean precision of beliefs about customers' needs"),
    M("quality", "0-1", "higher", "common quality of the product"),
    M("price", "ratio", "neutral", "list price against the reference"),
    M("newcomer_discount", "share", "neutral", "discount that newcomers get this month"),
    M("unit_cost", "share of price", "lower", "unit cost at list price 1"),
    M("clv_expected_mean", "EUR/customer", "higher", "expected lifetime value of a present customer: margin r / (1 + i - r) of the last twelve months"),
    M("customer_equity", "EUR", "higher", "clv_expected_mean x customers"),
    M("penetration", "share", "higher", "product categories held by customers / categories offered"),
    M("market_share", "share", "higher", "customers of the firm / customers of all firms"),
    M("people", "people", "neutral", "people in the market this month"),
    M("cost_improvement", "EUR", "lower", "mending causes of incidents"),
    M("improvement_hours", "hours", "higher", "hours of the desk that nothing waiting wanted, and those kept for preventing; with `prevention` they prevent"),
    M("repeat_contacts", "count", "lower", "customers served whose work came back"),
    M("allocation_correlation", "-1 to 1", "neutral", "linear correlation, over customers, of service hours received in the month with the normal score of what they spend a month"),
    M("share_met_at_profit", "share", "higher", "customers whose fit is above one half and whose contribution is above zero"),
    M("share_unprofitable", "share", "lower", "customers whose contribution is below zero"),
    M("customer_surplus", "EUR/month", "higher", "sum over customers of spend x rate x ((experience weight x satisfaction + fit weight x fit - value of no supplier) / price weight + 1 - price)"),
    M("losses_declined", "people", "neutral", "part of losses_involuntary: customers whose supply ended because the firm gave notice"),
    M("notices", "people", "neutral", "customers to whom the firm gave notice"),
    M("turned_away", "people", "neutral", "people who had chosen the firm and were not accepted, each time"),
    M("outcome_mean", "0-1", "higher", "mean outcome of customers' own business; 0 where customers have none (`outcome` off)"),
    M("losses_failed", "people", "lower", "part of losses_involuntary: customers whose business failed"),
    M("cost_support", "EUR", "lower", "support of customers' own outcome"),
    M("experience_mean", "0-1", "higher", "mean experience of use that the firm's products gave this month; 0 without use"),
    M("concentration", "0-1", "neutral", "sum over firms of squared market shares"),
)
# fmt: on
