"""Targets that the model cannot show, each with the reason."""

from sim.validation.row import EXACT, NotReachable

N = NotReachable
# fmt: off
UNREACHED_TARGETS: tuple[NotReachable, ...] = (
    N("F4-logsum", "Expected highest utility of a logit choice is the log of the sum of exp(u)", "McFadden (1974)", EXACT,
      "a run records what was chosen, not the utility of the best; shares and elasticities of the same choice are row F4"),
    N("F7-exact", "Waits of M/M/c follow Erlang's delay formula", "Erlang (1917)", EXACT,
      "the desk has no clock inside the month; it uses Sakasegawa's approximation, whose distance is row F7"),
    N("F7c", "Abandonment and waits of M/M/c with impatient customers (Erlang A)", "Palm (1946)", EXACT,
      "customers give up once a month, not while they wait inside it"),
    N("F10-rising", "Bad debt of accounts that are paid at .70, .75 and .60 at the three ages", "Cyert, Davidson and Thompson (1962)", EXACT,
      "a reminder raises the chance to pay at every overdue age alike; the same chain with .70, .75 and .75 is row F10"),
    N("F12", "Mean field of negative word of mouth with people who reject for good", "Goldenberg, Libai, Moldovan and Muller (2007)", EXACT,
      "nobody rejects a firm for good on words alone: a bad word lowers reputation, and only a bad experience of one's own burns"),
    N("F15", "A referral cascade with R new customers each has 1 / (1 - R) members", "branching process", EXACT,
      "customers may talk every month while they are customers, so that no message is a generation"),
    N("F17", "Poaching price t/3, own price 2t/3, a third of customers switch (D15)", "Fudenberg and Tirole (2000)", EXACT,
      "taste is normal with Gumbel luck and not uniform on a line, and no firm solves for a best reply within a run"),
    N("D18-circle", "Mean distance to k offers on a circle of tastes is 1 / (4k)", "geometry", EXACT,
      "need space has four dimensions without an edge; rows D18 have the Gaussian case with one and two lines"),
    N("B15", "Best acquisition and retention spending under saturating response curves", "Blattberg and Deighton (1996)", EXACT,
      "reach is proportional to the budget up to a ceiling; there is no curve a (1 - exp(-kx)) in the model"),
    N("C9", "Diffusion by strong and weak ties, p = 1 - (1 - a)(1 - b)^j (1 - s)^m", "Goldenberg, Libai and Muller (2001)", EXACT,
      "strength of ties weighs words about one's own supplier, not the chance that a word makes a firm known"),
)
# fmt: on
