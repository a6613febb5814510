"""A policy that no decision defines, so that tuning searches all of them."""

from sim.policies import Policy


class Nothing(Policy):
    name = "nothing"
    summary = "the neutral plan"
    defining = {}
