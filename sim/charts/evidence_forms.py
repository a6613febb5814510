"""Forms of evidence: the cohort of its log against the model, and its shaken assumptions."""

from sim.charts.chart import Chart
from sim.charts.cohort import draw_cohort
from sim.charts.sensitivity import draw_shaken
from sim.charts.theme import Style
from sim.charts.words import Finding
from sim.experiments.evidence.flagship import Evidence

LOG = "CDNOW purchase log, 23,570 customers, January 1997 to June 1998 (Fader and Hardie)"
WHOLE_RUN = 0


def draw_evidence_cohort(evidence: Evidence, style: Style) -> Chart:
    """The cohort of the log against the same cohort in the model."""
    counts = evidence.about["plan"]["counts"]
    about = {**evidence.tuned.about, "log": LOG, "replications": counts["cohort_worlds"]}
    return draw_cohort(evidence.cohort, evidence.about["distance_model"], about, style)


def draw_evidence_shaken(evidence: Evidence, style: Style) -> Chart:
    """The differences of the tuned policies with one assumption at a time moved."""
    about = {**evidence.tuned.about, "replications": evidence.about["plan"]["counts"]["shaken_worlds"]}
    gaps = evidence.tuned.gaps
    worth = gaps[(gaps["measure"] == "npv") & (gaps["year"] == WHOLE_RUN) & (gaps["policy"] == about["policies"][-1])]
    own = worth.set_index("against")[["mean", "low", "high"]]
    settled = {str(rival): Finding(*map(float, ends)) for rival, ends in zip(own.index, own.to_numpy(), strict=True)}
    return draw_shaken(evidence.sensitivity, settled, about, style)
