"""Where the conclusion of the flagship fails: single assumptions moved, in words, in a picture and in a table."""

from pathlib import Path
from typing import Any

import pandas as pd

from sim.charts import Chart, find_style, save
from sim.charts.evidence_forms import draw_evidence_shaken
from sim.experiments.evidence.flagship import Evidence
from sim.reports.html import Picture, Section
from sim.reports.words import display_name, money, sentence
from sim.statistics.verdicts import CLEAR, OPPOSITE


def npv_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Paired differences of net present value over the whole run."""
    return gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)]


def saved_picture(chart: Chart, folder: Path) -> Picture:
    """The chart as a picture of a report, written into ``folder/charts``."""
    paths = [save(chart, folder / "charts" / f"{chart.name}.{kind}") for kind in ("svg", "png")]
    return Picture(paths[0], chart.alt, "")


def failures(evidence: Evidence) -> str:
    """What single moves of an assumption do to the verdicts of the tuned comparison."""
    settled = npv_gaps(evidence.tuned.gaps).set_index(["policy", "against"])["verdict"]
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


def shaken_picture(evidence: Evidence, folder: Path) -> Picture:
    """The shaken assumptions, drawn into ``folder/charts``."""
    return saved_picture(draw_evidence_shaken(evidence, find_style("deck")), folder)


def shaken_section(evidence: Evidence, folder: Path) -> Section:
    """The section on moved assumptions, with its picture and table."""
    base = evidence.sensitivity[evidence.sensitivity["assumption"] == "none"].to_dict("records")
    worlds = evidence.about["plan"]["counts"]["shaken_worlds"]
    currency = str(evidence.tuned.about.get("currency", "EUR"))
    return Section(
        "Where the conclusion fails",
        [
            failures(evidence),
            f"One assumption at a time was moved to either end of a plausible range, with the tuned decisions kept, in "
            f"{worlds} paired worlds. With so few worlds intervals are wide; without any move they read: "
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
