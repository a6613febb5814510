"""Targets that the model cannot show, each with the reason."""

from sim.validation.row import EXACT, QUANT, SIGN, NotReachable

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
      "nobody rejects a firm for good on words alone: a bad word lowers reputation, and only a bad experience of one's own burns; the distance is in the replication negative-word-of-mouth"),
    N("F15", "A referral cascade with R new customers each has 1 / (1 - R) members", "branching process", EXACT,
      "who joins values having no supplier less than the firm, and who leaves values it more, so that nobody speaks for one generation and then falls silent"),
    N("F17", "Poaching price t/3, own price 2t/3, a third of customers switch (D15)", "Fudenberg and Tirole (2000)", EXACT,
      "taste is normal with Gumbel luck and not uniform on a line; the equilibrium of the model's own tastes is in the replication behaviour-based-pricing"),
    N("D18-circle", "Mean distance to k offers on a circle of tastes is 1 / (4k)", "geometry", EXACT,
      "need space has four dimensions without an edge; rows D18 have the Gaussian case with one and two lines"),
    N("B15", "Best acquisition and retention spending under saturating response curves", "Blattberg and Deighton (1996)", EXACT,
      "reach is proportional to the budget up to a ceiling; there is no curve a (1 - exp(-kx)) in the model"),
    N("C9", "Diffusion by strong and weak ties, p = 1 - (1 - a)(1 - b)^j (1 - s)^m", "Goldenberg, Libai and Muller (2001)", EXACT,
      "strength of ties weighs words about one's own supplier, not the chance that a word makes a firm known; with several ties for a strong one it is the replication strong-and-weak-ties"),
    N("A6-equity", "Equity and performance go with satisfaction at .50 and .34, repurchase intention at .52", "Szymanski and Henard (2001)", QUANT,
      "the model has no feeling of fairness and no intention beside behaviour, and keeps no experience of a month; what it keeps is in the other rows A6"),
    N("A11", "Linear and symmetric forms do as well", "Streukens and de Ruyter (2004)", SIGN,
      "a comparison of functional forms on survey data; the mechanism loss_aversion off is the symmetric form"),
    N("A21", "Value of a firm rises 0.5 to 2 % per percent of mean satisfaction, after a year or more", "Anderson, Fornell and Lehmann (1994); Gruca and Rego (2005)", QUANT,
      "no number raises one firm's satisfaction at no cost: quality, service and fit are each paid for and do more than please"),
    N("B14", "Members of a loyalty programme lead by more than twice what the programme does", "Leenheer, van Heerde, Bijmolt and Smidts (2007)", SIGN,
      "there is no loyalty programme that customers join by themselves"),
    N("C7", "Dissatisfied adopters cost value, the first ones most, and more with weak ties", "Goldenberg, Libai, Moldovan and Muller (2007)", SIGN,
      "who stays away is silent; the figures are in the replication negative-word-of-mouth"),
    N("C10", "An early adopter lost costs 2 to 6 times what a late one does", "Hogan, Lemon and Libai (2003)", QUANT,
      "no setting removes a customer in a month; the replication lost-customer does so in forked worlds"),
    N("C12", "Bass parameters of new durables: p .001 to .05, q .2 to .6", "Sultan, Farley and Lehmann (1990)", QUANT,
      "no world of the box has a new category; where one is made, p and q are put in (row F5)"),
    N("C16", "First-degree contacts of a campaign's targets respond with 28 % of its effect", "Ascarza, Ebbes, Netzer and Danielson (2017)", QUANT,
      "no setting gives an offer to customers drawn by lot: discounts go to newcomers or to those who ask"),
)
# fmt: on
