"""Exhibits of the claims of one source each: how large every effect is against the smallest one that matters."""

from collections.abc import Mapping

import pandas as pd

from sim.experiments.claims.claim import SOURCES
from sim.experiments.claims.readings import VERDICTS
from sim.reports.document.context import Context
from sim.reports.document.frames import frame_table
from sim.reports.document.model import BARS, ChartForm, Exhibit
from sim.reports.document.setting_names import claim_title
from sim.reports.document.words import SPACE, DocumentWords
from sim.statistics.verdicts import LOWER

GROUP_COLUMNS = ("claim", "verdict", "margin", "margin_low", "margin_high", "reach")
PALE = ("depends", "equivalent", "inconclusive")  # verdicts whose bars are not clear either way


def groups_of(verdicts: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Claims by source, the first letter where there are several; without sources there is one group.

    >>> list(groups_of(pd.DataFrame({"source": ["L, C", "M", "L"]})))
    ['L', 'M']
    """
    letters = verdicts.get("source", pd.Series("", index=verdicts.index)).fillna("").astype(str).str[:1]
    return {str(letter): part for letter, part in verdicts.groupby(letters, sort=False)}


def group_exhibits(verdicts: pd.DataFrame, meanings: Mapping[str, str], context: Context) -> list[Exhibit]:
    """One exhibit a source; none where the table lacks the smallest effects.

    Args:
        verdicts: The table of verdicts.
        meanings: Meaning of its columns.
        context: Words and provenance.
    """
    if not {"smallest", "direction"} <= set(verdicts.columns):
        return []
    return [_exhibit(letter, part, meanings, context) for letter, part in groups_of(verdicts).items()]


def _exhibit(letter: str, part: pd.DataFrame, meanings: Mapping[str, str], context: Context) -> Exhibit:
    words = context.words
    frame = margins_of(part).assign(verdict=[words(f"verdict.{name}") for name in part["verdict"]])
    frame["claim"] = [f"{claim_title(str(row['id']), words)}: {row['verdict']}" for row in frame.to_dict("records")]
    name = f"claims__{letter or 'all'}"
    table = frame_table(context, name, frame, meanings, GROUP_COLUMNS)
    form = ChartForm(
        BARS, "claim", "margin", ("margin_low", "margin_high"), axis=words("axis.margin"), reading="verdict",
        undecided=tuple(words(f"verdict.{verdict}") for verdict in PALE),
    )  # fmt: skip
    title = words("title.claims_of", source=source_name(letter, context), months=last_month(part), **counts_of(part))
    reach = words.join([f"{claim_title(str(row['id']), words)} {_whole_percent(row['reach'], words)}"
                        for row in part.to_dict("records")])  # fmt: skip
    return Exhibit(name, title, words("subtitle.claims_of"), table, context.note(), form, "",
                   (words("say.reach_of_claims", reach=reach),))  # fmt: skip


def _whole_percent(share: float, words: DocumentWords) -> str:
    return f"{words.plain(100.0 * share, 0)}{SPACE}%" if share == share else words("number.unknown")


def counts_of(verdicts: pd.DataFrame) -> dict[str, int]:
    """Number of claims, and by verdict."""
    given = verdicts["verdict"].value_counts()
    return {"count": len(verdicts)} | {name: int(given.get(name, 0)) for name in VERDICTS}


def last_month(verdicts: pd.DataFrame) -> int:
    """The last month over which one of the claims is judged; 0 where the table does not say.

    >>> last_month(pd.DataFrame({"months": ["25-60", "36"]})), last_month(pd.DataFrame({"id": ["a"]}))
    (60, 0)
    """
    texts = verdicts.get("months", pd.Series("0", index=verdicts.index)).astype(str)
    return max(int(float(text.rpartition("-")[2])) for text in texts)


def group_facts(verdicts: pd.DataFrame) -> list[tuple[str, float]]:
    """Numbers in the titles of these exhibits: key of a fact, and its value."""
    facts: list[tuple[str, float]] = []
    for part in groups_of(verdicts).values():
        facts += [(f"claims_of.{key}", float(count)) for key, count in counts_of(part).items()]
        facts.append(("claims_of.months", float(last_month(part))))
    return facts


def source_name(letter: str, context: Context) -> str:
    """The author, or the title of a source without one; our own claims where there is no source."""
    named = SOURCES.get(letter, "").partition(",")[0]
    return named if named and letter != "O" else context.words("source.own")


def margins_of(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Weakest effect of each claim in units of its smallest one that matters, positive as claimed.

    >>> row = {"effect": -4.0, "low": -6.0, "high": -2.0, "smallest": 2.0, "direction": "lower"}
    >>> margins_of(pd.DataFrame([row]))[["margin", "margin_low", "margin_high"]].to_numpy().tolist()
    [[2.0, 1.0, 3.0]]
    """
    turned = verdicts["direction"] == LOWER
    unit = verdicts["smallest"].where(~turned, -verdicts["smallest"]).replace(0.0, float("nan"))
    ends = [verdicts[end] / unit for end in ("low", "high")]
    return verdicts.assign(
        margin=verdicts["effect"] / unit, margin_low=ends[0].where(~turned, ends[1]),
        margin_high=ends[1].where(~turned, ends[0]),
    )  # fmt: skip
