"""Folders that are whole when they are there: filled beside their place, then renamed; nothing foreign is replaced."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.parameters import BadInput

# The file by which each kind of result is known, written last or with all others at once.
RUN_MARK, COMPARISON_MARK, EVIDENCE_MARK = "run.json", "comparison.json", "evidence.json"
TUNING_MARK, STUDY_MARK, EQUILIBRIUM_MARK = "tuning.json", "study.json", "equilibrium.json"
SUPPLY_MARK, VALIDATION_MARK, REPLICATION_MARK = "supply.json", "validation.json", "replications.json"
ASSUMPTIONS_TABLE = "assumptions.csv"
BEHAVIOUR_MARK, CLAIMS_MARK = "behaviour.json", "claims.json"
OURS = frozenset(
    (
        RUN_MARK, COMPARISON_MARK, EVIDENCE_MARK, TUNING_MARK, STUDY_MARK, EQUILIBRIUM_MARK, SUPPLY_MARK,
        VALIDATION_MARK, REPLICATION_MARK, "monthly.parquet", "customers.parquet", "journeys.parquet", "dictionary.csv",
        "state.npz",
        BEHAVIOUR_MARK, CLAIMS_MARK, "bank", "numbers.csv", "behaviour.png",
        "runs.csv", "gaps.csv", "bridge.csv", "whale.csv", "monthly.csv", "allocation.csv", "survival.csv", "charts",
        "report.html", "report.pdf", "report.pptx", "report.xlsx", "report.tex", "report.csv.zip",
        "fits.csv", "cohort.csv", "tuning.csv", "retuned.csv", "sensitivity.csv", "contrasts.csv",
        "conclusions.csv", "verdict.md",
        "tuned", "untuned", "claims", "trials.csv", "scenarios", "validation.csv", "worlds.md",
        "mechanisms.csv", "mechanism_worlds.csv", "decisions.csv", "worlds.csv", "summary.csv", "drivers.csv",
        "worlds.jsonl", "equilibrium.csv", "rounds.csv",
        "answers.jsonl", "conditions.csv", "figures.csv", ASSUMPTIONS_TABLE,
    )
)  # fmt: skip


def refuse_foreign(folder: Path, mark: str) -> None:
    """Stop before work is lost: the place must be free, empty, or bear the mark of an older result.

    Args:
        folder: Where a result is to go.
        mark: File that every such result holds.

    Raises:
        BadInput: The folder holds something else.
        OSError: A file stands where a folder must be, or nothing can be written there.
    """
    place = folder.absolute()
    if place.resolve() in (Path.cwd().resolve(), *Path.cwd().resolve().parents):
        raise BadInput(f"{folder} is the folder you are in or one above it; results replace a folder as a whole")
    if place.is_symlink():
        raise BadInput(f"{folder} is a link; results replace a folder as a whole, so give the folder itself")
    above = next(entry for entry in (place, *place.parents) if os.path.lexists(entry))
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(above))
    if above == place and any(place.iterdir()) and not (place / mark).is_file():
        raise BadInput(f"{folder} holds files that are no older result (there is no {mark}); choose another folder")
    foreign = sorted({entry.name for entry in place.iterdir()} - OURS - {mark}) if above == place else []
    if foreign:
        raise BadInput(f"{folder} holds {foreign[0]}, which is no result; results replace a folder as a whole")
    if not os.access(place.parent if above == place else above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(above))


@contextmanager
def whole_folder(folder: Path, mark: str) -> Iterator[Path]:
    """A folder to fill; it takes its place when the block ends well, and is gone when it does not.

    Raises:
        BadInput: The place holds something else than an older result.
        OSError: The folder cannot be written; what was there before is still there.
    """
    refuse_foreign(folder, mark)
    place = folder.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside, older = (place.with_name(f".{place.name}.{os.getpid()}.{kind}") for kind in ("new", "old"))
    beside.mkdir()
    try:
        yield beside
        if place.exists():
            place.rename(older)
        beside.rename(place)
    except OSError as trouble:
        if trouble.filename:
            raise
        raise OSError(trouble.errno or errno.EIO, trouble.strerror or str(trouble), str(folder)) from trouble
    finally:
        if older.exists() and not place.exists():
            older.rename(place)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(older, ignore_errors=True)
