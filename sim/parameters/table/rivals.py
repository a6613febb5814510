"""Numbers of conduct: how far firms answer rivals and costs, and how they adapt. The same for every firm."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
RIVALS: tuple[P, ...] = (
    P("rivals.price_match", "share", 0.4, 0.0, 0.95, "Amiti, Itskhoki and Konings (2019): elasticity 0.4 to the prices of competitors", "Part of the distance from its planned price to its rivals' prices that a reactive firm follows"),
    P("rivals.promotion_match", "share", 0.2, 0.0, 0.95, "form: Steenkamp, Nijs, Hanssens and Dekimpe (2005), answers are mostly none, else in the same instrument; value assumed", "Part of the distance from its planned discounts to its rivals' discounts that a reactive firm follows"),
    P("rivals.pass_through", "share", 0.6, 0.0, 1.5, "Amiti, Itskhoki and Konings (2019): elasticity 0.6 to a firm's own cost", "Part of a change of its unit cost that a firm puts into its price, unless its conduct is fixed"),
    P("rivals.usual_cost", "share of price", 0.0, 0.0, 2.0, "form: Hall and Hitch (1939), a usual addition to direct cost; value assumed", "Unit cost with which the neutral price is usual; an adaptive firm asks more by as much as its unit cost is higher. 0: its unit cost when the policies began"),
    P("rivals.step", "share of range", 0.1, 0.0, 0.5, ASSUMED, "Largest step that an adaptive firm moves a decision in a quarter, and how far it tries it to a side, against the range that tuning searches"),
    P("rivals.pace", "1/quarter", 0.2, 0.0, 1.0, ASSUMED, "Part of the distance to what it believes best that an adaptive firm moves a decision in a quarter; after a quarter with a loss all of it"),
    P("rivals.trust", "quarters", 20.0, 0.0, 1000.0, "form: Hoerl and Kennard (1970), ridge regression; value assumed", "Quarters of trials without effect that weigh as much as the industry's usual decisions"),
    P("rivals.response", "ratio", 2.0, 0.0, 20.0, "form: Lerner (1934), Dorfman and Steiner (1954), more is spent where it pays more; value assumed", "Part of the range searched by which what is believed best differs from what is usual, per share of revenue that is earned over the range"),
    P("rivals.trial_turn", "1/quarter", 0.15, 0.01, 1.0, "form: Spall (1992), all decisions tried at once; value assumed", "Chance that the side is drawn anew on which an adaptive firm tries a decision"),
    P("rivals.smoothing", "share", 0.4, 0.05, 1.0, "form: Koyck (1954), distributed lags; value assumed", "Weight of the newest quarter in decisions and profit that an adaptive firm compares with those of its horizon"),
    P("rivals.forgetting", "1/quarter", 0.025, 0.0, 1.0, ASSUMED, "Part of what its books say of a decision that an adaptive firm forgets in a quarter"),
    P("rivals.imitation", "share", 0.1, 0.0, 1.0, ASSUMED, "Part of the distance to the most profitable rival that an adaptive firm moves a decision in a quarter"),
)
# fmt: on
