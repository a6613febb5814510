"""What forms of a folder of claims share: rows of the ledger, units and periods for the reader, and the note line."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import pandas as pd

from sim.charts.names import of_word
from sim.charts.numbers import DASH, PERCENT, SPACE, UNSCALED, Scale, money, places, plain, signed_interval
from sim.charts.words import LONGEST_TITLE
from sim.model.measures import BY_NAME
from sim.parameters import BadInput
from sim.version import __version__

CURRENCY_LENGTH = 3
SHORT_FORMS = {"osfa": "one-size-fits-all", "centric": "customer-centric", "npv": "NPV", "crm": "CRM", "kpi": "KPI"}
WORDS_OF_A_NAME = 60  # characters up to which a sentence may stand in a title


class LedgerTables(Protocol):
    """A folder of claims, such as `sim.charts.folder.FolderTables`."""

    @property
    def about(self) -> Mapping[str, Any]:
        """What the mark of the folder says: seed, quick, claims, questions."""

    def has(self, name: str) -> bool:
        """Whether there is such a table."""

    def table(self, name: str) -> pd.DataFrame:
        """The table of that name."""


def rows_of_table(tables: LedgerTables, name: str, columns: Iterable[str]) -> pd.DataFrame:
    """A table with its columns checked.

    Raises:
        BadInput: The table or a column is missing, or it has no row.
    """
    table = tables.table(name)
    missing = [column for column in columns if column not in table]
    if missing or not len(table):
        raise BadInput(f"{name}.csv of this folder has no {', '.join(missing) if missing else 'row'}")
    return table


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows by column name; what is missing stays NaN."""
    columns = [str(name) for name in table.columns]
    return [dict(zip(columns, row, strict=True)) for row in table.itertuples(index=False, name=None)]


def claim_row(verdicts: pd.DataFrame, claim: object) -> dict[str, Any]:
    """A claim's row of the table of verdicts.

    Raises:
        BadInput: It has none.
    """
    own = plain_rows(verdicts[verdicts["id"] == claim])
    if not own:
        raise BadInput(f"verdicts.csv has no claim {claim!r}, of which another table has rows")
    return own[0]


def claim_name(claim: str) -> str:
    """A claim's name as words.

    >>> claim_name("silo-experience"), claim_name("kpi-link")
    ('Silo experience', 'KPI link')
    """
    words = in_words(claim)
    return words[:1].upper() + words[1:]


def in_words(name: str) -> str:
    """A name of a claim, of one of its arms or of a measure as words inside a sentence.

    >>> in_words("osfa_basket"), in_words("npv against broad")
    ('one-size-fits-all basket', 'NPV against broad')
    """
    parts = name.replace("-", " ").replace("_", " ").split(" ")
    return " ".join(SHORT_FORMS.get(part, part) for part in parts)


def measure_label(measure: str) -> str:
    """Display name of a measure, as it stands at the head of a panel."""
    return BY_NAME[measure].label if measure in BY_NAME else of_word(in_words(measure))


def unit_scale(unit: str, values: Iterable[float]) -> Scale:
    """From a table's unit to the reader's: shares as per cent, money in a fitting size, the rest as it is.

    >>> unit_scale("share/year", [0.1]).unit.replace(SPACE, " ")
    '% a year'
    >>> unit_scale("EUR", [2e6]).unit.replace(SPACE, " "), unit_scale("EUR/customer", [2.0]).unit
    ('EUR m', 'EUR a customer')
    """
    whole, _, part = str(unit).partition("/")
    rest = f" a {part}" if part else ""
    if whole == "share":
        return Scale(PERCENT.factor, f"%{rest}", f"points{rest}")
    if len(whole) == CURRENCY_LENGTH and whole.isupper():
        scale = money(values, whole)
        return Scale(scale.factor, scale.unit + rest, scale.gap_unit + rest)
    return UNSCALED if whole in ("", "nan") else Scale(1.0, f"{whole}{rest}", f"{whole}{rest}")


def effect_text(mean: float, low: float, high: float, scale: Scale) -> str:
    """A paired difference with its interval and unit."""
    decimals = places(value * scale.factor for value in (mean, low, high))
    text = signed_interval(mean * scale.factor, low * scale.factor, high * scale.factor, decimals)
    return f"{text} {scale.gap_unit}".strip()


def levels_text(row: Mapping[str, Any], unit: str) -> str:
    """The two levels behind a difference, and the difference in per cent of the second."""
    ours, theirs = float(row["level_one"]), float(row["level_other"])
    if ours != ours or theirs != theirs:
        return ""
    scale = unit_scale(unit, [ours, theirs])
    decimals = places([ours * scale.factor, theirs * scale.factor])
    text = (
        f"{plain(ours * scale.factor, decimals)} against {plain(theirs * scale.factor, decimals)} {scale.unit}".strip()
    )
    share = 100.0 * (ours - theirs) / abs(theirs) if theirs else float("nan")
    per_cent = f"{'+' if share > 0.0 else ''}{plain(share, 0 if abs(share) >= 10.0 else 1)}"
    return f"{text}, {per_cent}{SPACE}%" if share == share else text


def horizon(row: Mapping[str, Any]) -> str:
    """The period of a claim's measure as it stands in a title.

    >>> horizon({"months": "25-60"}), horizon({"months": 60})
    ('months 25–60', '60 months')
    """
    months = str(row.get("months", "")).removesuffix(".0")
    if months in ("", "nan"):
        return "its registered horizon"
    return f"months {months.replace('-', DASH)}" if not months.isdigit() else f"{months} months"


def horizons(table: pd.DataFrame) -> str:
    """The periods of several claims."""
    texts = list(dict.fromkeys(horizon(row) for row in plain_rows(table)))
    if len(texts) == 1:
        return f"over {texts[0]}"
    ends = sorted({int(part) for text in texts for part in text.replace(DASH, " ").split() if part.isdigit()})
    return f"over up to {ends[-1]} months" if ends else "over their registered horizons"


def question_period(tables: LedgerTables, question: str) -> str:
    """The horizon of a question, as it stands in a title."""
    answers = tables.table("answers") if tables.has("answers") else pd.DataFrame({"id": []})
    own = plain_rows(answers[answers["id"] == question])
    return f"over {horizon(own[0] if own else {})}"


def question_scenario(tables: LedgerTables, question: str) -> str:
    """The world in which a question was asked, for the note line."""
    answers = tables.table("answers") if tables.has("answers") else pd.DataFrame({"id": []})
    own = plain_rows(answers[answers["id"] == question])
    return f"scenario {own[0]['world']}" if own else "scenario of the question"


def ledger_note(tables: LedgerTables, what: str, stamp: str = "") -> str:
    """The note line of a chart of claims: what it is, scenario and size, registration, seed and version."""
    about = tables.about
    size = "quick run, few worlds" if about.get("quick") else ""
    seed = f"seed{SPACE}{about.get('seed', '?')}"
    parts = ("Simulation, not client data", what.replace(" ", SPACE), stamp, size, seed, f"sim{SPACE}{__version__}")
    return " · ".join(part for part in parts if part)


def registration_stamp(row: Mapping[str, Any]) -> str:
    """What is said of a claim's registration; a changed registration is stamped in capitals."""
    text = str(row.get("registration", "") or "")
    return text.upper() if text.startswith(("exploratory", "not registered")) else text


def record_about(tables: LedgerTables, **more: object) -> dict[str, Any]:
    """What travels inside the file of a chart of claims."""
    return {"scenario": "ledger of claims", "seed": tables.about.get("seed")} | more


def fitting(*titles: str) -> str:
    """The first title that is short enough, the last one if none is."""
    return next((title for title in titles if len(title) <= LONGEST_TITLE), titles[-1])
