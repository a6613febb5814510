"""Numbers in the model's code that are no parameters, each with the reason: units, scales, encodings, mathematics."""

from typing import NamedTuple


class Definition(NamedTuple):
    """Numbers that stand in one function, class or constant of the model's code.

    Args:
        place: Module below `sim`, and the name of the outermost function, class or constant.
        numbers: The numbers, without their sign.
        reason: Why moving them would not be another assumption about behaviour.
    """

    place: str
    numbers: tuple[float, ...]
    reason: str


_D = Definition
DEFINITIONS = (
    # units and the calendar
    _D("model/calendar.py MONTHS_PER_YEAR", (12,), "12 months are a year"),
    _D("model/firm/leadership/forecast.py QUARTER,QUARTERS", (3, 4), "3 months are a quarter, and 4 quarters a year"),
    _D("model/firm/leadership/options.py learn", (2,), "two quarters are compared: the last and the one before"),
    _D("model/measures/receivables.py DAYS_OF_MONTH", (365, 12), "365 days in 12 months"),
    # definitions of measures and scales
    _D("model/customers/common.py MEMORY_OF_COMPLAINTS", (12,), "measure: who complained in the year before leaving"),
    _D("model/customers/reaction.py NEED_MET", (0.5,), "measure: a need is met above the middle of the scale of fit"),
    _D("model/customers/survey.py CONTENT", (0.5,), "measure: content is above the middle of the scale"),
    _D(
        "model/measures/whole_run.py cost_per_lasting_customer",
        (24, 12),
        "measure: won in a year, kept for two",
    ),
    _D("model/measures/whole_run.py gini", (2,), "Gini coefficient of a sample"),
    _D("model/equations/survey.py HIGHEST_ANSWER", (10,), "the scale of answers runs from 0 to 10: Reichheld (2003)"),
    _D("model/customers/incidents.py EVEN", (0.5,), "scale: quality to which `economics.incident_rate` refers"),
    _D("model/customers/customer_outcome.py EVEN", (0.5,), "scale: an outcome of one half neither gains nor loses"),
    _D("model/customers/environment.py drift", (2,), "normal draws come in pairs"),
    _D("model/population.py begin_anew", (0.5,), "a business begins with the even outcome"),
    _D("model/state.py RARE", (0.5,), "the even outcome where the mechanism is off"),
    _D("model/equations/customer_outcome.py chance_to_fail", (2,), "linear from the end to the middle of the scale"),
    _D("model/firm/leadership/forecast.py RESTED", (0.8,), "unit of `leadership.believes_staff`: at this utilisation"),
    _D("model/firm/operations/service_desk.py Desk", (0.8,), "before the first month of the warm-up has been worked"),
    _D("model/equations/needs.py fit", (8,), "unit of `needs.tolerance`: misfit at which fit is exp(-1/8)"),
    # forms: expected values, means of ranks, pairs
    _D("model/equations/needs.py best_expected_fit", (4,), "mean of that fit over a normal error"),
    _D("model/equations/needs.py expected_fit", (8, 2), "mean of that fit over a normal error"),
    _D("model/equations/customer_selection.py estimated_spending", (0.5,), "mean of a lognormal number"),
    _D("model/equations/word_of_mouth.py strength_of_tie", (0.5,), "mean of a lognormal number"),
    _D("model/network/configuration.py _draw_degrees", (0.5,), "mean of a lognormal number"),
    _D("model/population.py economise", (0.5,), "mean of a lognormal number"),
    _D("model/customers/environment.py BEST_RANK", (2,), "ranks between 0 and 1 have a mean of one half"),
    _D("model/customers/service.py be_served", (0.5,), "the mean of ranks, where nobody is ranked"),
    _D("model/customers/service.py experience_service", (2,), "linear in rank, so that the mean stays"),
    _D("model/equations/service.py by_rank", (2,), "linear in rank, so that the mean stays"),
    _D("model/equations/service.py waiting_months", (2,), "Sakasegawa (1977): exponent of his approximation"),
    _D("model/equations/service.py estimated_rank", (1.702,), "logistic approximation of the normal distribution"),
    _D("model/equations/survey.py UNIT_OF_TWO_UNIFORMS", (2.449489742783178,), "square root of 6"),
    _D("model/equations/word_of_mouth.py LOG_OF_TWO", (0.6931471805599453,), "logarithm of 2"),
    _D("model/firm/customer_management/customer_value.py of_priority", (2,), "Gini coefficient of a lognormal number"),
    _D("model/firm/customer_management/customer_value.py of_depth", (2,), "1 - (1 - x) squared: half of it gives 3/4"),
    _D(
        "model/firm/customer_management/customer_value.py of_targeting",
        (2,),
        "1 - (1 - x) squared: half of it gives 3/4",
    ),
    _D("model/firm/customer_management/owner.py cost_of_management", (2,), "pairs of n departments: n(n + 1)/2"),
    _D("model/firm/organisation/organisation_form.py OrganisationForm", (2,), "pairs of n units: n(n - 1)/2"),
    _D("model/firm/organisation/incentives.py tilt", (2,), "a share between 0 and 1 becomes a tilt between -1 and 1"),
    _D("model/firm/operations/improvement.py lean", (2,), "a share between 0 and 1 becomes a lean between -1 and 1"),
    _D("model/firm/transformation/adoption.py clash", (2,), "mean distance from the middle, so that extremes give 1"),
    _D("policies/interpolation.py both_in_full", (0.5, 2), "a triangle over the weight: 1 in the middle"),
    _D("model/network/ring.py blocks", (2,), "half of the ties go to either side of the ring"),
    # settings of 0 or 1, and codes
    _D("model/firm/customer_management/owner.py has_management", (0.5,), "a number of 0 or 1 is taken as yes or no"),
    _D("model/firm/customer_management/owner.py Mandate", (0.5,), "a number of 0 or 1 is taken as yes or no"),
    _D("model/firm/leadership/options.py lead", (0.5,), "a number of 0 or 1 is taken as yes or no"),
    _D("policies/interpolation.py _interpolate", (0.5,), "a code without a middle jumps half-way"),
    _D("model/firm/adaptive_conduct.py side_of_trial", (0.5,), "either side has the same chance"),
    _D("model/firm/organisation/walls.py HIGHER_THAN_ANY", (2,), "code: no wall is so high"),
    _D("model/state.py NEWCOMER", (2,), "code of a place"),
    _D("model/customers/environment.py live_and_die", (2,), "code of a place: taken this month"),
    _D("model/month.py admit_newcomers", (2,), "code of a place: taken this month"),
    _D("model/customers/common.py note_joining", (2,), "code of how somebody joined"),
    _D("model/customers/word_of_mouth.py says", (2,), "code of a message: 2 firm + 1 is praise, 2 firm + 2 is blame"),
    _D("model/customers/word_of_mouth.py tells_of_refusal", (2,), "code of a message"),
    _D("model/customers/sources.py source_of", (2,), "code of a message"),
    _D("model/customers/word_of_mouth.py talk_of_former_supplier", (2,), "number of a draw"),
    _D("model/customers/range_check.py SOUND", (2,), "code of a check that found nothing"),
    _D("model/customers/sales_calls.py ALL_HELD,NO_NEED_SEEN", (2,), "code of a call without an offer"),
    _D("model/customers/sales_call.py is_busy_with", (2,), "place of service among the other departments"),
    _D("model/customers/repertoire.py may_drop_out", (2,), "a repeat purchase is the second one"),
    _D("simulation/engines/block_choices.py look_for_dropouts", (2,), "a repeat purchase is the second one"),
    # sizes of the structure, of memory and of encodings
    _D("model/state.py DIMENSIONS", (4,), "structure: dimensions of needs"),
    _D("model/state.py MOST_LINES", (4,), "structure: lines that a row can hold"),
    _D("model/state.py OTHER_DEPARTMENTS", (4,), "structure: five departments, one of them the own"),
    _D("model/state.py FURTHER_CATEGORIES", (7,), "encoding: a byte holds eight bits"),
    _D("model/state.py LASTING_UNIT", (4096,), "encoding"),
    _D("model/state.py WORD_UNIT", (0.125,), "encoding"),
    _D("model/state.py EXPERIENCE_UNIT", (256,), "encoding"),
    _D("model/state.py FIXED_POINT", (1e6,), "encoding"),
    _D("model/customers/word_of_mouth.py MOST_WORDS", (127,), "encoding: a byte holds no more"),
    _D("model/customers/opinion.py MOST_EXPERIENCE", (120,), "encoding: a short number holds no more"),
    _D("model/customers/common.py GONE", (32_000,), "encoding: a short number holds no more"),
    _D("model/customers/reaction.py complain", (30_000,), "encoding: a short number holds no more"),
    _D("model/equations/repertoire.py TWO_YEARS", (24,), "encoding: a bit a month"),
    _D("model/customers/choice.py reasons_given", (2, 4, 8, 16, 32, 64, 128, 256), "encoding: a bit for each reason"),
    _D("model/firm/customer_management/owner.py MOST_DELAY", (24,), "largest value of `owner.delay`"),
    _D("model/customers/sales_call.py PARTIES", (16,), "room for the draws of one call"),
    _D("model/population.py _DRAWS", (22,), "numbers of draws"),
    _D("model/population.py _PROPENSITY", (21,), "number of a draw"),
    _D(
        "model/population.py _GOAL,_WEIGHT,_RATE,_SPEND,_PRICE,_INCIDENTS,_DROPOUT,_TEMPER",
        (5, 9, 10, 11, 12, 13, 16),
        "numbers of draws",
    ),
    _D("model/population.py _TOGETHER", (50_000,), "people filled in at a time, which changes no result"),
    _D("model/firm/execution.py FEEDBACK", (2, 3), "addresses of draws"),
    _D("model/customers/purchase.py count_line", (2,), "number of the third line"),
    _D("simulation/engines/block_supply.py count_lines", (2,), "number of the third line"),
    _D("model/firm/offers.py _TO_MOVE", (2,), "two columns a line are written every month: quality and unit cost"),
    _D("model/market_exit.py forget_words", (2,), "code of messages: two for each firm, one good and one bad"),
    _D("model/firm/execution.py research_by", (0.5,), "half of the sum of gaps is the part of shares that differs"),
    _D("model/segments.py _SEGMENT_PLACES", (1000,), "addresses of draws"),
    _D("model/network/configuration.py _MOST_ENDS", (65_535,), "addresses of draws"),
    # numerical methods
    _D("model/customers/customer_account.py collect", (0.5,), "rounding to whole cents"),
    _D("model/customers/offer.py STEPS_OF_DEPTH", (4,), "grid on which the best depth of an offer is looked for"),
    _D("model/customers/purchase.py MOST_PURCHASES", (60,), "end of the inversion of a Poisson number"),
    _D("model/customers/incidents.py MOST_INCIDENTS", (20,), "end of the inversion of a Poisson number"),
    _D("model/customers/incidents.py MOST_HANDOFFS", (1000,), "more cannot be counted in a month"),
    _D("model/firm/operations/service_desk.py live", (60,), "end of the exponential"),
    _D("model/firm/transformation/adoption.py MOST_ODDS", (60,), "end of the exponential"),
    _D("model/market_research.py ROUNDS", (12,), "rounds of Lloyd's algorithm, which comes to rest before"),
    _D("model/network/configuration.py _ROUNDS", (100,), "exchanges of ties, of which a handful is needed"),
    # machinery around the model
    _D("simulation/engines/block_supply.py AT_ONCE", (4,), "purchases counted in one loop, which changes no result"),
    _D("simulation/engines/lanes.py VECTOR", (16,), "lanes of a compiled loop, which changes no result"),
    _D("simulation/save.py FORMAT", (18,), "version of the format of saved markets"),
    _D("simulation/warm_up.py MOST_BYTES_KEPT", (32e6,), "memory that is kept, which changes no result"),
    _D("policies/decision_groups.py MOST_GROUPS", (6,), "a bridge needs two to the power of its groups"),
    _D("policies/customer_centric.py CustomerCentric", (0.05,), "row of its `numbers`, which `sim params` lists"),
    _D("policies/sources.py LONGEST_NAME", (200,), "characters of a text that may name a file"),
    _D("policies/sources.py _hash", (16,), "bytes of a hash"),
    _D("policies/file_access.py _Notes", (2,), "frames between the call and its caller"),
)
