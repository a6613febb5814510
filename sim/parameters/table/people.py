"""Numbers of the people: how many there are, their births and deaths, economics and temper."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
PEOPLE_PARAMETERS: tuple[P, ...] = (
    P("size", "people", 30_000.0, 100.0, 1e9, ASSUMED, "People in the market; each agent stands for size / customers of them"),
    C("refill", "1/month", 0.05, 0.0, 1.0, ASSUMED, "Chance that an empty place in the pool is taken by a newcomer", off={"births_and_deaths": 0.0}),
    C("death", "1/month", 0.0008, 0.0, 0.2, "Kochanek, Murphy, Xu and Arias (2024), Mortality in the United States 2022, NCHS Data Brief 492: 3,279,857 deaths of 333.3 million people, which is 0.98 % a year, or 0.0008 a month", "Chance that a person dies or moves away", off={"births_and_deaths": 0.0}),
    C("category_exit", "1/month", 0.002, 0.0, 0.2, ASSUMED, "Chance that a person leaves the category for good", off={"births_and_deaths": 0.0}),
)
ECONOMICS: tuple[P, ...] = (
    C("economics.purchase_rate", "1/month", 1.0, 0.01, 30.0, ASSUMED, "Mean purchase occasions of a customer"),
    C("economics.rate_shape", "1", 2.0, 0.05, 100.0, "form: Ehrenberg (1959); value assumed", "Shape of the gamma distribution of purchase rates"),
    C("economics.spend", "EUR/purchase", 40.0, 0.01, 1e7, ASSUMED, "Mean value of a purchase at list price 1"),
    C("economics.spend_sigma", "sd of log", 0.6, 0.0, 2.0, ASSUMED, "Spread of the value of a purchase over people"),
    C("economics.fixed_share", "share", 0.8, 0.0, 1.0, ASSUMED, "Part of a contract bill that does not depend on use"),
    C("economics.price_weight", "utility", 4.0, 0.0, 20.0, "assumed; checked by own-price elasticity", "Mean weight of price in the choice", off={"price_response": 0.0}),
    C("economics.price_sigma", "sd of log", 0.4, 0.0, 2.0, ASSUMED, "Spread of price sensitivity over people"),
    C("economics.incident_rate", "1/month", 0.12, 0.0, 5.0, ASSUMED, "Mean incidents of a customer at quality 0.5 and perfect fit", off={"incidents": 0.0}),
    C("economics.incident_shape", "1", 0.6, 0.05, 100.0, ASSUMED, "Shape of the gamma distribution of incident propensity"),
    C("economics.categories", "count", 3.0, 1.0, 8.0, ASSUMED, "Product categories that a customer can hold"),
    C("economics.category_value", "share", 0.25, 0.0, 2.0, ASSUMED, "Extra spend from each further category held"),
    C("economics.cross_sell", "1/month", 0.01, 0.0, 0.5, ASSUMED, "Chance that a fully satisfied customer takes a further category", off={"cross_selling": 0.0}),
    C("economics.category_need", "share", 0.5, 0.0, 1.0, ASSUMED, "Chance that a further category serves a need of a person"),
    C("economics.basket_response", "1", 0.3, 0.0, 2.0, ASSUMED, "Relative change of the basket per point of satisfaction from neutral", off={"purchase_response": 0.0}),
    C("economics.frequency_response", "1", 0.5, 0.0, 3.0, ASSUMED, "Relative change of purchase frequency per point of satisfaction from neutral", off={"purchase_response": 0.0}),
    C("economics.basket_elasticity", "1", 0.3, 0.0, 3.0, "foods 0.27-0.81 in all: Andreyeva, Long and Brownell (2010); value assumed", "Price elasticity of the basket at price 1, without its sign", off={"price_demand": 0.0}),
    C("economics.frequency_elasticity", "1", 0.2, 0.0, 3.0, "foods 0.27-0.81 in all: Andreyeva, Long and Brownell (2010); value assumed", "Price elasticity of purchase frequency at price 1, without its sign", off={"price_demand": 0.0}),
    C("economics.entry_elasticity", "1", 0.5, 0.0, 5.0, ASSUMED, "Price elasticity of the chance to enter the market, or to try it first, at price 1, without its sign", off={"price_demand": 0.0}),
    C("economics.dropout_a", "1", 0.0, 0.0, 100.0, "form: Fader, Hardie and Lee (2005)", "First beta parameter of dropout after a purchase; 0 switches it off"),
    C("economics.dropout_b", "1", 2.4, 0.01, 1000.0, "Fader, Hardie and Lee (2005), Marketing Science 24: b 2.426 of the BG/NBD model, fitted to the CDNOW sample, or 2.4", "Second beta parameter of dropout after a purchase"),
    C("economics.dropout_response", "1", 2.0, 0.0, 10.0, ASSUMED, "Log change of the dropout chance per point of satisfaction below neutral", off={"purchase_response": 0.0}),
)
COST_TO_SERVE: tuple[P, ...] = (
    C("economics.incident_value", "correlation", 0.0, -1.0, 1.0, "assumed; 0 is neutral", "Correlation of incident propensity with what a person spends, as normal scores"),
)
TEMPER: tuple[P, ...] = (
    C("temper.loss_aversion", "1", 1.955, 1.0, 3.0, "Brown, Imai, Vieider and Camerer (2024), Journal of Economic Literature 62: mean 1.955 of 607 estimates, most of them about money", "Mean weight of a shortfall against an excess", off={"loss_aversion": 1.0}),
    C("temper.voice", "share", 0.4, 0.0, 1.0, "Best and Andreasen (1977), Law and Society Review 11: 39.7 % of problems other than price were voiced, or 0.4", "Mean propensity to complain when disappointed", off={"voice": 0.0}),
    C("temper.tolerance", "0-1", 0.2, 0.0, 1.0, "idea: zone of tolerance, Zeithaml, Berry and Parasuraman (1993); value assumed", "Shortfall against expectation that is borne without a word"),
    C("temper.voice_scale", "0-1", 0.15, 0.01, 1.0, ASSUMED, "Further shortfall at which 63 % of those inclined to complain do so"),
    C("temper.talk", "1", 1.0, 0.0, 5.0, ASSUMED, "Mean talkativeness; scales both kinds of messages"),
    C("temper.susceptibility", "1", 1.0, 0.0, 3.0, ASSUMED, "Mean weight of what others say"),
    C("temper.boldness", "share", 0.15, 0.0, 1.0, ASSUMED, "Mean propensity of a disappointed customer to demand a discount", off={"discount_demand": 0.0}),
    C("temper.spread", "sd of log", 0.3, 0.0, 1.5, ASSUMED, "Spread of each trait of temper over people"),
)
# fmt: on
