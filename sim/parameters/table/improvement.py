"""Numbers of improvement: preventing incidents, mending their causes, and designing the process of service."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
PREVENTION: tuple[P, ...] = (
    P("prevention.most", "share", 0.4, 0.0, 1.0, ASSUMED, "Most incidents that preventing spares"),
    P("prevention.half", "incidents/customer", 1.0, 0.001, 100.0, ASSUMED, "Work put into preventing, as so many plain incidents per customer, that spares half of what can be spared"),
    P("prevention.fading", "1/month", 0.05, 0.001, 1.0, ASSUMED, "Speed at which preventive work is out of date"),
    P("prevention.idle_use", "share", 0.5, 0.0, 1.0, ASSUMED, "Part of the hours left over at the desk that comes in pieces long enough to prevent anything"),
    P("prevention.experience", "0-1", 0.05, 0.0, 0.5, ASSUMED, "Experience of service gained when all is done that preventing can do"),
)
ROOT_CAUSES: tuple[P, ...] = (
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
)
PROCESS_DESIGN: tuple[P, ...] = (
    P("process.care", "share", 0.15, 0.0, 0.9, ASSUMED, "Hours of an incident saved by a process designed for least handling, or added by one designed for least total work"),
    P("process.repeats", "log", 0.5, 0.0, 3.0, "idea: failure demand, Seddon (2003); value assumed", "Log by which the first raises, and the second lowers, the chances of work done again and of history forgotten"),
)
# fmt: on
