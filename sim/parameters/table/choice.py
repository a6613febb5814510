"""Numbers of choice: who considers leaving, what counts, habit, staying away, and the effort of choosing."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

# fmt: off
CHOICE: tuple[P, ...] = (
    P("choice.consider", "1/month", 0.008, 0.0, 0.5, ASSUMED, "Chance that a customer at neutral satisfaction considers leaving"),
    P("choice.consider_slope", "1", 4.0, 0.0, 12.0, ASSUMED, "How fast that chance rises with dissatisfaction"),
    P("choice.consider_ticket", "1/month", 0.03, 0.0, 0.5, ASSUMED, "Extra chance while an incident stays open a month or longer"),
    P("choice.consider_contact", "1/month", 0.02, 0.0, 0.5, ASSUMED, "Extra chance when a rival's offer arrives"),
    P("choice.consider_price", "1/month", 0.5, 0.0, 3.0, ASSUMED, "Extra chance per unit by which the price exceeds the reference", off={"price_response": 0.0}),
    P("choice.consider_word", "1/month", 0.01, 0.0, 0.5, ASSUMED, "Extra chance per negative message heard about one's supplier"),
    P("choice.entry", "1/month", 0.20, 0.0, 1.0, ASSUMED, "Contract: chance that a person without supplier looks at the market"),
    P("choice.trial", "1/month", 0.0, 0.0, 1.0, ASSUMED, "Repertoire: chance that a person without supplier makes a first purchase; 0: at the own purchase rate"),
    P("choice.switching_cost", "utility", 1.8, 0.0, 8.0, ASSUMED, "What a supplier's own customer would have to give up"),
    P("choice.experience_weight", "utility", 6.0, 0.0, 15.0, ASSUMED, "Weight of own satisfaction, or of reputation, in the choice"),
    P("choice.fit_weight", "utility", 1.0, 0.0, 10.0, ASSUMED, "Weight of the fit that stated preferences see in the nearest line"),
    P("choice.contact_weight", "utility", 0.6, 0.0, 5.0, ASSUMED, "Weight of having been contacted"),
    P("choice.promotion_weight", "utility", 4.0, 0.0, 20.0, ASSUMED, "Weight of a newcomer's discount"),
    P("choice.taste", "sd", 0.6, 0.0, 4.0, ASSUMED, "Spread of the lasting taste of a customer for a firm"),
    P("choice.outside", "utility", 1.5, -10.0, 10.0, ASSUMED, "Value of having no supplier"),
    P("choice.habit_weight", "utility", 0.8, 0.0, 5.0, ASSUMED, "Weight of habit in a repertoire"),
    P("choice.habit_learning", "1/purchase", 0.2, 0.0, 1.0, ASSUMED, "Speed at which habit follows purchases"),
    P("choice.main_lead", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Lead in habit that another firm needs to become the main firm of a repertoire"),
    P("choice.lapse", "months", 12.0, 2.0, 60.0, ASSUMED, "Months without purchase after which a repertoire customer counts as lost"),
    P("choice.burn_threshold", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Satisfaction below which a leaver is burned", off={"burning": 0.0}),
    P("choice.burn_months", "months", 36.0, 0.0, 240.0, ASSUMED, "Months for which a burned customer does not come back", off={"burning": 0.0}),
)
CHOICE_EFFORT: tuple[P, ...] = (
    P("choice.effort", "utility", 0.15, 0.0, 5.0, "sign: Iyengar and Lepper (2000), disputed by Scheibehenne, Greifeneder and Todd (2010); value assumed", "What each further line of a firm that was never tried takes from its value to somebody who must find out which one is right", off={"choice_effort": 0.0}),
    P("choice.confusion", "share", 0.05, 0.0, 0.33, ASSUMED, "Chance, for each further line, that a customer ends up with any line instead of the one nearest to what it says it wants", off={"choice_effort": 0.0}),
)
# fmt: on
