"""What every part of a document needs: words, money, and where the numbers come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.reports.document.exchange import Exchange
from sim.reports.document.model import NUMBER, TEXT, CellValue, Column, DocumentTable
from sim.reports.document.words import SPACE, DocumentWords
from sim.version import __version__

SHORT_HASH = 8


@dataclass(frozen=True)
class Context:
    """Where a document stands.

    Args:
        words: Words and numbers of its language.
        exchange: What amounts are shown in.
        about: Scenario, seed, replications, policies and what else the folder says of itself.
        command: The command that repeats the document.
    """

    words: DocumentWords
    exchange: Exchange
    about: Mapping[str, Any] = field(default_factory=dict)
    command: str = "sim report DIR"

    def policy(self, name: Any) -> str:
        """Display name of a policy among those of the folder."""
        return self.words.policy(str(name), [str(policy) for policy in self.about.get("policies", ())])

    def policy_inside(self, name: Any) -> str:
        """The same inside a sentence."""
        return self.words.in_sentence(self.policy(name))

    def note(self, worlds: int | None = None) -> str:
        """The line that says where the numbers of an exhibit come from.

        Args:
            worlds: Paired worlds, if they are not those of the whole folder.
        """
        about, words = self.about, self.words
        digest = str(about.get("sha256", ""))[:SHORT_HASH]
        scenario = f"{about.get('scenario', '')} {digest}".strip()
        count = worlds if worlds is not None else about.get("replications")
        parts = [words("note.simulation"), words("note.scenario", scenario=scenario) if scenario else ""]
        parts += [words("note.worlds", worlds=count)] if count is not None else []
        parts += [words("note.seed", seed=about["seed"])] if "seed" in about else []
        parts += [words("note.all_firms")] if about.get("adopt") == "all" else []
        parts += [words("note.converted", **self.exchange._asdict())] if self.exchange.converts else []
        return " · ".join(part.replace(" ", SPACE) for part in (*parts, f"sim {__version__}") if part)

    def provenance(self) -> dict[str, Any]:
        """The same for machines."""
        names = ("scenario", "sha256", "seed", "adopt", "policies", "replications", "months", "focal", "code")
        kept = {name: self.about[name] for name in names if name in self.about}
        money = {"currency": self.exchange.currency, "rate": self.exchange.rate}
        return {"simulation": True, "version": __version__, "command": self.command} | money | kept

    def column(self, key: str, kind: str = TEXT, unit: str = "") -> Column:
        """A column whose title and meaning stand in the locale file."""
        words = self.words
        return Column(key, words(f"column.{key}"), kind, unit, words(f"meaning.{key}"))

    def facts(self, rows: Sequence[tuple[str, CellValue]], name: str = "facts") -> DocumentTable:
        """Single numbers that sentences use.

        Args:
            rows: Key of the locale file under ``fact.``, and value.
            name: Name of the table.
        """
        cells = tuple(
            (self.words(f"fact.{key}"), float(value) if isinstance(value, int | float) else None,
             value if isinstance(value, str) else None)
            for key, value in rows
        )  # fmt: skip
        columns = (self.column("fact"), self.column("number", NUMBER), self.column("text"))
        return DocumentTable(name, self.words(f"table.{name}"), columns, cells)
