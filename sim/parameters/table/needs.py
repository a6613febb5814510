"""Numbers of needs: goals and segments, their drift, and the distance of what is stated from what is meant."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
NEEDS: tuple[P, ...] = (
    P("needs.spread", "sd", 1.0, 0.0, 3.0, "assumed; swept 0.25-1.5", "Standard deviation of goals per dimension of need space"),
    P("needs.spread_between", "share", 0.5, 0.0, 1.0, ASSUMED, "Share of the variance of goals that lies between segments"),
    P("needs.segments", "count", 4.0, 1.0, 16.0, ASSUMED, "Number of segments"),
    P("needs.weight_spread", "sd of log", 0.3, 0.0, 1.5, ASSUMED, "How unequally people weigh the dimensions"),
    P("needs.drift", "sd/month", 0.02, 0.0, 0.3, ASSUMED, "Monthly drift of goals as a share of their spread", off={"needs_drift": 0.0}),
    P("needs.distortion", "sd", 0.3, 0.0, 3.0, ASSUMED, "Distance of the stated preference from the goal behind it"),
    P("needs.tolerance", "distance", 1.0, 0.1, 10.0, ASSUMED, "Misfit at which fit falls to exp(-1/8)"),
)
# fmt: on
