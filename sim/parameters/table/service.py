"""Numbers of the service desk: hours, cost, experience, staff, morale and crisis."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
SERVICE: tuple[P, ...] = (
    C("service.hours", "h/incident", 1.0, 0.01, 100.0, ASSUMED, "Hours of a plain incident"),
    P("service.wage", "EUR/h", 35.0, 0.0, 1e4, "Eurostat (2024), Hourly labour costs: 34.8 EUR an hour in services of the euro area in 2023, or 35", "Cost of a service hour"),
    P("service.hours_per_head", "h/month", 130.0, 10.0, 250.0, "OECD (2023), Average annual hours actually worked: 1,571 hours a worker in the European Union in 2022, which is 131 a month, or about 130", "Productive hours of one member of staff"),
    C("service.handoff_need", "share", 0.2375, 0.0, 1.0, ASSUMED, "Chance that an incident needs any one of the four other departments", off={"handoffs": 0.0}),
    C("service.handoff_hours", "share", 0.5, 0.0, 5.0, ASSUMED, "Extra hours per hand-off"),
    P("service.specialisation", "exponent", 0.3, 0.0, 0.6, "form: progress ratios, most of 108 near 0.81 or an exponent of 0.3, but of factories (Dutton and Thomas 1984); radiologists: 1,000 more cases for the same customer, 7.4 % more output (Clark, Huckman and Staats 2013); value assumed", "Handling time falls with practice in the own speciality to this power"),
    P("service.related_practice", "share", 0.4, 0.0, 1.0, "order: own above related above unrelated experience (Boh, Slaughter and Espinosa 2007); value assumed, 0-0.8", "Practice in the own speciality that as much practice in other departments' matters is worth"),
    P("service.practice_fading", "1/month", 0.02, 0.0, 0.3, "sign: Argote, Beckman and Epple (1990), Benkard (2000); value assumed, 0-0.1", "Part of their practice that staff forgets in a month"),
    C("service.forgetting", "share", 0.3, 0.0, 1.0, ASSUMED, "Chance that a hand-off loses the history, so that the customer tells it again"),
    C("service.complexity", "share", 0.1, 0.0, 2.0, ASSUMED, "Extra hours per incident of a fully customised offer or per further line"),
    C("service.quality_effect", "1", 1.0, 0.0, 1.0, ASSUMED, "Relative change of incidents per point of common quality below one half"),
    C("service.failure_demand", "1", 1.0, 0.0, 5.0, "idea: Seddon (2003); value assumed", "Extra incidents at no fit against full fit", off={"failure_demand": 0.0}),
    C("service.base", "0-1", 0.78, 0.0, 1.0, ASSUMED, "Experience of a plain incident served at once"),
    C("service.wait_effect", "1/month", 0.35, 0.0, 2.0, ASSUMED, "Experience lost per month of waiting"),
    C("service.handoff_effect", "1", 0.07, 0.0, 0.5, ASSUMED, "Experience lost per hand-off"),
    C("service.told_again_effect", "1", 0.05, 0.0, 0.5, ASSUMED, "Experience lost each time the story is told again"),
    P("service.rework", "share", 0.06, 0.0, 0.5, "Steeman (2013), BPI Challenge 2013, Volvo IT incident log, own count: of 5,520 tickets that no change of organisation line touched 5.7 % were taken up again after they had been completed, or 0.06", "Chance that an incident comes back, for a rested desk without hand-offs"),
    C("service.rework_handoff", "share", 0.04, 0.0, 0.2, ASSUMED, "Extra chance per hand-off that an incident comes back"),
    P("service.rework_morale", "1", 0.12, 0.0, 1.0, ASSUMED, "Extra chance of rework per point of morale lost"),
    C("service.rework_effect", "1", 0.25, 0.0, 1.0, ASSUMED, "Experience lost when work must be done again"),
    P("service.morale_effect", "1", 0.1, 0.0, 1.0, ASSUMED, "Experience lost per point of morale lost"),
    C("service.senior_effect", "1", 0.10, 0.0, 0.5, ASSUMED, "Experience gained from the senior tier"),
    P("service.senior_wage", "ratio", 1.26, 1.0, 5.0, "ContactBabel (2014), contact centres in the United States: 34,777 USD a year for experienced and 27,542 USD for new agents, a ratio of 1.26", "Pay of the senior tier against the junior"),
    P("service.complaint_hours", "h", 0.5, 0.0, 20.0, ASSUMED, "Hours of handling one complaint"),
    P("service.escalation_hours", "h/month", 0.5, 0.0, 20.0, ASSUMED, "Extra hours per incident older than a month"),
    P("service.escalation_share", "share", 0.3, 0.0, 0.9, ASSUMED, "Most of the desk's hours that complaints and escalations can claim"),
    C("service.giving_up", "1/month", 0.3, 0.0, 1.0, "idea: impatient customers, Palm (1946); value assumed", "Chance that a customer whose incident waited a month gives it up"),
    C("service.recovery", "share", 0.5, 0.0, 1.0, "sign: de Matos, Henrique and Rossi (2007); value assumed", "Share of the shortfall that a recovery gives back to a complainer", off={"recovery": 0.0}),
    C("service.discount_months", "months", 12.0, 0.0, 120.0, ASSUMED, "Months for which a discount that was demanded is granted"),
    P("service.crisis_pace", "share", 0.5, 0.0, 1.0, ASSUMED, "Pace of product improvement while the firm is in crisis"),
    P("service.staffing_time", "months", 4.0, 1.0, 24.0, ASSUMED, "Time to hire or release staff"),
    P("service.demand_memory", "months", 6.0, 1.0, 24.0, ASSUMED, "Time over which demand is averaged before staffing follows it"),
    P("service.morale_rest", "0-1", 0.95, 0.1, 1.0, ASSUMED, "Morale of a rested desk"),
    P("service.morale_drop", "0-1", 0.7, 0.0, 1.0, ASSUMED, "Morale lost under extreme pressure"),
    P("service.morale_knee", "ratio", 1.08, 0.5, 2.0, ASSUMED, "Pressure at which half of that is lost"),
    P("service.morale_width", "ratio", 0.08, 0.01, 1.0, ASSUMED, "Width of that fall"),
    P("service.morale_time", "months", 4.0, 1.0, 24.0, ASSUMED, "Time in which morale follows pressure"),
    P("service.turnover", "1/month", 0.015, 0.0, 0.3, "IRS Employment Review (2008), as reported by Personnel Today: 17.8 % of staff in the United Kingdom resigned in 2007 on average, or 0.015 a month", "Share of a content staff that leaves"),
    P("service.turnover_morale", "1", 3.0, 0.0, 20.0, ASSUMED, "Relative extra turnover at no morale"),
    P("service.recruit_speed", "share", 0.5, 0.0, 1.0, ASSUMED, "Output of a recruit against that of experienced staff"),
    P("service.recruit_time", "months", 6.0, 1.0, 36.0, "Oxford Economics (2014), The Cost of Brain Drain: new staff reaches its full output after 28 weeks, the mean of five sectors of the United Kingdom, which is 6.4 months, or 6", "Time in which recruits learn"),
    P("service.crisis_enter", "ratio", 1.25, 1.0, 3.0, ASSUMED, "Pressure above which a firm is in crisis"),
    P("service.crisis_leave", "ratio", 1.05, 0.5, 3.0, ASSUMED, "Pressure below which a crisis ends"),
)
# fmt: on
