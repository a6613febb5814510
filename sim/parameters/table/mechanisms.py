"""The mechanisms by name; each can be switched off, and those that few worlds have are off unless switched on."""

# fmt: off
MECHANISMS: dict[str, str] = {
    "needs_drift": "Goals drift",
    "expectations": "Expectations move and disconfirmation counts",
    "loss_aversion": "Shortfalls weigh more than excesses",
    "word_of_mouth": "Customers talk and listen",
    "advertising": "Marketing reaches people",
    "betrayal": "Existing customers notice newcomer offers",
    "promises": "Marketing's promises raise expectations",
    "price_response": "Price counts in considering and choosing",
    "incidents": "Things go wrong and have to be served",
    "failure_demand": "Misfit breeds incidents",
    "handoffs": "Incidents travel between departments",
    "queue": "Service hours are limited and work waits",
    "morale": "Pressure moves morale, quality and turnover",
    "voice": "Disappointed customers complain",
    "recovery": "Complaints can be made good",
    "discount_demand": "Disappointed customers demand discounts",
    "cross_selling": "Customers take further categories",
    "purchase_response": "Basket and frequency answer satisfaction",
    "burning": "Badly treated leavers stay away",
    "customisation": "Offers move towards the believed need",
    "belief_learning": "Firms learn customers' needs",
    "specialisation": "Walls make specialists faster",
    "walls_hide": "High walls hide the facts of other departments",
    "walls_by_pair": "Walls between single pairs of departments may differ from the common height",
    "facts": "Figures that other departments keep come late, with errors, and cost money to share",
    "departments_pay": "Pay by volume or by customer value bends each department's own decisions",
    "owner": "Somebody owns the customer: customer management, as a function of its own or as a skill that departments share",
    "organisation_form": "Firms may be divided by product line or by customer segment instead of by function",
    "link_costs": "Keeping departments joined up costs money",
    "research": "Research raises quality, which otherwise ages",
    "experience_curve": "Unit cost falls with volume",
    "hearing": "Leadership knows of dissatisfaction only what it hears, through layers",
    "leadership": "Leadership moves budgets and price each quarter by its own forecast, and cuts when targets are missed",
    "rival_reply": "Firms answer a loss of customers by price and promotion, slowly",
    "sales_calls": "Further categories are sold in calls, by sales staff with limited hours",
    "invoices": "Bills are owed, paid late or not at all, reminded, held and written off (contract only)",
    "prevention": "Hours kept or left over at the desk prevent incidents and improve service",
    "root_causes": "Complaints heard in number make a firm mend causes of incidents, at a cost and late",
    "process_design": "Processes may be designed for the least handling of a contact or for the least total work",
    "transformation": "Levers move a firm from one policy towards another as far as its staff adopts them",
    "births_and_deaths": "People enter, leave the category and die",
}

# Off unless a scenario switches them on: they belong to worlds where firms sell on account, by hand, or are led.
STARTS_OFF: frozenset[str] = frozenset({
    "departments_pay", "facts", "hearing", "invoices", "leadership", "organisation_form", "owner", "prevention",
    "process_design", "root_causes", "sales_calls", "transformation", "walls_by_pair",
})
# fmt: on
