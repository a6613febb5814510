"""Numbers of satisfaction: how experience and expectation move it, and what leadership hears of it."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P
from sim.parameters.parameter import of_customers as C

# fmt: off
SATISFACTION: tuple[P, ...] = (
    C("satisfaction.quality_weight", "share", 0.5, 0.0, 1.0, ASSUMED, "Weight of common quality against fit in the experience of use"),
    C("satisfaction.level", "0-1", 0.08, -0.3, 0.3, ASSUMED, "Constant of the experience of use"),
    C("satisfaction.noise", "sd", 0.12, 0.0, 0.5, ASSUMED, "Noise of one experience"),
    C("satisfaction.learning_use", "1/month", 0.06, 0.0, 0.5, ASSUMED, "Weight of a month of use under contract"),
    C("satisfaction.learning_purchase", "1/purchase", 0.15, 0.0, 0.7, ASSUMED, "Weight of one purchase in a repertoire"),
    C("satisfaction.learning_incident", "1/incident", 0.22, 0.0, 0.8, ASSUMED, "Weight of one service incident"),
    C("satisfaction.disconfirmation", "share", 0.5, 0.0, 2.0, "form: Oliver (1980); value assumed", "Weight of experience minus expectation", off={"expectations": 0.0}),
    C("satisfaction.expectation_use", "1/month", 0.04, 0.0, 0.5, ASSUMED, "Speed at which expectations follow experience in use", off={"expectations": 0.0}),
    C("satisfaction.expectation_incident", "1/incident", 0.08, 0.0, 0.5, ASSUMED, "Speed at which expectations follow experience of service", off={"expectations": 0.0}),
    C("satisfaction.expectation_trend", "1/month", 0.01, 0.0, 0.05, ASSUMED, "Speed at which expectations rise towards the best treatment by a rival that a customer knows of", off={"expectations": 0.0, "rising_expectations": 0.0}),
    C("satisfaction.neutral", "0-1", 0.6, 0.1, 0.9, ASSUMED, "Satisfaction at which behaviour is as it is on average"),
    C("satisfaction.start", "0-1", 0.6, 0.0, 1.0, ASSUMED, "Satisfaction and expectation before any experience"),
)
FADING: tuple[P, ...] = (
    C("satisfaction.half_life", "months", 12.0, 0.0, 1200.0, ASSUMED, "Time in which own experience of a firm loses half its weight against what is heard of it; 0: never", off={"fading_experience": 0.0}),
)
SURVEY: tuple[P, ...] = (
    C("survey.lowest", "0-1", 0.09, -1.0, 0.5, "calibrated with survey.highest", "Satisfaction that is answered by 0 on the scale from 0 to 10"),
    C("survey.highest", "0-1", 0.84, 0.5, 2.0, "calibrated: telecom's promoters and detractors are near the 38 and 24 % of the mobile customers of Tenenhaus et al. (2005)", "Satisfaction that is answered by 10"),
    C("survey.noise", "points", 1.5, 0.0, 4.0, "Tenenhaus, Esposito Vinzi, Chatelin and Lauro (2005), survey of 250 mobile customers, own fit: the other 23 items leave a standard deviation of 1.5 points of the recommendation item unexplained", "Standard deviation of an answer about what the person feels", off={"survey_noise": 0.0}),
    C("survey.promoter", "points", 9.0, 7.0, 10.0, "Reichheld (2003), Harvard Business Review 81(12): promoters answer 9 or 10", "Least answer of a promoter"),
    C("survey.detractor", "points", 6.0, 0.0, 8.0, "Reichheld (2003), Harvard Business Review 81(12): detractors answer 0 to 6", "Highest answer of a detractor"),
)
HEARING: tuple[P, ...] = (
    C("hearing.reach", "share", 1.0, 0.0, 1.0, ASSUMED, "Chance that a dissatisfied customer inclined to speak is heard by the front line in a month", off={"hearing": 0.0}),
)
# fmt: on
