"""Numbers of needs: goals and segments, their drift, and the distance of what is stated from what is meant."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
NEEDS: tuple[P, ...] = (
    C("needs.spread", "sd", 1.0, 0.0, 3.0, "assumed; swept 0.25-1.5", "Standard deviation of goals per dimension of need space"),
    C("needs.spread_between", "share", 0.5, 0.0, 1.0, ASSUMED, "Share of the variance of goals that lies between segments"),
    C("needs.segments", "count", 4.0, 1.0, 16.0, ASSUMED, "Number of segments"),
    C("needs.weight_spread", "sd of log", 0.3, 0.0, 1.5, ASSUMED, "How unequally people weigh the dimensions"),
    C("needs.drift", "sd/month", 0.02, 0.0, 0.3, ASSUMED, "Monthly drift of goals as a share of their spread", off={"needs_drift": 0.0}),
    C("needs.distortion", "sd", 0.3, 0.0, 3.0, ASSUMED, "Distance of the stated preference from the goal behind it"),
    C("needs.tolerance", "distance", 1.0, 0.1, 10.0, ASSUMED, "Misfit at which fit falls to exp(-1/8)"),
)
# fmt: on
