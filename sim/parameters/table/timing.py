"""Numbers of time: the discount rate, and the months before the recorded ones."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
TIME: tuple[P, ...] = (
    P("discount_rate", "1/month", 0.01, 0.0001, 0.1, "Gupta, Lehmann and Stuart (2004), Journal of Marketing Research 41: 12 % a year, or 0.01 a month", "Discount rate of money; never 0, since a customer who never leaves would then be worth more than any sum"),
    P("warm_up", "count", 24.0, 0.0, 120.0, ASSUMED, "Months with identical firms before the recorded months begin"),
)
# fmt: on
