"""The report of the flagship: what was measured, what assumed, what came out, and where it fails."""

from pathlib import Path
from typing import Any

import pandas as pd

from sim.charts import Chart, draw_cohort, draw_shaken, find_style, save
from sim.charts.words import Finding
from sim.experiments.evidence.flagship import Evidence
from sim.parameters import MARKET, Scenario
from sim.reports.comparison_report import charts_of, differences, each_alone, provenance, what_each_policy_is
from sim.reports.html import Picture, Report, Section
from sim.reports.words import MINUS, display_name, money, sentence, verdict
from sim.statistics.verdicts import CLEAR, OPPOSITE

LOG = "CDNOW purchase log, 23,570 customers, January 1997 to June 1998 (Fader and Hardie)"


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
    lines = verdict(evidence.tuned)
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


def _npv(gaps: pd.DataFrame) -> pd.DataFrame:
    return gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)]


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> str:
    both = _npv(before).merge(_npv(after), on=["policy", "against"], suffixes=("_before", "_after"))
    moved = both[both["verdict_before"] != both["verdict_after"]]
    return "; ".join(
        f"{display_name(row['policy']).lower()} against {display_name(row['against']).lower()} "
        f"read: {row['verdict_before']}"
        for row in moved.to_dict("records")
    )


def failures(evidence: Evidence) -> str:
    """What single moves of an assumption do to the verdicts of the tuned comparison."""
    settled = _npv(evidence.tuned.gaps).set_index(["policy", "against"])["verdict"]
    shaken = evidence.sensitivity[evidence.sensitivity["assumption"] != "none"]
    turned, count = [], len(shaken[["assumption", "value"]].drop_duplicates())
    for row in shaken.to_dict("records"):
        if row["verdict"] == OPPOSITE.get(settled[row["policy"], row["against"]]):
            pair = f"{display_name(row['policy']).lower()} against {display_name(row['against']).lower()}"
            turned.append(f"{row['assumption']} = {row['value']:g} ({pair}: {row['verdict']})")
    clear = int(settled.isin(CLEAR).sum())
    same_verdict = sum(row["verdict"] == settled[row["policy"], row["against"]] for row in shaken.to_dict("records"))
    opening = (
        f"{count} single moves of an assumption, in {evidence.about['plan']['counts']['shaken_worlds']} worlds each"
    )
    if not clear:
        return f"{opening}: no verdict was clear, so none could be turned round."
    closing = f"{same_verdict} of {len(shaken)} readings stay."
    if not turned:
        return f"{opening}: none of the {clear} clear verdicts is turned round; {closing}"
    return f"{opening}: clear verdicts are turned round by {'; '.join(turned)}; {closing}"


def cohort_picture(evidence: Evidence, folder: Path) -> Picture:
    """The cohort against the log, drawn into ``folder/charts``."""
    about = {**evidence.tuned.about, "log": LOG, "replications": evidence.about["plan"]["counts"]["cohort_worlds"]}
    chart = draw_cohort(evidence.cohort, evidence.about["distance_model"], about, find_style("deck"))
    return _save_picture(chart, folder)


def shaken_picture(evidence: Evidence, folder: Path) -> Picture:
    """The shaken assumptions, drawn into ``folder/charts``."""
    about = {**evidence.tuned.about, "replications": evidence.about["plan"]["counts"]["shaken_worlds"]}
    policy, gaps = about["policies"][-1], _npv(evidence.tuned.gaps)
    own = gaps[gaps["policy"] == policy].set_index("against")[["mean", "low", "high"]]
    settled = {str(rival): Finding(*map(float, ends)) for rival, ends in zip(own.index, own.to_numpy(), strict=True)}
    return _save_picture(draw_shaken(evidence.sensitivity, settled, about, find_style("deck")), folder)


def _save_picture(chart: Chart, folder: Path) -> Picture:
    paths = [save(chart, folder / "charts" / f"{chart.name}.{kind}") for kind in ("svg", "png")]
    return Picture(paths[0], chart.alt, "")


def evidence_report(evidence: Evidence, folder: Path) -> Report:
    """The report; its charts are drawn into the folders of the two comparisons and into ``folder/charts``."""
    sections = [
        _comparison_section(evidence, folder),
        *what_each_policy_is(evidence.tuned),
        _tuning_section(evidence, folder),
        _section_without_tuning(evidence, folder),
        _shaken(evidence, folder),
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
            "One number was chosen by looking at the cohort: purchase rates are "
            f"{about['plan']['rate_factor']:g} times the fitted ones, because some purchases go to other shops; this "
            f"meets the first {about['weeks_fitted']} weeks. The later weeks are a test: repeat purchases there are "
            f"{percent_text(about['later_model'])} against the log in the model and "
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
    bounds = [
        f"{display_name(policy)}: {', '.join(names)}" for policy, names in evidence.about["at_bound"].items() if names
    ]
    return Section(
        "The comparison, every policy tuned",
        [
            f"Each policy had the same {counts['tuning_budget']} trials to find the best of every decision that does "
            "not define it and has something to act on: its own decisions, points over the ranges, the same for "
            "all, the best of each rival, and steps near its own best. Trials live in worlds that the comparison does "
            "not use.",
            "At an end of their range, so that more may lie beyond and a comparison with the policy decides nothing: "
            f"{'; '.join(bounds) or 'nothing'}.",
            "Tuned a second time in other worlds, the same comparison reads: "
            + " ".join(
                sentence(gap, str(evidence.tuned.about["currency"]))
                for gap in _npv(evidence.retuned).to_dict("records")
            ),
            each_alone(differences(evidence.tuned)),
        ],
        [("Decisions found by tuning", pd.DataFrame(rows)), ("Paired differences", differences(evidence.tuned))],
        charts_of(evidence.tuned, folder / "tuned"),
    )


def _bare(settings: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("decisions."): value for name, value in settings.items()}


def _section_without_tuning(evidence: Evidence, folder: Path) -> Section:
    return Section(
        "The same comparison, policies as they come",
        verdict(evidence.untuned),
        [("Paired differences", differences(evidence.untuned))],
        charts_of(evidence.untuned, folder / "untuned"),
    )


def _shaken(evidence: Evidence, folder: Path) -> Section:
    base = evidence.sensitivity[evidence.sensitivity["assumption"] == "none"].to_dict("records")
    worlds = evidence.about["plan"]["counts"]["shaken_worlds"]
    currency = str(evidence.tuned.about.get("currency", "EUR"))
    return Section(
        "Where the conclusion fails",
        [
            failures(evidence),
            f"One assumption at a time was moved to either end of a plausible range, with the tuned decisions kept, in "
            f"{worlds} smaller paired worlds. With so few worlds intervals are wide; without any move they read: "
            + " ".join(sentence(row | {"replications": worlds}, currency) for row in base),
        ],
        pictures=[shaken_picture(evidence, folder)],
        folded=[
            ("Differences of net present value [95 % interval]; * clear difference", shaken_table(evidence, currency))
        ],
    )


def shaken_table(evidence: Evidence, currency: str) -> pd.DataFrame:
    """One row a move and one column a pair of policies; a star marks a clear difference."""
    rows: dict[tuple[str, float], dict[str, Any]] = {}
    for gap in evidence.sensitivity.to_dict("records"):
        key = (gap["assumption"], gap["value"] if gap["value"] == gap["value"] else 0.0)
        row = rows.setdefault(key, {"assumption": gap["assumption"], "value": gap["value"]})
        pair = f"{display_name(gap['policy'])} − {display_name(gap['against']).lower()}"
        interval = f"[{money(gap['low'], '').strip()}, {money(gap['high'], '').strip()}]"
        star = " *" if gap["verdict"] in CLEAR else ""
        row[pair] = f"{money(gap['mean'], currency)} {interval}{star}"
    return pd.DataFrame(list(rows.values()))


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
