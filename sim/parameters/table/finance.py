"""Numbers of finance: interest, what lenders bear, and what becomes of a firm whose debt is above that."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
FINANCE: tuple[P, ...] = (
    P("finance.debt_rate", "1/year", 0.06, 0.0, 1.0, "Moody's (2024), yield of seasoned Baa corporate bonds: 5.86 % on average in 2023, or 0.06", "Interest on debt, which is cash below zero"),
    P("finance.cash_rate", "1/year", 0.01, 0.0, 1.0, "European Central Bank (2024), euro area bank interest rate statistics: 0.89 % a year on overnight deposits from corporations in January 2024, or 0.01", "Interest on cash"),
    P("finance.payout", "share", 1.0, 0.0, 1.0, "assumed; so that a profit counts once, when it is made", "Part of the cash above that of the start which owners take out each month"),
    P("finance.covenant", "years", 3.5, 0.0, 100.0, "form: covenants on debt to cash flow, Dichev and Skinner (2002); value assumed, 3 to 4 is usual", "Debt that lenders bear, in yearly operating profits"),
    P("finance.working_capital", "share of revenue", 0.1, 0.0, 10.0, "assumed; about five weeks of sales", "Debt that lenders bear whatever the profit, in yearly net revenues"),
    P("finance.cut", "share", 0.25, 0.0, 1.0, "Campello, Graham and Harvey (2010): firms short of credit planned 22 % less for technology and 33 % less for marketing", "Part of the budgets for research, marketing, intelligence and support that each quarter above that limit takes away"),
    P("finance.patience", "months", 12.0, 0.0, 120.0, ASSUMED, "Months above that limit after which a firm is refinanced or exits"),
    P("finance.multiple", "years", 8.0, 0.0, 100.0, "Argos Soditic and Epsilon Research (2014), Argos mid-market index: unlisted firms of the euro area were bought at 7.8 yearly EBITDA, the median of the first quarter of 2014, or 8", "Value of a firm, in yearly operating profits, up to which its debt can be refinanced"),
    P("finance.issue_cost", "share", 0.07, 0.0, 0.5, "Lee, Lochhead, Ritter and Zhao (1996): seasoned equity offerings cost 7.1 % of what they raise, or 0.07", "Cost of new equity, of the amount raised"),
    P("finance.exit", "0 or 1", 1.0, 0.0, 1.0, ASSUMED, "1: a firm that cannot be refinanced exits; 0: its owners always refinance it"),
)
# fmt: on
