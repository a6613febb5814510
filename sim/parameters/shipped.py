"""Where the scenarios and experiments that come with the package are."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped_folder(kind: str) -> Path:
    """Folder of shipped files; kind is ``scenarios`` or ``experiments``."""
    inside = _PACKAGE / f"_{kind}"
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def scenario_names() -> list[str]:
    """Names of the scenarios in the box."""
    return sorted(path.stem for path in shipped_folder("scenarios").glob("*.yaml"))
