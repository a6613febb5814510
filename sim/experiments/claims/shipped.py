"""The claims that come with the package, and their registration."""

import csv
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.experiments.claims.claim import Claim, digest_of
from sim.experiments.claims.plan import read_claim
from sim.experiments.claims.questions.plan import Question, read_question
from sim.files.atomic_file import commit_text
from sim.parameters.checking import Place, nearest
from sim.parameters.errors import BadInput
from sim.parameters.shipped import shipped_folder
from sim.parameters.yaml_reader import read_yaml

BANK = "bank"
REGISTRATIONS = "registrations.csv"
REGISTERED, EXPLORATORY = "registered", "exploratory"
FORM = "form"  # key that a question has and a claim has not


@dataclass(frozen=True)
class LedgerEntry:
    """A file of the ledger.

    Args:
        id: Name of the claim or question.
        contents: What the file says.
        place: The file and its lines, for messages.
    """

    id: str
    contents: Mapping[str, Any]
    place: Place

    @property
    def is_question(self) -> bool:
        """Whether it asks a question, and states no claim."""
        return FORM in self.contents

    def claim(self) -> Claim:
        """The claim.

        Raises:
            BadInput: As `sim.experiments.claims.plan.read_claim`, or its id is not the name of its file.
        """
        claim = read_claim(self.contents, self.place)
        if claim.id != self.id:
            raise BadInput(f"{self.place.at('id')} is {claim.id!r}; the file is named {self.id}, and both must agree")
        return claim

    def question(self) -> Question:
        """The question.

        Raises:
            BadInput: As `sim.experiments.claims.questions.plan.read_question`, or its id is not the name of its file.
        """
        question = read_question(self.contents, self.place)
        if question.id != self.id:
            raise BadInput(
                f"{self.place.at('id')} is {question.id!r}; the file is named {self.id}, and both must agree"
            )
        return question


def claims_folder() -> Path:
    """Folder of the files of the ledger."""
    return shipped_folder("experiments") / "claims"


def entry_names() -> list[str]:
    """Names of all claims and questions in the box."""
    return sorted(path.stem for path in claims_folder().glob("*.yaml") if path.stem != BANK)


def load_entry(name_or_path: str) -> LedgerEntry:
    """A claim or question of the box by its name, or from a file.

    Raises:
        BadInput: Neither.
    """
    path = Path(name_or_path)
    if not (name_or_path.endswith((".yaml", ".yml")) or path.is_file()):
        path = claims_folder() / f"{name_or_path}.yaml"
        if not path.is_file() or path.stem == BANK:
            known = entry_names()
            raise BadInput(
                f"claim {name_or_path!r} is neither in the ledger nor a file.{nearest(name_or_path, known)} "
                f"In the ledger: {', '.join(known)}"
            )
    contents, lines = read_yaml(path)
    return LedgerEntry(path.stem, contents, Place(str(path), lines))


class Registration(NamedTuple):
    """One line of the file of registrations, to which lines are only added."""

    id: str
    sha256: str
    date: str


def registrations() -> list[Registration]:
    """All registrations, the oldest first."""
    path = claims_folder() / REGISTRATIONS
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [Registration(row["id"], row["sha256"], row["date"]) for row in csv.DictReader(file)]


def registration_of(entry: LedgerEntry) -> str:
    """What a document says of the registration of a claim.

    Returns:
        ``registered DATE``, with the date of the first registration where there are several; ``exploratory`` where the
        file or the bank was changed since; or ``not registered``.
    """
    own = [row for row in registrations() if row.id == entry.id]
    if not own:
        return "not registered"
    if own[-1].sha256 != digest_of(entry.contents):
        return EXPLORATORY
    if not _is_latest(BANK, bank_digest()):
        return f"{EXPLORATORY}: another bank"
    first = f", first {own[0].date}" if len(own) > 1 else ""
    return f"{REGISTERED} {own[-1].date}{first}"


def _is_latest(name: str, digest: str) -> bool:
    """Whether the last registration under a name is of these contents."""
    return [row.sha256 for row in registrations() if row.id == name][-1:] == [digest]


def bank_digest() -> str:
    """Hash of the bank of sampled worlds, on which the reach of every claim rests."""
    return digest_of(read_yaml(claims_folder() / f"{BANK}.yaml")[0])


def register(entries: Sequence[LedgerEntry], today: datetime.date | None = None) -> list[str]:
    """Add a line for every claim, and for the bank, whose file is not registered as it is; returns their names.

    Raises:
        OSError: The folder of the ledger cannot be written.
    """
    rows, date = registrations(), (today or datetime.date.today()).isoformat()
    digests = {BANK: bank_digest()} | {entry.id: digest_of(entry.contents) for entry in entries}
    new = [name for name, digest in digests.items() if not _is_latest(name, digest)]
    rows += [Registration(name, digests[name], date) for name in new]
    lines = "".join(",".join(row) + "\n" for row in rows)
    commit_text(claims_folder() / REGISTRATIONS, "id,sha256,date\n" + lines)
    return new


def check(entry: LedgerEntry) -> None:
    """Stop at a file that is wrong.

    Raises:
        BadInput: As `LedgerEntry.claim` or `LedgerEntry.question`.
    """
    if entry.is_question:
        entry.question()
    else:
        entry.claim()
