"""One size fits all: one product for the average customer, the cheapest process, first come first served."""

from collections.abc import Mapping
from typing import ClassVar

from sim.policies.base import Defining, Policy

LEVITT_1972 = "Levitt (1972), Production-line approach to service, Harvard Business Review"
LEVITT_1983 = "Levitt (1983), The globalization of markets, Harvard Business Review"
MINTZBERG = "Mintzberg (1979), The Structuring of Organizations, on the machine bureaucracy"
SMITH = "Smith (1956), Product differentiation and market segmentation as alternative marketing strategies, JM"


class OneSizeFitsAll(Policy):
    """Minimise the cost of the process for the average customer."""

    name: ClassVar[str] = "osfa"
    summary: ClassVar[str] = "one product, the cheapest process, first come first served"
    defining: Mapping[str, Defining] | None = {
        "lines": Defining(1.0, "One standard product serves everybody, so that volume makes it cheap.", LEVITT_1983),
        "depth": Defining(0.0, "Nothing is made to measure; a standard product is sold as it is.", LEVITT_1983),
        "process": Defining(0.25, "Service is designed like a production line, for least handling.", LEVITT_1972),
        "priority": Defining(0.0, "A standard process takes customers in the order in which they come.", LEVITT_1972),
        "targeting": Defining(0.0, "One message goes to the whole market; no part of it is selected.", SMITH),
        "intelligence": Defining(0.0, "What single customers need does not change the product.", SMITH),
        "walls": Defining(0.6, "Work is divided by function, and each function has its own rules.", MINTZBERG),
        "sales_structure": Defining(0.0, "One sales team sells the one product to everybody.", MINTZBERG),
        "pay_value": Defining(0.0, "Output is rewarded; the value of single customers is not known.", MINTZBERG),
    }
