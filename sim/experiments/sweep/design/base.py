"""The base scenario of an experiment, with the settings of its file."""

from sim.experiments.sweep.design.located import beside, located_settings
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.parameters import BadInput, Scenario


def base_of(form: StrictSection) -> Scenario | None:
    """The base scenario with the settings of the file; every invalid setting is reported."""
    try:
        scenario = Scenario.load(beside(form.text("scenario"), form.place.folder))
    except BadInput as trouble:
        form.complain("scenario", f"does not work: {trouble}")
        return None
    settings = form.section("settings")
    try:
        return scenario.with_settings(located_settings(settings.contents, form.place.folder))
    except BadInput as trouble:
        troubles = [_note_trouble(settings, scenario, path) for path in settings.contents]
        if not any(troubles):
            form.complain("settings", f"does not work: {trouble}")
    return scenario


def _note_trouble(settings: StrictSection, scenario: Scenario, path: str) -> bool:
    try:
        scenario.with_settings({path: settings.contents[path]})
    except BadInput as trouble:
        settings.complain(path, f"does not work: {trouble}")
        return True
    return False
