"""Pictures of how well the models of a calibration fit."""

from pathlib import Path

from sim.calibration.calibration import FileCalibration
from sim.calibration.model_fit import ModelFit
from sim.charts import find_style, save
from sim.charts.goodness_of_fit import draw_goodness_of_fit
from sim.reports.html import Picture


def save_pictures(calibration: FileCalibration, folder: Path, prefix: str = "") -> list[Picture]:
    """One SVG picture a fit, named by kind and fit."""
    return [_save(calibration, fit, folder, prefix) for fit in calibration.fits]


def _save(calibration: FileCalibration, fit: ModelFit, folder: Path, prefix: str) -> Picture:
    picture = fit.picture
    about = {
        "name": fit.name, "model": fit.model, "units": fit.units, "verdict": fit.verdict, "why": fit.why,
        "data": calibration.reading.path.name, "across": picture.across, "upward": picture.upward,
        "rival": picture.rival,
    }  # fmt: skip
    chart = draw_goodness_of_fit(picture.table, about, find_style("deck"))
    path = folder / f"{prefix}{calibration.kind.name}-{fit.name.replace(' ', '-')}.svg"
    return Picture(save(chart, path), chart.alt, "")
