"""Numbers of conduct: how far firms answer rivals and costs, and how they adapt. The same for every firm."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
RIVALS: tuple[P, ...] = (
    P("rivals.price_match", "share", 0.4, 0.0, 0.95, "Amiti, Itskhoki and Konings (2019): elasticity 0.4 to the prices of competitors", "Part of the distance from its planned price to its rivals' prices that a reactive firm follows"),
    P("rivals.promotion_match", "share", 0.2, 0.0, 0.95, "form: Steenkamp, Nijs, Hanssens and Dekimpe (2005), answers are mostly none, else in the same instrument; value assumed", "Part of the distance from its planned discounts to its rivals' discounts that a reactive firm follows"),
    P("rivals.pass_through", "share", 0.6, 0.0, 1.5, "Amiti, Itskhoki and Konings (2019): elasticity 0.6 to a firm's own cost", "Part of a change of its unit cost that a firm puts into its price, unless its conduct is fixed"),
    P("rivals.step", "share of range", 0.05, 0.0, 0.5, ASSUMED, "Largest step that an adaptive firm moves a decision in a quarter, against the range that tuning searches"),
    P("rivals.step_growth", "ratio", 1.2, 1.0, 3.0, "Riedmiller and Braun (1993): 1.2", "Factor on the step of a decision after a quarter that was worth more"),
    P("rivals.step_cut", "ratio", 0.5, 0.0, 1.0, "Riedmiller and Braun (1993): 0.5", "Factor on the step of a decision after a quarter that was worth less"),
    P("rivals.least_step", "share", 0.125, 0.01, 1.0, ASSUMED, "Smallest step of an adaptive firm, against its largest"),
    P("rivals.imitation", "share", 0.1, 0.0, 1.0, ASSUMED, "Part of the distance to the most profitable rival that an adaptive firm moves a decision when its turn comes"),
)
# fmt: on
