"""Numbers of doing better: preventing incidents, mending their causes, and designing the process of service."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
IMPROVING: tuple[P, ...] = (
    # preventing
    P("prevention.most", "share", 0.4, 0.0, 1.0, ASSUMED, "Most incidents that preventing spares"),
    P("prevention.half", "incidents/customer", 1.0, 0.001, 100.0, ASSUMED, "Work put into preventing, as so many plain incidents per customer, that spares half of what can be spared"),
    P("prevention.fading", "1/month", 0.05, 0.001, 1.0, ASSUMED, "Speed at which preventive work is out of date"),
    P("prevention.idle_use", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of the hours left over at the desk that comes in pieces long enough to prevent anything"),
    P("prevention.experience", "0-1", 0.05, 0.0, 0.5, ASSUMED, "Experience of service gained when all is done that preventing can do"),
    # causes
    P("causes.kinds", "count", 5.0, 1.0, 20.0, ASSUMED, "Kinds of causes that incidents have"),
    P("causes.concentration", "ratio", 0.6, 0.01, 1.0, "idea: the vital few, Juran (1954); value assumed", "Incidents from each kind of cause against the next larger one"),
    P("causes.mendable", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of the incidents whose cause can be mended at all"),
    P("causes.effect", "share", 0.6, 0.0, 1.0, ASSUMED, "Part of a cause that one project mends"),
    P("causes.returning", "1/month", 0.03, 0.0, 1.0, ASSUMED, "Speed at which causes that were mended come back in new forms"),
    P("causes.lag", "count", 6.0, 1.0, 36.0, ASSUMED, "Months that mending one cause takes"),
    P("causes.cost", "EUR/person", 1.0, 0.0, 1e5, ASSUMED, "Cost of mending one cause, per person of the market, spread over those months"),
    P("causes.mistaken", "share", 0.3, 0.0, 1.0, ASSUMED, "Part of the complaints that are put down to a cause at random"),
    P("causes.memory", "months", 6.0, 1.0, 36.0, ASSUMED, "Time over which complaints about a cause are averaged"),
    P("causes.worth", "incidents/complaint", 3.0, 0.0, 100.0, ASSUMED, "Incidents that firms reckon behind each complaint that they hear"),
    P("causes.horizon", "months", 12.0, 1.0, 120.0, ASSUMED, "Months within which a firm wants the mending of a cause to pay"),
    # breadth of the offer, goals
    P("choice.effort", "utility", 0.15, 0.0, 5.0, "sign: Iyengar and Lepper (2000), disputed by Scheibehenne, Greifeneder and Todd (2010); value assumed", "What each further line of a firm that was never tried takes from its value to somebody who must find out which one is right"),
    P("choice.confusion", "share", 0.05, 0.0, 0.33, ASSUMED, "Chance, for each further line, that a customer ends up with any line instead of the one nearest to what it says it wants"),
    P("belief.goals_cost", "ratio", 3.0, 1.0, 20.0, ASSUMED, "Price of precision when customers are asked for their goals, against asking for preferences"),
    P("belief.goals_time", "months", 12.0, 1.0, 60.0, ASSUMED, "Time in which beliefs come to rest on what is asked for now"),
    # choosing customers
    P("selection.term", "count", 12.0, 1.0, 60.0, ASSUMED, "Months of a contract, at the end of which the supplier may give notice"),
    P("selection.notice", "count", 3.0, 1.0, 24.0, ASSUMED, "Months of notice"),
    P("selection.memory", "months", 12.0, 1.0, 60.0, ASSUMED, "Time over which a firm averages the service hours that it sees a customer take"),
    P("selection.prospect_error", "sd", 0.5, 0.0, 3.0, ASSUMED, "Error of a firm's estimate of what somebody spends who is not its customer, against the spread over people"),
    P("selection.resentment", "share", 0.3, 0.0, 1.0, ASSUMED, "Share of satisfaction, or of reputation, that a firm loses with somebody whom it refuses"),
    # customers' own outcome
    P("outcome.pace", "1/month", 0.1, 0.01, 1.0, ASSUMED, "Speed at which the outcome of a customer's business follows what the month did to it"),
    P("outcome.spread", "sd", 0.15, 0.0, 0.5, ASSUMED, "Spread of how well businesses do by themselves"),
    P("outcome.usual_fit", "0-1", 0.7, 0.0, 1.0, ASSUMED, "Fit of a purchase that neither helps nor hurts the business of its buyer"),
    P("outcome.fit_effect", "1", 0.4, 0.0, 2.0, ASSUMED, "Outcome gained per unit of fit above that"),
    P("outcome.trouble", "1/incident", 0.1, 0.0, 1.0, ASSUMED, "Outcome lost by each incident that is open at the end of a month"),
    P("outcome.help", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Outcome gained by unlimited support of a customer whose goal is known"),
    P("outcome.support_scale", "EUR", 2.0, 0.001, 1e5, ASSUMED, "Support per customer and month that does half of what support can do"),
    P("outcome.blind", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of the effect of support that needs no knowledge of the goal"),
    P("outcome.buying", "1", 1.0, 0.0, 3.0, ASSUMED, "Relative change of purchase occasions per unit of outcome"),
    P("outcome.felt", "1", 0.2, 0.0, 1.0, ASSUMED, "Experience of use per unit of outcome above one half: whose business does well likes the supplier better"),
    P("outcome.failing", "1/month", 0.02, 0.0, 0.5, ASSUMED, "Chance that a business at outcome 0 fails; it falls to nothing at one half"),
    # process
    P("process.care", "share", 0.15, 0.0, 0.9, ASSUMED, "Hours of an incident saved by a process designed for least handling, or added by one designed for least total work"),
    P("process.repeats", "log", 0.5, 0.0, 3.0, "idea: failure demand, Seddon (2003); value assumed", "Log by which the first raises, and the second lowers, the chances of work done again and of history forgotten"),
)
# fmt: on
