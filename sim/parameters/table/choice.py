"""Numbers of choice: who considers leaving, what counts, habit, staying away, and the effort of choosing."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
CHOICE: tuple[P, ...] = (
    C("choice.consider", "1/month", 0.008, 0.0, 0.5, ASSUMED, "Chance that a customer at neutral satisfaction considers leaving"),
    C("choice.consider_slope", "1", 4.0, 0.0, 12.0, ASSUMED, "How fast that chance rises with dissatisfaction"),
    C("choice.consider_ticket", "1/month", 0.03, 0.0, 0.5, ASSUMED, "Extra chance while an incident stays open a month or longer"),
    C("choice.consider_contact", "1/month", 0.02, 0.0, 0.5, ASSUMED, "Extra chance when a rival's offer arrives"),
    C("choice.consider_price", "1/month", 4.0, 0.0, 6.0, "form: reference prices, Kalyanaram and Winer (1995); value by own-price elasticity", "Extra chance per unit by which the price has risen against its mean of the last year, or against that of a rival in touch", off={"price_response": 0.0}),
    C("choice.consider_word", "1/month", 0.01, 0.0, 0.5, ASSUMED, "Extra chance per negative message heard about one's supplier", off={"word_of_mouth": 0.0}),
    C("choice.entry", "1/month", 0.20, 0.0, 1.0, ASSUMED, "Contract: chance that a person without supplier looks at the market"),
    C("choice.trial", "1/month", 0.0, 0.0, 1.0, ASSUMED, "Repertoire: chance that a person without supplier makes a first purchase; 0: at the own purchase rate"),
    C("choice.switching_cost", "utility", 1.8, 0.0, 8.0, ASSUMED, "What a supplier's own customer would have to give up"),
    C("choice.experience_weight", "utility", 6.0, 0.0, 15.0, ASSUMED, "Weight of own satisfaction, or of reputation, in the choice"),
    C("choice.fit_weight", "utility", 1.0, 0.0, 10.0, ASSUMED, "Weight of the fit that stated preferences see in the nearest line"),
    C("choice.contact_weight", "utility", 0.6, 0.0, 5.0, ASSUMED, "Weight of having been contacted"),
    C("choice.expected_stay", "months", 24.0, 1.0, 240.0, "assumed; contracts bind consumers for at most 24 months (Directive (EU) 2018/1972 on electronic communications, article 105), and no law says how far ahead they reckon", "Time over which a customer reckons what a discount saves; 1 where each month's purchase is chosen for itself", off={"promotions": 1e9}),
    C("choice.discount_end", "1", 0.1, 0.0, 3.0, ASSUMED, "How far the end of a discount counts as a price rise among reasons to look around", off={"promotions": 0.0}),
    C("choice.taste", "sd", 0.6, 0.0, 4.0, ASSUMED, "Spread of the lasting taste of a customer for a firm"),
    C("choice.outside", "utility", 1.5, -10.0, 10.0, ASSUMED, "Value of having no supplier"),
    C("choice.habit_weight", "utility", 0.8, 0.0, 5.0, ASSUMED, "Weight of habit in a repertoire"),
    C("choice.habit_learning", "1/purchase", 0.125, 0.0, 1.0, "Guadagni and Little (1983), Marketing Science 2: loyalty to a brand carries over at 0.875 a purchase, which leaves 0.125", "Speed at which habit follows purchases"),
    C("choice.main_lead", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Lead in habit that another firm needs to become the main firm of a repertoire"),
    C("choice.lapse", "months", 12.0, 2.0, 60.0, "Zalando (2017), annual report 2016, glossary: active customers are those with an order in the last twelve months, that is 12", "Months without purchase after which a repertoire customer counts as lost"),
    C("choice.burn_threshold", "0-1", 0.3, 0.0, 1.0, ASSUMED, "Satisfaction below which a leaver is burned", off={"burning": 0.0}),
    C("choice.burn_months", "months", 36.0, 0.0, 240.0, ASSUMED, "Months for which a burned customer does not come back", off={"burning": 0.0}),
)
INERTIA: tuple[P, ...] = (
    C("choice.propensity_a", "1", 0.2, 0.0, 100.0, "calibrated: alpha of the sBG of those who join is 0.63 in telecom and 0.79 in commodity; Fader and Hardie (2007) found 0.668 and 0.704. Who joins is more restless than people are", "Contract: first beta parameter of a customer's lasting propensity to look around; 0: all are alike", off={"inertia": 0.0}),
    C("choice.propensity_b", "1", 1.14, 0.01, 1000.0, "calibrated with choice.propensity_a: a mean of 0.149, that of the High End customers of Fader and Hardie (2007), 0.668 and 3.806", "Contract: second beta parameter of that propensity, which is divided by its mean"),
    C("choice.propensity_value", "correlation", 0.0, -1.0, 1.0, "assumed; signs differ between industries: Reinartz and Kumar (2000)", "Contract: correlation of that propensity with what a person spends, as normal scores", off={"inertia": 0.0}),
)
GRIEVANCES: tuple[P, ...] = (
    C("choice.consider_complaint", "1/month", 0.06, 0.0, 0.5, "sign: exit after voice that failed, Hirschman (1970); checked against the Iranian churn data of the UCI repository, where those who complained leave more than three times as often", "Extra chance after a complaint that was not made good", off={"grievances": 0.0}),
    C("choice.complaint_months", "months", 12.0, 1.0, 60.0, ASSUMED, "Months for which such a complaint is a reason to look around"),
    C("service.made_good", "share", 0.4, 0.0, 1.0, "National Customer Rage Survey (2015): 60 % of complainants were not satisfied with what was done, which leaves 40 %", "Share of the complaints for which a desk has time that it makes good", off={"grievances": 1.0}),
)
CHOICE_EFFORT: tuple[P, ...] = (
    C("choice.effort", "utility", 0.15, 0.0, 5.0, "sign: Iyengar and Lepper (2000), disputed by Scheibehenne, Greifeneder and Todd (2010); value assumed", "What each further line of a firm that was never tried takes from its value to somebody who must find out which one is right", off={"choice_effort": 0.0}),
    C("choice.confusion", "share", 0.05, 0.0, 0.33, ASSUMED, "Chance, for each further line, that a customer ends up with any line instead of the one nearest to what it says it wants", off={"choice_effort": 0.0}),
)
# fmt: on
