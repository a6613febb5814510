"""One page: how far a world is the client's own. What was measured, what calibrated, what remains assumed."""

from pathlib import Path
from typing import Any

import pandas as pd

from sim.calibration.calibration import FileCalibration
from sim.calibration.model_fit import ASSUMED_STATUS, CALIBRATED, MEASURED
from sim.calibration.project import Project
from sim.parameters import MARKET, Scenario
from sim.parameters.provenance import SOURCED, status_of
from sim.reports.calibration_pictures import save_pictures
from sim.reports.html import Report, Section


def status_table(project: Project) -> pd.DataFrame:
    """One row a number of the market: ``parameter, status, value, interval, unit, source``."""
    known_rows: dict[str, dict[str, Any]] = {}
    for calibration in project.calibrations:
        for fit in calibration.fits:
            for number in fit.written:
                if number.key in calibration.settings:
                    ends = f"{number.interval.low:.4g} to {number.interval.high:.4g}"
                    row = {"status": fit.status, "value": number.interval.value, "interval": ends}
                    known_rows[number.key] = row | {"source": calibration.sources[number.key]}
    world = Scenario.from_mapping(project.scenario(), f"{project.base} with calibrated numbers")
    rows = []
    for parameter in MARKET:
        key = f"market.{parameter.name}"
        known = known_rows.get(key) or _of_base(world.market[parameter.name], world.sources.get(key, parameter.source))
        rows.append({"parameter": key, "unit": parameter.unit} | known)
    return pd.DataFrame(rows)


def _of_base(value: float | None, source: str) -> dict[str, Any]:
    """A number that no file told: sourced where its source says that very number, else assumed."""
    status = SOURCED if status_of(value, source) == SOURCED else ASSUMED_STATUS
    return {"status": status, "value": value, "interval": "", "source": source}


def calibration_report(project: Project, folder: Path, scenario: str) -> Report:
    """The page; its pictures are drawn into a folder.

    Args:
        project: What the files say.
        folder: Where pictures go.
        scenario: Name of the scenario file, for the reader.
    """
    table = status_table(project)
    counts = table["status"].value_counts()
    statuses = (MEASURED, CALIBRATED, SOURCED, ASSUMED_STATUS)
    measured, calibrated, sourced, assumed = (int(counts.get(name, 0)) for name in statuses)
    verdict = [
        f"Of {len(table)} numbers of the market, {measured} are measured in your files and {calibrated} calibrated "
        f"from them. {sourced} are of publications, and {assumed} are assumed, in the base scenario {project.base}.",
        "A number that a model could not fit is assumed; nothing is written from a model that does not fit.",
    ]
    yours = table["status"].isin((MEASURED, CALIBRATED))
    own, rest = table[yours], table[~yours].drop(columns=["interval"])
    sections = [
        Section("What is yours", [], [("Numbers from your files", own)] if len(own) else []),
        *(_file_section(calibration, folder) for calibration in project.calibrations),
        Section("What remains assumed", ["These numbers are the base scenario's."], folded=[("All of them", rest)]),
    ]
    if project.refused:
        sections.insert(1, Section("Files that could not be used", list(project.refused.values())))
    return Report("How far is this world yours?", verdict, sections, [f"Scenario: {scenario}; base: {project.base}."])


def _file_section(calibration: FileCalibration, folder: Path) -> Section:
    reading = calibration.reading
    lines = [
        f"{reading.used:,} of {reading.rows:,} rows were used. "
        + "; ".join(f"{count:,} dropped: {reason}" for reason, count in reading.dropped.counts.items()),
        *(f"Dropped, first: {rows[0]}" for rows in reading.dropped.first.values() if rows),
    ]
    for fit in calibration.fits:
        lines.append(f"{fit.name}: {fit.verdict} ({fit.why}).")
        if fit.forecast is not None:
            lines.append(f"Forecast: {fit.forecast.sentence}.")
    numbers = pd.DataFrame(
        [
            {
                "number": number.name, "value": number.interval.value, "low": number.interval.low,
                "high": number.interval.high, "meaning": number.meaning, "goes to": number.key or "-",
            }
            for fit in calibration.fits if fit.fits
            for number in fit.numbers
        ]
    )  # fmt: skip
    tables = [("Fitted numbers", numbers)] if len(numbers) else []
    return Section(f"{calibration.kind.name}: {reading.path.name}", lines, tables, save_pictures(calibration, folder))
