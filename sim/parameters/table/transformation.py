"""Parameters of transformation: transition settings, five levers, patience of the leadership, adoption."""

from sim.parameters.parameter import ASSUMED
from sim.parameters.parameter import Parameter as P

PACE = "assumed; 25 months"
PACE_OF_TECHNOLOGY = (
    "Meta Group (1999), study of 63 companies, as reported by CIO: an enterprise system shows benefits after 31 months,"
    " 8 of them after it was in, which leaves 23 months to put it in, or 0.04 a month"
)


def _lever(name: str, description: str, disruption: float | None = 0.25, pace: str = PACE) -> tuple[P, ...]:
    """The numbers of one lever; no disruption where no staff has anything to learn."""
    # fmt: off
    numbers = (
        P(f"transformation.{name}.start", "months", None, 0.0, 1200.0, "left out: policy_settings.date", f"Month in which the lever is pulled: {description}"),
        P(f"transformation.{name}.speed", "1/month", 0.04, 0.001, 1.0, pace, f"Part of the way that the programme builds in a month: {description}"),
        P(f"transformation.{name}.cost", "share of spending", 0.003, 0.0, 0.2, "five levers of 25 months cost 3 % of a year's revenue; Mabert, Soni and Venkataramanan (2003): 1.5 to 6 % for enterprise systems", f"Cost of the programme per customer while it builds, as a share of a person's mean spending: {description}"),
    )
    if disruption is None:
        return numbers
    return (
        *numbers,
        P(f"transformation.{name}.disruption", "months/person", disruption, 0.0, 6.0, "assumed; over four levers one month: a year of training (about 35 h, ATD) and a dip by a fifth for four months (idea: McAfee 2002)", f"Work lost by learning and by working slowly meanwhile, for each member of staff that adopts: {description}"),
    )
    # fmt: on


# fmt: off
POLICY_SETTINGS: tuple[P, ...] = (
    P("policy_settings.weight", "share", 0.5, 0.0, 1.0, ASSUMED, "How far a hybrid decides as the policy at policy_settings.to does; 0 and 1 are the two policies themselves"),
    P("policy_settings.additive", "share", 0.0, 0.0, 1.0, ASSUMED, "How far a hybrid keeps both policies' budgets in full instead of sharing out one"),
    P("policy_settings.date", "months", 24.0, 0.0, 1200.0, ASSUMED, "Month in which a transforming firm sets out"),
)
PROGRAMME_PARAMETERS: tuple[P, ...] = (
    P("transformation.mapping", "0, 1 or 2", 0.0, 0.0, 2.0, ASSUMED, "Which lever moves which decisions: 0 by means, 1 customising goes with process, 2 levers in parallel"),
    *_lever("strategy", "targets and pay", disruption=None),
    *_lever("process", "routines of handing work on"),
    *_lever("technology", "knowing customers", pace=PACE_OF_TECHNOLOGY),
    *_lever("structure", "who sees what"),
    *_lever("culture", "using what is seen in the day job"),
    P("leadership.resolve", "months", 120.0, 0.0, 1200.0, ASSUMED, "How long a cumulated loss is borne, as the yearly reviews see it, before a programme is dropped"),
    P("leadership.kpi_link", "share", 1.0, 0.0, 1.0, ASSUMED, "How far a review sees what a programme did to profit; the rest of what it sees is chance"),
    P("leadership.vision", "share", 0.0, 0.0, 1.0, ASSUMED, "How far an integrator aligns the departments' targets while a programme runs"),
)
ADOPTION: tuple[P, ...] = (
    P("adoption.inertia", "log odds", 2.0, -5.0, 10.0, ASSUMED, "Log odds against working in a new way that changes neither pay nor hours"),
    P("adoption.keenness", "1", 40.0, 0.0, 500.0, "assumed; a twentieth of the pay is worth as much as the inertia", "Log odds for each unit of pay or working time gained"),
    P("adoption.pay_share", "share", 0.2, 0.0, 1.0, ASSUMED, "Part of the pay that varies with what is measured"),
    P("adoption.believed_gain", "share", 0.2, -1.0, 1.0, ASSUMED, "Gain of customer value that staff expects of the new way at first"),
    P("adoption.belief_learning", "1/month", 0.02, 0.0, 1.0, "form: Widrow and Hoff (1960); value assumed", "How fast that expectation follows what is measured, where all work in the new way"),
    P("adoption.peers", "log odds", 2.5, 0.0, 10.0, "idea: Rogers (1962), Granovetter (1978); value assumed", "Log odds for a new way that all colleagues work in"),
    P("adoption.attention", "log odds", 1.0, 0.0, 10.0, ASSUMED, "Log odds for a new way while its programme runs"),
    P("adoption.patience", "months", 24.0, 1.0, 240.0, ASSUMED, "Months over which staff spreads the effort of learning when it weighs it"),
    P("adoption.weariness", "1", 5.0, 0.0, 50.0, ASSUMED, "Relative weight added to that effort per point of morale lost"),
    P("adoption.learning", "1/month", 0.15, 0.0, 1.0, "assumed; 18-36 months for practice", "Part of the staff that could change its way of working in a month, if it wanted"),
    P("adoption.forgetting", "1/month", 0.1, 0.0, 1.0, ASSUMED, "Part of the staff that could fall back in a month, if it wanted"),
    P("adoption.integrator", "share of spending", 0.001, 0.0, 0.1, ASSUMED, "Cost of a full integrator per customer while a programme runs, as a share of a person's mean spending"),
    P("adoption.review_noise", "share", 0.3, 0.0, 5.0, ASSUMED, "Spread of what a review without any link to profit takes for the effect of a programme, against a year's profit before"),
)
# fmt: on
