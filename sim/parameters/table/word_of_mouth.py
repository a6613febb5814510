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
    C("word_of_mouth.weight", "1/message", 0.1, 0.0, 1.0, ASSUMED, "Weight of one message in a reputation"),
    C("word_of_mouth.fading", "1/month", 0.01, 0.0, 0.5, ASSUMED, "Speed at which an unmentioned reputation returns to neutral", off={"word_of_mouth": 0.0}),
    C("word_of_mouth.awareness", "share", 0.3, 0.0, 1.0, ASSUMED, "Chance that a message makes an unknown firm known"),
)
NETWORK: tuple[P, ...] = (
    P("network.degree", "ties", 10.0, 0.0, 60.0, ASSUMED, "Mean number of ties"),
    P("network.rewiring", "share", 0.15, 0.0, 1.0, "form: Watts and Strogatz (1998); value assumed", "Share of ties rewired at random"),
    P("network.degree_spread", "sd of log", 0.8, 0.0, 1.5, "form: lognormal degrees; value assumed", "Inequality of the numbers of ties (kind configuration)"),
    C("network.homophily", "share", 0.6, 0.0, 1.0, "idea: McPherson, Smith-Lovin and Cook (2001); value assumed", "Share of ties that stay within one's segment of need whatever its size (kind blocks)"),
)
# fmt: on
