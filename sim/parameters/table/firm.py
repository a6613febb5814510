"""Numbers of one firm: how it starts, and decisions that a scenario may fix."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
FIRM: tuple[P, ...] = (
    P("offers.start_share", "share", 0.31, 0.0, 1.0, ASSUMED, "Share of the pool that it supplies at the start"),
    P("offers.quality", "0-1", 0.5, 0.0, 1.0, ASSUMED, "Common quality at the start"),
    P("offers.awareness", "share", 0.8, 0.0, 1.0, ASSUMED, "Share of the pool that knows the firm at the start"),
    P("money.cash", "EUR/person", 10.0, -1e6, 1e6, ASSUMED, "Cash at the start, per person of the market"),
    # leadership: who leads; the same for all unless a scenario says otherwise
    P("leadership.horizon", "months", 36.0, 1.0, 240.0, ASSUMED, "Months that the leadership looks ahead"),
    P("leadership.impatience", "1/month", 0.01, 0.0, 0.2, ASSUMED, "Discount rate of the leadership's own forecasts"),
    P("leadership.target", "share", -0.1, -1.0, 1.0, ASSUMED, "Growth of quarterly profit over the year before, short of which the leadership must save"),
    P("leadership.cuts_waste", "0 or 1", 0.0, 0.0, 1.0, ASSUMED, "What is cut when a target is missed: 0 all budgets alike, 1 the one saving that the forecast likes best"),
    P("leadership.step", "log", 0.1, 0.0, 0.5, ASSUMED, "Size of one move of a decision"),
    P("leadership.fading", "share/quarter", 0.25, 0.0, 1.0, ASSUMED, "How fast a move of the leadership fades back to what the policy plans"),
    P("leadership.believes_staff", "1/month", 0.05, 0.0, 2.0, ASSUMED, "Believed at first: attrition of dissatisfied customers spared per log of service hours, at a utilisation of 0.8"),
    P("leadership.believes_research", "1/month", 0.005, 0.0, 2.0, ASSUMED, "Believed at first: attrition spared, in the end, per log of the research budget"),
    P("leadership.believes_marketing", "share", 0.3, 0.0, 5.0, ASSUMED, "Believed at first: relative change of new customers per log of the marketing budget"),
    P("leadership.believes_price", "1/month", 0.2, 0.0, 2.0, "assumed; a tenth dearer costs about a fifth of customers in a year", "Believed at first: attrition caused per log of the list price"),
    P("leadership.research_delay", "months", 24.0, 1.0, 120.0, ASSUMED, "Months until research is believed to show in full"),
    P("leadership.learning", "share", 0.05, 0.0, 1.0, "form: Widrow and Hoff (1960); value assumed", "How far beliefs follow what happened after a move"),
    P("leadership.noise", "1/month", 0.01, 0.0, 1.0, ASSUMED, "Growth of customers that the leadership takes for chance"),
    P("leadership.layers", "count", 3.0, 0.0, 12.0, ASSUMED, "Layers between the front line and the leadership"),
    P("leadership.exception", "0-1", 0.02, 0.0, 1.0, ASSUMED, "Change of the share of dissatisfied customers that a layer finds worth a report"),
    P("leadership.voice_gain", "ratio", 1.0, 0.0, 2.0, ASSUMED, "Weight of what customers are heard to say in what the leadership believes"),
    P("leadership.exit_interviews", "share", 0.0, 0.0, 1.0, ASSUMED, "How far silence is corrected for by how many of those who left had complained"),
    # decisions: left out (null) means the policy's own choice
    P("decisions.price", "ratio", None, 0.5, 2.0, "policy", "List price against the reference"),
    P("decisions.utilisation", "ratio", None, 0.5, 1.1, "policy", "Wanted utilisation of the service desk"),
    P("decisions.research", "share of revenue", None, 0.0, 0.3, "policy", "Research and development"),
    P("decisions.marketing", "share of spending", None, 0.0, 1.0, "policy", "Marketing per person of the market, as a share of a person's mean spending"),
    P("decisions.targeting", "share", None, 0.0, 1.0, "policy", "Part of the marketing that goes to selected people"),
    P("decisions.newcomer_discount", "share", None, 0.0, 0.6, "policy", "Discount for newcomers in their first month of supply"),
    P("decisions.retention_discount", "share", None, 0.0, 0.6, "policy", "Discount granted to those who demand one"),
    P("decisions.promise", "0-1", None, 0.0, 1.0, "policy", "What marketing promises"),
    P("decisions.depth", "0-1", None, 0.0, 1.0, "policy", "Largest depth of customising an offer"),
    P("decisions.intelligence", "share of spending", None, 0.0, 1.0, "policy", "Spending on knowing a customer's needs, as a share of a person's mean spending"),
    P("decisions.walls", "0-1", None, 0.0, 1.0, "policy", "Height of the walls between departments"),
    P("decisions.lines", "count", None, 1.0, 4.0, "policy", "Number of product lines"),
    P("decisions.senior", "share", None, 0.0, 1.0, "policy", "Share of service hours from the senior tier"),
    P("decisions.priority", "0-1", None, 0.0, 1.0, "policy", "How far service goes by estimated value (1) or first come, first served (0)"),
    P("decisions.sales_structure", "0, 1 or 2", None, 0.0, 2.0, "policy", "Sales as one team (0), a team for each further category (1), or account owners (2)"),
    P("decisions.sales_force", "ratio", None, 0.0, 10.0, "policy", "Sales hours kept, against organisation.sales_hours"),
    P("decisions.most_calls", "1/month", None, 0.01, 1.0, "policy", "Most turns that sales teams who see each other's calls give a customer; each that does not keeps the limit for itself"),
    P("decisions.pay_value", "share", None, 0.0, 1.0, "policy", "Part of the variable pay that hangs on customer value; the rest hangs on volume"),
    P("decisions.hold_after", "months", None, 0.0, 24.0, "policy", "Months overdue from which supply is held where sales can see the ledger; 0: never"),
    P("decisions.reminders", "share", None, 0.0, 1.0, "policy", "Part of the overdue accounts that finance reminds each month"),
    P("decisions.prevention", "share", None, 0.0, 0.5, "policy", "Part of the service desk's hours that is kept for preventing incidents; no staff is hired for it, and in a crisis all hands cure"),
    P("decisions.goals_research", "share", None, 0.0, 1.0, "policy", "What research asks customers for: 0 their preferences, 1 the goals behind them, at a higher price of precision"),
    P("decisions.decline_below", "share of spending", None, -1.0, 1.0, "policy", "Expected monthly margin of a person after goods and service, as a share of a person's mean spending, below which the firm does not supply; -1: it supplies everybody"),
    P("decisions.outcome_support", "share of spending", None, 0.0, 1.0, "policy", "Spending on the success of a customer's own business, as a share of a person's mean spending"),
    P("decisions.process", "0-1", None, 0.0, 1.0, "policy", "What service processes are designed for: 0 the least handling of a contact, 1 the least total work; 0.5 as it is usually done"),
)
# fmt: on
