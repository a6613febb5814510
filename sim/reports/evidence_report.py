"""The report of the flagship: what was measured, what assumed, what came out, and where it fails."""

import math
from pathlib import Path
from typing import Any

import pandas as pd

from sim.charts import find_style
from sim.charts.evidence_forms import LOG, draw_evidence_cohort
from sim.experiments.evidence.flagship import Evidence
from sim.parameters import MARKET, Scenario
from sim.reports.comparison_report import charts_of, differences, each_alone, provenance, what_each_policy_is
from sim.reports.html import Picture, Report, Section
from sim.reports.robustness_words import contrasts_table, survival
from sim.reports.shaken_section import failures, npv_gaps, saved_picture, shaken_section
from sim.reports.words import MINUS, display_name, sentence, verdict


def percent(share: float) -> str:
    """A share in percent.

    >>> percent(0.128)
    '13 %'
    """
    return f"{100.0 * share:.0f} %"


def percent_text(share: float) -> str:
    """A relative difference in percent, with its sign.

    >>> percent_text(-0.128)
    '−13 %'
    """
    return f"{100.0 * share:+.0f} %".replace("-", MINUS)


def headline(evidence: Evidence) -> list[str]:
    """The verdict: tuned policies first, whether it depends on the tuning, and where it fails."""
    lines = [*verdict(evidence.tuned), *_survivals(evidence)]
    anew = _changes(evidence.retuned, evidence.tuned.gaps)
    lines.append(
        f"This depends on the tuning: tuned again in other worlds {anew}."
        if anew
        else "Tuned again in other worlds, every pair has the same verdict."
    )
    changed = _changes(evidence.untuned.gaps, evidence.tuned.gaps)
    lines.append(f"Before tuning {changed}." if changed else "Before tuning every pair read the same.")
    lines.append(failures(evidence))
    return lines


def _survivals(evidence: Evidence) -> list[str]:
    """What holds in every reading, one sentence a pair."""
    return [
        survival(evidence.contrasts, gap["policy"], gap["against"], gap["verdict"])
        for gap in npv_gaps(evidence.tuned.gaps).to_dict("records")
    ]


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> str:
    both = npv_gaps(before).merge(npv_gaps(after), on=["policy", "against"], suffixes=("_before", "_after"))
    moved = both[both["verdict_before"] != both["verdict_after"]]
    return "; ".join(
        f"{display_name(row['policy']).lower()} against {display_name(row['against']).lower()} "
        f"read: {row['verdict_before']}"
        for row in moved.to_dict("records")
    )


def cohort_picture(evidence: Evidence, folder: Path) -> Picture:
    """The cohort against the log, drawn into ``folder/charts``."""
    return saved_picture(draw_evidence_cohort(evidence, find_style("deck")), folder)


def evidence_report(evidence: Evidence, folder: Path) -> Report:
    """The report; its charts are drawn into the folders of the two comparisons and into ``folder/charts``."""
    sections = [
        _comparison_section(evidence, folder),
        *what_each_policy_is(evidence.tuned),
        _tuning_section(evidence, folder),
        _survival_section(evidence),
        _section_without_tuning(evidence, folder),
        shaken_section(evidence, folder),
        _assumptions_section(evidence),
    ]
    title = "What customer-centricity pays: evidence from a real purchase log and a simulated market"
    lines = [*provenance(evidence.tuned), "Repeat it: sim evidence. Tables beside this file hold every number shown."]
    return Report(title, headline(evidence), sections, lines)


def _comparison_section(evidence: Evidence, folder: Path) -> Section:
    about = evidence.about
    return Section(
        "What was measured",
        [
            f"{LOG}: {about['customers_in_log']:,} customers and {about['purchase_days_in_log']:,} days with a "
            "purchase. How often people buy, when they drop out and what they spend was fitted by maximum likelihood: "
            "BG/NBD for buying and dropping out, gamma-gamma for spending. On the 1-in-10 sample the fit meets the "
            "published one.",
            "The cohort below lives under the policy that shops of 1997 are taken to have had "
            f"({display_name(about['plan']['historical'])}). Its cumulated repeat purchases are on average "
            f"{percent(about['distance_model'])} away from the log; those of the fitted BG/NBD itself are "
            f"{percent(about['distance_bg_nbd'])} away. Single weeks are {percent(about['distance_weekly'])} away: the "
            "model knows months, and neither seasons nor the campaigns of 1998.",
            "One number is fitted by the cohorts: purchase rates in the category are "
            f"{about['rate_factor']:.3g} times those fitted to the shop (standard error "
            f"{about.get('rate_factor_error', math.nan):.2g}), because people also buy elsewhere, "
            "answer price and satisfaction, and leave for reasons. With it cohorts buy as often as "
            f"the log in its first {about['weeks_fitted']} weeks. The later weeks are a test: repeat "
            f"purchases there are {percent_text(about['later_model'])} against the log in the model and "
            f"{percent_text(about['later_bg_nbd'])} by the fitted BG/NBD.",
        ],
        [("Fits of the log; the first row is published", evidence.fits)],
        [cohort_picture(evidence, folder)],
    )


def _tuning_section(evidence: Evidence, folder: Path) -> Section:
    counts = evidence.about["plan"]["counts"]
    rows = [
        {"policy": display_name(policy)} | _bare(settings) for policy, settings in evidence.about["settings"].items()
    ]
    bounds, corners = (_ends(evidence.about[ends]) for ends in ("at_bound", "at_corner"))
    return Section(
        "The comparison, every policy tuned",
        [
            f"Each policy had the same {counts['tuning_budget']} trials to find the best of every decision that does "
            "not define it and has something to act on: its own decisions, points over the ranges, the same for "
            "all, the best of each rival, and steps near its own best. Trials live in worlds that the comparison does "
            "not use.",
            "At a bound of the search, so that more may lie beyond and a comparison with the policy decides nothing: "
            f"{bounds}. At an end of what a decision allows, such as no discount: {corners}.",
            "Tuned a second time in other worlds, the same comparison reads: "
            + " ".join(
                sentence(gap, str(evidence.tuned.about["currency"]))
                for gap in npv_gaps(evidence.retuned).to_dict("records")
            ),
            each_alone(differences(evidence.tuned)),
        ],
        [("Decisions found by tuning", pd.DataFrame(rows)), ("Paired differences", differences(evidence.tuned))],
        charts_of(evidence.tuned, folder / "tuned"),
    )


def _ends(names_by_policy: dict[str, list[str]]) -> str:
    """Decisions that ended at an end, by policy, in words."""
    parts = [f"{display_name(policy)}: {', '.join(names)}" for policy, names in names_by_policy.items() if names]
    return "; ".join(parts) or "nothing"


def _bare(settings: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("decisions."): value for name, value in settings.items()}


def _survival_section(evidence: Evidence) -> Section:
    currency, replications = str(evidence.tuned.about["currency"]), evidence.about["plan"]["counts"]["replications"]
    return Section(
        "Which conclusions survive",
        [
            f"The tuned policies live in the same {replications} worlds under each conduct of the firms. Value is read "
            "after several horizons, as profits alone and with the value of the customers who remain. A conclusion "
            "survives if every reading has the same clear sign.",
            *_survivals(evidence),
            "A star marks a clear sign; two stars an interval at most a quarter of the difference wide, so that its "
            "size may be spoken of.",
        ],
        [("Paired differences of value [95 % interval]", contrasts_table(evidence.contrasts, currency))],
    )


def _section_without_tuning(evidence: Evidence, folder: Path) -> Section:
    return Section(
        "The same comparison, policies as they come",
        verdict(evidence.untuned),
        [("Paired differences", differences(evidence.untuned))],
        charts_of(evidence.untuned, folder / "untuned"),
    )


def _assumptions_section(evidence: Evidence) -> Section:
    scenario = Scenario.load(evidence.about["plan"]["scenario"])
    rows = [
        {
            "number": f"market.{parameter.name}",
            "value": scenario.market[parameter.name],
            "unit": parameter.unit,
            "source": scenario.sources.get(f"market.{parameter.name}", parameter.source),
        }
        for parameter in MARKET
    ]
    return Section(
        "What was assumed",
        [
            "The log knows one shop. Rivals, needs, service, costs, word of mouth and everything inside the firms are "
            "assumed, within ranges that sim params lists. A result of this report is a result of these assumptions.",
        ],
        folded=[("Every number of the market", pd.DataFrame(rows))],
    )
