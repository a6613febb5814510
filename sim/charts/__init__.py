"""Charts: saved tables in, figures out; one figure per file, and no chart runs a model."""

from sim.charts.chart import Chart
from sim.charts.cohort import draw_cohort
from sim.charts.folder import FolderTables, Results, read_results
from sim.charts.form import Form, NothingToDraw
from sim.charts.registry import CHART_FORMS, CHARTS, draw, draw_form, find_form, forms_of
from sim.charts.save import FORMATS, find_format, save
from sim.charts.sensitivity import draw_shaken
from sim.charts.theme import STYLES, find_style

__all__ = [
    "CHARTS",
    "FORMATS",
    "CHART_FORMS",
    "STYLES",
    "Chart",
    "FolderTables",
    "Form",
    "NothingToDraw",
    "Results",
    "draw",
    "draw_form",
    "find_form",
    "forms_of",
    "read_results",
    "draw_cohort",
    "draw_shaken",
    "find_format",
    "save",
    "find_style",
]
