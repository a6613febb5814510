"""Write again what follows from the rows of numbers, decisions and mechanisms, and list the words to write by hand.

``python -m tests.support.pages_from_rows`` writes the pages of sources, of assumptions and of what sources say
otherwise, and the English words of the studio's settings. Words in other languages, and what a phone says of a
decision, are sentences of somebody.
"""

import json
from importlib.resources import files
from pathlib import Path

from sim.commands.params import STUDY, page_of_assumptions, page_of_other_figures, sources_page
from sim.parameters import FIRM, MARKET, MECHANISMS
from sim.parameters.decisions import DECISION_ROWS

ROOT = Path(__file__).parents[2]
SOURCES, ASSUMPTIONS = ROOT / "docs" / "sources.md", ROOT / "docs" / "assumptions.md"
OTHERWISE = ROOT / "docs" / "otherwise.md"
LOCALES = files("sim.web") / "static" / "locales"
OTHER_LANGUAGES = ("de",)
PLURALS = {"zero", "one", "other"}
MEANINGS = {f"market.{row.name}": row.meaning for row in MARKET} | {row.name: row.meaning for row in FIRM}
COMMAND = "python -m tests.support.pages_from_rows"


def words(language, area="settings"):
    """All words of an area."""
    return json.loads((LOCALES / language / f"{area}.json").read_text(encoding="utf-8"))


def keys(tree, prefix=""):
    """Key paths of all sentences; forms of a plural count as one."""
    if not isinstance(tree, dict) or set(tree) <= PLURALS:
        return {prefix}
    return set().union(*(keys(part, f"{prefix}.{name}") for name, part in tree.items()))


def english_settings():
    """The English words of settings, with those of all rows as the rows have them."""
    tree = words("en")
    tree["mechanisms"] = {name: {"label": label} for name, label in MECHANISMS.items()}
    tree["decisions"] = {name: {"label": row.label, "meaning": row.meaning} for name, row in DECISION_ROWS.items()}
    for path, meaning in MEANINGS.items():
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})
        place["meaning"] = meaning
    return tree


def assumptions():
    """The page of assumptions, from the rows and from the kept study."""
    return page_of_assumptions(ROOT / STUDY).replace(ROOT.as_posix() + "/", "")


def by_hand():
    """File and key path of each sentence that is missing."""
    for language in OTHER_LANGUAGES:
        for key in sorted(keys(words("en")) - keys(words(language))):
            yield f"{language}/settings.json", key.removeprefix(".")
    for language in ("en", *OTHER_LANGUAGES):
        for name in sorted(set(DECISION_ROWS) - set(words(language, "phone")["decision"])):
            yield f"{language}/phone.json", f"decision.{name}.meaning"


def write():
    """Write the pages and the English words."""
    SOURCES.write_text(sources_page(), encoding="utf-8")
    ASSUMPTIONS.write_text(assumptions(), encoding="utf-8")
    OTHERWISE.write_text(page_of_other_figures(ROOT / STUDY), encoding="utf-8")
    text = json.dumps(english_settings(), ensure_ascii=False, indent=1) + "\n"
    Path(str(LOCALES / "en" / "settings.json")).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
    for file, key in by_hand():
        print(f"sim/web/static/locales/{file}: {key}")  # noqa: T201
