"""A policy that every decision but its price defines, so that tuning searches the price alone."""

from sim.policies import Defining, Plan, Policy


class EverythingButPrice(Policy):
    name = "everything_but_price"
    summary = "the usual plan at a price that is to be found"
    defining = {
        name: Defining(value, "It is not to be tuned here.", "assumed")
        for name, value in Plan()._asdict().items()
        if name != "price"
    }
