"""Checks of a lesson's file: languages of its texts, settings that its world takes, numbers that its sentences hold."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from sim.experiments.live.lesson import LEFT, RIGHT, RIGHT_LESS_LEFT
from sim.experiments.live.timeline import allowed_settings
from sim.experiments.sweep.design.strict_section import StrictSection
from sim.files.language_texts import LANGUAGES
from sim.parameters import Scenario
from sim.parameters.checking import nearest
from sim.parameters.errors import BadInput

PLACES = (LEFT, RIGHT, RIGHT_LESS_LEFT)  # numbers that a sentence of the reveal may hold


def languages_of(form: StrictSection) -> tuple[str, ...]:
    """The languages that the title has, which all other texts must have; English where it has none."""
    title = form.contents.get("title")
    own = tuple(language for language in LANGUAGES if isinstance(title, Mapping) and language in title)
    return own or LANGUAGES[:1]


def settings_of(part: StrictSection, key: str, scenario: Scenario) -> dict[str, Any]:
    """The settings of a section that the world takes; the others are told."""
    inner, taken = part.section(key), {}
    for path, value in inner.contents.items():
        try:
            scenario.with_settings(allowed_settings({str(path): value}))
            taken[str(path)] = value
        except BadInput as trouble:
            inner.complain(str(path), f"does not work: {trouble}")
    return taken


def check_places(part: StrictSection, key: str, text: str) -> None:
    """Note what a sentence wants to be filled in with, where that is no number of the reveal."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as trouble:
        part.complain(key, f"cannot be filled in: {trouble}")
        return
    for name in names:
        if name not in PLACES:
            part.complain(
                key, f"has {{{name}}}.{nearest(name, PLACES)} Allowed: {', '.join(PLACES)}, in curly brackets."
            )
