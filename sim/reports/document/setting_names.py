"""Names of settings, decisions, measures, units and claims in the language of a document."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from sim.charts.claim_tables import claim_name, measure_label
from sim.charts.names import MEANINGS, Names
from sim.reports.document.words import DocumentWords

ENGLISH = "en"  # the language of the tables themselves


@cache
def shared_words(language: str, area: str) -> Mapping[str, Any]:
    """Words that reports share with the studio. language: of a document; area: name of one of the studio's files"""
    place = files("sim") / "web" / "static" / "locales" / language / f"{area}.json"
    return dict(json.loads(place.read_text(encoding="utf-8")))


@cache
def claim_texts(language: str) -> Mapping[str, Mapping[str, str]]:
    """Names and sentences of claims in a language other than English. language: of a document"""
    path = Path(__file__).parent / "locale" / f"claims_{language}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def setting_name(path: str, words: DocumentWords) -> str:
    """Words for a key path of a scenario file, or for a factor that goes by the name of its parameter.

    >>> setting_name("firms.0.decisions.walls", DocumentWords("de")), setting_name("needs_spread", DocumentWords("de"))
    ('Mauern', 'Standardabweichung der Ziele je Dimension des Bedürfnisraums')
    """
    if words.language == ENGLISH:
        return Names().factor(path)
    whole = path if "." in path else _path_of(path)
    return _meaning(whole, words.language) or words.known(f"setting.{path}", Names().factor(path))


def _path_of(factor: str) -> str:
    """Key path of the market's one parameter of that name, dots as underscores, its section left out or not."""
    paths = MEANINGS["market"]
    whole = [path for path in paths if path.replace(".", "_") == factor]
    matches = whole or [path for path in paths if path.rpartition(".")[2] == factor]
    return f"market.{matches[0]}" if len(matches) == 1 else factor


def _meaning(path: str, language: str) -> str:
    tree: Any = shared_words(language, "settings")
    parts = path.split(".")[2:] if path.startswith("firms.") else path.split(".")
    for part in parts:
        tree = tree.get(part, {}) if isinstance(tree, Mapping) else {}
    text = tree.get("label") or tree.get("meaning") or "" if isinstance(tree, Mapping) else ""
    return re.split(r"[;:(]", str(text))[0].strip()


def decision_name(name: str, words: DocumentWords) -> str:
    """The label of a decision of a firm; a name that is none as words.

    >>> decision_name("marketing", DocumentWords("de")), decision_name("marketing", DocumentWords())
    ('Werbung', 'marketing')
    """
    if words.language == ENGLISH:
        return name.replace("_", " ")
    label = shared_words(words.language, "settings")["decisions"].get(name, {}).get("label")
    return str(label or name.replace("_", " "))


def measure_name(name: str, words: DocumentWords) -> str:
    """The label of a measure, or of a measure of a claim against one of its arms.

    >>> measure_name("npv against nothing", DocumentWords("de")), measure_name("wait_mean", DocumentWords("de"))
    ('Kapitalwert gegen nichts', 'Wartezeit')
    """
    known = words.known(f"measure.{name}", "")
    if known or words.language == ENGLISH:
        return known or measure_label(name)
    first, against, rival = name.partition(" against ")
    if against:
        return f"{measure_name(first, words)} {words('word.against')} {arm_name(rival, words)}"
    known = _own(name, "measure", "", words)
    if known:
        return known
    label = shared_words(words.language, "measures").get(name, {}).get("label")
    return str(label or measure_label(name))


def arm_name(name: str, words: DocumentWords) -> str:
    """The name of an arm of a claim, or of several that are joined.

    >>> arm_name("sight_alone and neither", DocumentWords("de")), arm_name("no_walls", DocumentWords())
    ('nur Einblick und weder Einblick noch Befugnis', 'no walls')
    """
    arms = [each.strip() for each in name.split(" and ")]
    if words.language == ENGLISH:
        return words.join([each.replace("_", " ") for each in arms])
    return words.join([_own(each, "arm", each.replace("_", " "), words) for each in arms])


def unit_name(unit: str, words: DocumentWords) -> str:
    """A unit in words of the language, each part of a quotient by itself.

    >>> unit_name("share/year", DocumentWords("de")), unit_name("EUR/month/h", DocumentWords("de"))
    ('Anteil/Jahr', 'EUR/Monat/h')
    """
    known = words.known(f"unit.{unit}", "")
    return known or "/".join(words.known(f"unit.{part}", part) for part in unit.split("/"))


def claim_title(claim: str, words: DocumentWords) -> str:
    """The short name of a claim or question.

    >>> claim_title("kpi-link", DocumentWords()), claim_title("kpi-link", DocumentWords("de"))
    ('KPI link', 'Bindung an Kennzahlen')
    """
    return claim_name(claim) if words.language == ENGLISH else _own(claim, "name", claim_name(claim), words)


def claim_text(claim: str, column: str, text: str, words: DocumentWords) -> str:
    """A text of a claim or question; translated where the language has it.

    Args:
        claim: Name of the claim.
        column: ``sentence``, as its source has it, or ``statement``, what is tested.
        text: The text of its file.
        words: Language of the document.
    """
    return text if words.language == ENGLISH else _own(claim, column, text, words)


def registration_words(text: str, words: DocumentWords) -> str:
    """A stamp of registration in words of the language.

    >>> registration_words("registered 2026-11-29, first 2026-11-28", DocumentWords("de"))
    'registriert 2026-11-29, zuerst 2026-11-28'
    """
    for stamp in ("not registered", "registered", "exploratory", "first"):
        text = text.replace(stamp, words.known(f"registration.{stamp}", stamp))
    return text


def _own(claim: str, section: str, otherwise: str, words: DocumentWords) -> str:
    return str(claim_texts(words.language)[section].get(claim, otherwise))
