"""Texts of one language, which stand in a file of their own beside the code that uses them."""

from pathlib import Path
from typing import Any

import yaml

from sim.parameters import BadInput
from sim.parameters.checking import nearest

LANGUAGES = ("en", "de")


def language_texts(folder: Path, language: str, kind: str = "") -> dict[str, Any]:
    """The texts of ``locale/KIND_LANGUAGE.yaml``, or of ``locale/LANGUAGE.yaml``, by key.

    Args:
        folder: Where the folder ``locale`` stands.
        language: One of `LANGUAGES`.
        kind: What the texts are of; empty where the folder has texts of one kind.

    Raises:
        BadInput: There is no such language.
    """
    if language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(f"language {language!r} is not known.{nearest(language, LANGUAGES)} Known: {known}")
    name = f"{kind}_{language}.yaml" if kind else f"{language}.yaml"
    return dict(yaml.safe_load((folder / "locale" / name).read_text(encoding="utf-8")))
