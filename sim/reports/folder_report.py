"""What lies beside fresh results: their charts in files, and the HTML document."""

from pathlib import Path
from shlex import join

import pandas as pd

from sim.charts import (
    CHARTS,
    draw,
    draw_cohort,
    draw_form,
    draw_shaken,
    find_style,
    forms_of,
    read_results,
    save,
)
from sim.charts.chart import Chart
from sim.charts.form import CLAIMS, NothingToDraw
from sim.charts.words import Finding
from sim.experiments.comparison_result import Comparison
from sim.experiments.evidence.flagship import Evidence
from sim.parameters import BadInput
from sim.reports.document.folder import document_of
from sim.reports.document.formats import write_document
from sim.reports.document.words import DocumentWords

LOG = "CDNOW purchase log, 23,570 customers, January 1997 to June 1998 (Fader and Hardie)"
REPORT = "report.html"
PICTURE_KINDS = ("svg", "png")


def report_of_comparison(comparison: Comparison, folder: Path, shown: Path) -> Path:
    """Draw the charts of a comparison and write its document.

    Args:
        comparison: The comparison.
        folder: Where its tables lie already.
        shown: The folder as the command in the document names it.
    """
    comparison_charts(comparison, folder)
    return write_report(folder, shown)


def report_of_evidence(evidence: Evidence, folder: Path, shown: Path) -> Path:
    """Draw the charts of the flagship and write its document; otherwise as `report_of_comparison`."""
    for name, part in (("tuned", evidence.tuned), ("untuned", evidence.untuned)):
        comparison_charts(part, folder / name)
    for chart in (_cohort(evidence), _shaken(evidence)):
        _save(chart, folder)
    return write_report(folder, shown)


def report_of_claims(folder: Path, shown: Path) -> Path:
    """Draw every chart that the tables of a ledger allow and write its document.

    Args:
        folder: Where its tables lie already.
        shown: The folder as the command in the document names it.
    """
    charts_of_claims(folder)
    return write_report(folder, shown)


def charts_of_claims(folder: Path) -> Path:
    """Draw every chart that the tables of a ledger allow, and give the folder of charts. folder: with the tables"""
    results = read_results(folder)
    for name in forms_of(results.kind):
        try:
            charts = draw_form(CLAIMS, name, results.tables)
        except (BadInput, NothingToDraw):
            continue
        for chart in charts:
            save(chart, folder / "charts" / f"{chart.name}.png")
    return folder / "charts"


def write_report(folder: Path, shown: Path) -> Path:
    """Write the HTML document of a folder into it."""
    document = document_of(folder, DocumentWords(), None, join(["sim", "report", str(shown)]))
    return write_document(document, DocumentWords(currency=document.provenance["currency"]), "html", folder / REPORT)


def verdict_lines(folder: Path) -> list[str]:
    """The first page of a folder's document as sentences."""
    return [sentence for _, sentences in document_of(folder, DocumentWords()).front for sentence in sentences]


def comparison_charts(comparison: Comparison, folder: Path) -> list[Path]:
    """Draw every chart that the tables allow into ``folder/charts``."""
    paths = []
    for name in CHARTS:
        try:
            chart = draw(name, comparison)
        except (BadInput, NothingToDraw):
            continue
        paths += _save(chart, folder)
    return paths


def _save(chart: Chart, folder: Path) -> list[Path]:
    return [save(chart, folder / "charts" / f"{chart.name}.{kind}") for kind in PICTURE_KINDS]


def _cohort(evidence: Evidence) -> Chart:
    """The cohort against the log."""
    about = {**evidence.tuned.about, "log": LOG, "replications": evidence.about["plan"]["counts"]["cohort_worlds"]}
    return draw_cohort(evidence.cohort, evidence.about["distance_model"], about, find_style("deck"))


def _shaken(evidence: Evidence) -> Chart:
    """The shaken assumptions beside the tuned comparison."""
    about = {**evidence.tuned.about, "replications": evidence.about["plan"]["counts"]["shaken_worlds"]}
    own = _values(evidence.tuned.gaps)
    own = own[own["policy"] == about["policies"][-1]].set_index("against")[["mean", "low", "high"]]
    settled = {str(rival): Finding(*map(float, ends)) for rival, ends in zip(own.index, own.to_numpy(), strict=True)}
    return draw_shaken(evidence.sensitivity, settled, about, find_style("deck"))


def _values(gaps: pd.DataFrame) -> pd.DataFrame:
    """Paired differences of net present value over the whole run."""
    return gaps[(gaps["measure"] == "npv") & (gaps["year"] == 0)]
