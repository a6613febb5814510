"""One size fits all: one product for the average customer, the cheapest process, first come first served."""

from typing import ClassVar

from sim.policies.base import Plan, Policy


class OneSizeFitsAll(Policy):
    """Minimise the cost of the process for the average customer."""

    name: ClassVar[str] = "osfa"
    summary: ClassVar[str] = "one product, the cheapest process, first come first served"
    start: Plan = Plan(
        price=0.97, research=0.03, walls=0.6, senior=0.1, marketing=0.0075, newcomer_discount=0.1, process=0.25
    )
