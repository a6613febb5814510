"""Numbers of information between departments: how late and wrong it comes, and what sharing it costs."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

CLASSES_OF_FACTS = (
    "customers",
    "value",
    "service",
    "product",
    "invoices",
    "causes",
    "reasons",
    "credits",
    "rivals",
)  # what they hold: see `organisation.reporting`

_ERRORS = {"rivals": 0.01}  # prices are posted for all to see

# fmt: off
INFORMATION_PARAMETERS: tuple[P, ...] = tuple(
    row
    for name in CLASSES_OF_FACTS
    for row in (
        P(f"facts.{name}_lag", "months", 1.0, 0.0, 24.0, ASSUMED, f"Time in which other departments' picture of the facts on {name} follows what is so, for two thirds of the way; 0 is at once"),
        P(f"facts.{name}_error", "share", _ERRORS.get(name, 0.05), 0.0, 1.0, ASSUMED, f"Standard deviation of the error of a report on {name} against what is reported"),
        P(f"facts.{name}_cost", "EUR/customer/month", 0.01, 0.0, 1e4, ASSUMED, f"Running cost of letting all four other departments see the facts on {name}; in proportion where walls leave fewer of them to see"),
    )
)
# fmt: on
