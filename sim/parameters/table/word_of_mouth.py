"""Numbers of word of mouth: messages, reputation, and the network in which they travel."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
WORD_OF_MOUTH: tuple[P, ...] = (
    C("word_of_mouth.positive", "1/month", 0.06, 0.0, 1.0, "assumed; ratio checked against East, Hammond and Wright (2007)", "Chance of a positive message at full satisfaction", off={"word_of_mouth": 0.0}),
    C("word_of_mouth.negative", "1/month", 0.15, 0.0, 1.0, "assumed; asymmetric U: Anderson (1998)", "Chance of a negative message at no satisfaction", off={"word_of_mouth": 0.0}),
    C("word_of_mouth.former", "share", 0.5, 0.0, 1.0, ASSUMED, "Talk of former customers against that of customers, who have no supplier now, or with leavers_talk went to another"),
    C("word_of_mouth.leaver_memory", "months", 6.0, 0.1, 120.0, ASSUMED, "Months after which somebody who went to a rival talks 1/e as much about the firm left (mechanism leavers_talk)", off={"leavers_talk": 0.0}),
    C("word_of_mouth.weight", "1/message", 0.1, 0.0, 1.0, ASSUMED, "Weight of one message in a reputation", off={"word_of_mouth": 0.0}),
    C("word_of_mouth.fading", "1/month", 0.01, 0.0, 0.5, ASSUMED, "Speed at which an unmentioned reputation returns to neutral", off={"word_of_mouth": 0.0}),
    C("word_of_mouth.awareness", "share", 0.3, 0.0, 1.0, ASSUMED, "Chance that a message makes an unknown firm known", off={"word_of_mouth": 0.0}),
)
WORDS_AND_EXPERIENCE: tuple[P, ...] = (
    C("word_of_mouth.own_experience", "months", 6.0, 0.0, 240.0, "sign: own experience weighs more, and customers resist bad words about a brand they prefer, East, Hammond and Lomax (2008); value assumed", "Months of own experience that weigh as much as all that was heard; 0: own experience alone counts where there is any", off={"words_and_experience": 0.0}),
    C("word_of_mouth.departure", "1/month", 0.3, 0.0, 1.0, ASSUMED, "Chance in a month that somebody who left a firm tells the neighbours so, at mean talkativeness", off={"word_of_mouth": 0.0, "departures_told": 0.0}),
    C("word_of_mouth.departure_months", "months", 6.0, 1.0, 60.0, ASSUMED, "Months for which a departure is told"),
    C("word_of_mouth.departure_weight", "messages", 6.0, 0.0, 20.0, "calibrated in telecom: a neighbour who left the same supplier within six months goes with a hazard of leaving that is 80 % higher, as in Nitzan and Libai (2011)", "Bad words about the own supplier that are as much a reason to look around as one departure"),
    C("word_of_mouth.tie_spread", "sd of log", 0.8, 0.0, 2.0, "idea: strong and weak ties, Granovetter (1973); value assumed", "Spread of the strength of ties, by which bad words and departures are a reason to look around; mean strength is 1", off={"tie_strength": 0.0}),
    C("word_of_mouth.forgetting", "1/month", 0.02, 0.0, 0.5, "sign: awareness fades without advertising, Naik, Mantrala and Sawyer (1998); value assumed", "Chance to forget a firm that one knows and never used, in a month without a word about it; own experience protects", off={"forgetting": 0.0}),
)
NETWORK: tuple[P, ...] = (
    P("network.degree", "ties", 10.0, 0.0, 60.0, ASSUMED, "Mean number of ties"),
    P("network.rewiring", "share", 0.15, 0.0, 1.0, "form: Watts and Strogatz (1998); value assumed", "Share of ties rewired at random"),
    P("network.degree_spread", "sd of log", 0.8, 0.0, 1.5, "form: lognormal degrees; value assumed", "Inequality of the numbers of ties (kind configuration)"),
    C("network.homophily", "share", 0.6, 0.0, 1.0, "idea: McPherson, Smith-Lovin and Cook (2001); value assumed", "Share of ties that stay within one's segment of need whatever its size (kind blocks)"),
)
# fmt: on
