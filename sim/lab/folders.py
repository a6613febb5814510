"""Folders of results: written beside their place and swapped in whole; a folder with anything of yours is kept."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sim.parameters.errors import BadInput

OURS = frozenset(
    (
        "run.json", "monthly.parquet", "customers.parquet", "journeys.parquet", "dictionary.csv", "state.npz",
        "comparison.json", "runs.csv", "gaps.csv", "bridge.csv", "whale.csv", "monthly.csv", "report.html", "charts",
        "evidence.json", "fits.csv", "cohort.csv", "tuning.csv", "retuned.csv", "sensitivity.csv", "verdict.md",
        "tuned", "untuned",
    )
)  # fmt: skip
MARKERS = ("run.json", "comparison.json", "evidence.json")


def check_target(folder: Path, sources: Sequence[Path] = ()) -> None:
    """Refuse a place for results that would cost the user something; called before anything is run.

    Args:
        folder: Where results are to go.
        sources: Folders that are read and must stay.

    Raises:
        BadInput: A file, a link, the present folder or one above it, a source, or a folder with anything not ours.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BadInput(f"--out {folder}: there is a file or a link of that name; give a new folder")
    here = Path.cwd().resolve()
    whole = folder.resolve()
    if whole == here or whole in here.parents:
        raise BadInput(f"--out {folder}: results replace the folder as a whole, so it cannot be the one you are in")
    if any(whole == source.resolve() for source in sources):
        raise BadInput(f"--out {folder}: that folder is read from; give another one")
    if not folder.is_dir():
        return
    names = {path.name for path in folder.iterdir()}
    foreign = sorted(names - OURS)
    if foreign or (names and not names & set(MARKERS)):
        told = f"it holds {foreign[0]}" if foreign else "it holds no results of sim"
        raise BadInput(f"--out {folder}: {told}; results replace a folder as a whole, so give a new or empty one")


@contextmanager
def whole_folder(folder: Path, sources: Sequence[Path] = ()) -> Iterator[Path]:
    """A fresh folder to write into; it takes its place when everything is written, and is removed when anything fails.

    Raises:
        BadInput: See `check_target`.
        OSError: The folder cannot be written.
    """
    check_target(folder, sources)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    old = beside.with_name(f"{beside.name}.old")
    try:
        yield beside
        beside.chmod(0o755)
        if folder.exists():
            folder.rename(old)
        beside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
