"""Numbers of selecting customers: the term of a contract, notice, and what refusing somebody does."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
CUSTOMER_SELECTION: tuple[P, ...] = (
    C("selection.term", "count", 12.0, 1.0, 60.0, "assumed; contracts of at most 12 months had to be on offer to consumers of electronic communications (Directive 2009/136/EC, article 1), and the worlds that choose their customers sell something else", "Months of a contract, at the end of which the supplier may give notice", off={"selection": 0.0}),
    C("selection.notice", "count", 3.0, 1.0, 24.0, ASSUMED, "Months of notice"),
    C("selection.memory", "months", 12.0, 1.0, 60.0, ASSUMED, "Time over which a firm averages the service hours that it sees a customer take"),
    P("selection.prospect_error", "sd", 0.5, 0.0, 3.0, ASSUMED, "Error of a firm's estimate of what somebody spends who is not its customer, against the spread over people"),
    C("selection.resentment", "share", 0.3, 0.0, 1.0, ASSUMED, "Share of satisfaction, or of reputation, that a firm loses with somebody whom it refuses"),
)
# fmt: on
