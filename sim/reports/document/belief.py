"""Why should I believe this: grades of the numbers, patterns against the model, and what hangs on assumptions."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import sim
from sim.files.atomic_folder import VALIDATION_MARK
from sim.parameters import MARKET, BadInput, Scenario
from sim.parameters.provenance import ASSUMED, STATUSES, status_of
from sim.reports.document.context import Context
from sim.reports.document.model import COUNT, NUMBER, SHARE, DocumentSection, DocumentTable, table_of
from sim.reports.document.setting_names import unit_name
from sim.validation.row_table import PASSED, UNREACHED, printed

VALIDATION = Path("results") / "validation" / VALIDATION_MARK
UNSUPPORTED = (ASSUMED, "direction sourced", "in a published range")


def numbers_of(scenario: str | Mapping[str, Any]) -> pd.DataFrame:
    """Every number of the market with its source and the grade of that source.

    Args:
        scenario: Name of a scenario of the box, file, or its contents; what cannot be read falls back on the table of
            defaults.

    Returns:
        Columns ``parameter, value, unit, grade, source``.
    """
    try:
        loaded = Scenario.load(scenario) if isinstance(scenario, str) else Scenario.from_mapping(scenario)
        world: Scenario | None = loaded
    except (BadInput, OSError):
        world = None
    rows = []
    for row in MARKET:
        key = f"market.{row.name}"
        value = world.market[row.name] if world else row.default
        source = world.sources.get(key, row.source) if world else row.source
        grade = status_of(value, source)
        rows.append({"parameter": key, "value": value, "unit": row.unit, "grade": grade, "source": source})
    return pd.DataFrame(rows)


def grade_of(path: str, numbers: pd.DataFrame) -> str:
    """Grade of the number that a factor or an assumption moves; assumed where the market has no such number."""
    name = path.partition(" ")[0]
    hits = numbers[numbers["parameter"] == (name if name.startswith("market.") else f"market.{name}")]
    return str(hits["grade"].iloc[0]) if len(hits) else ASSUMED


def hanging_share(weights: Mapping[str, float], numbers: pd.DataFrame) -> float | None:
    """Share of the answer's movement that comes from numbers that are assumed; None if nothing moved it.

    Args:
        weights: How much each factor moved the answer, by its path.
        numbers: Table of `numbers_of`.
    """
    total = sum(weights.values())
    own = sum(weight for path, weight in weights.items() if grade_of(path, numbers) in UNSUPPORTED)
    return own / total if total > 0.0 else None


def belief_section(
    context: Context,
    scenarios: Sequence[str | Mapping[str, Any]],
    weights: Mapping[str, float],
    further: Sequence[DocumentTable] = (),
) -> DocumentSection:
    """The section: counts of grades, validation, and the share of the answer that hangs on assumed numbers.

    Args:
        context: Words.
        scenarios: Scenarios that the results rest on.
        weights: How much each moved number moved the answer; empty if none was moved.
        further: Tables of the folder itself that speak for or against it.
    """
    words = context.words
    numbers = {_name(scenario): numbers_of(scenario) for scenario in scenarios}
    grades, every = _grades(context, numbers), _numbers(context, numbers)
    lines = [_graded(context, name, table) for name, table in numbers.items()]
    share = hanging_share(weights, pd.concat(list(numbers.values()))) if numbers and weights else None
    facts: list[tuple[str, Any]] = [("numbers", float(len(every.rows)))]
    if share is None:
        lines.append(words("say.hanging.unknown"))
    else:
        lines.append(words("say.hanging.known", share=words.percent(share), count=len(weights)))
        facts += [("hanging", share), ("moved", len(weights))]
    said, tables = _validation(context, list(numbers))
    return DocumentSection(
        words("heading.belief"), (*lines, *said), (grades, *tables, *further, context.facts(facts, "belief"), every)
    )


def _name(scenario: str | Mapping[str, Any]) -> str:
    return scenario if isinstance(scenario, str) else str(scenario["name"])


def _graded(context: Context, name: str, numbers: pd.DataFrame) -> str:
    counts = numbers["grade"].value_counts()
    parts = {key: int(counts.get(grade, 0)) for key, grade in _GRADE_KEYS.items()}
    return context.words("say.grades", scenario=name, count=len(numbers), **parts)


_GRADE_KEYS = {
    "sourced": "sourced", "ranged": "in a published range", "directed": "direction sourced",
    "calibrated": "calibrated", "assumed": "assumed",
}  # fmt: skip


def _grades(context: Context, numbers: Mapping[str, pd.DataFrame]) -> DocumentTable:
    words, rows = context.words, []
    for name, table in numbers.items():
        counts = table["grade"].value_counts()
        rows += [
            {"scenario": name, "grade": words(f"grade.{grade}"), "count": int(counts.get(grade, 0)),
             "share": float(counts.get(grade, 0)) / len(table), "explanation": words(f"grade_meaning.{grade}")}
            for grade in STATUSES
        ]  # fmt: skip
    columns = [context.column("scenario"), context.column("grade"), context.column("count", COUNT, "count")]
    columns += [context.column("share", SHARE, "share"), context.column("explanation")]
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    return table_of("grades", words("table.grades"), frame, columns)


def _numbers(context: Context, numbers: Mapping[str, pd.DataFrame]) -> DocumentTable:
    words = context.words
    frame = pd.concat([table.assign(scenario=name) for name, table in numbers.items()]) if numbers else pd.DataFrame()
    if len(frame):
        frame = frame.assign(grade=[words(f"grade.{grade}") for grade in frame["grade"]])
        frame = frame.assign(unit=[unit_name(str(unit), words) for unit in frame["unit"]])
    columns = [context.column(key) for key in ("scenario", "parameter")] + [context.column("value", NUMBER)]
    columns += [context.column(key) for key in ("unit", "grade", "source")]
    frame = frame.reindex(columns=[column.key for column in columns])
    return table_of("numbers", words("table.numbers"), frame, columns)


def validation_rows() -> list[Mapping[str, Any]] | None:
    """Rows of the validation kept beside the code, or in the folder from which the command was called."""
    for root in (Path(sim.__file__).parents[1], Path()):
        if (root / VALIDATION).is_file():
            contents = json.loads((root / VALIDATION).read_text(encoding="utf-8"))
            return [row for row in contents["rows"] if row["verdict"] != UNREACHED]
    return None


def _validation(context: Context, scenarios: Sequence[str]) -> tuple[list[str], list[DocumentTable]]:
    words, rows = context.words, validation_rows()
    if rows is None:
        return [words("say.no_validation")], []
    passed = sum(row["verdict"] == PASSED for row in rows)
    own = [row for row in rows if row["world"] in scenarios]
    shown = own or [row for row in rows if row["class"] != "EXACT"]
    lines = [words("say.validation", passed=passed, rows=len(rows), own=len(own))]
    frame = pd.DataFrame([_pattern(context, row) for row in shown])
    columns = [context.column(key) for key in ("pattern", "reality", "model", "distance", "result")]
    facts = context.facts(
        [
            ("validation_passed", float(passed)),
            ("validation_rows", float(len(rows))),
            ("validation_own", float(len(own))),
        ],
        "validation_counts",
    )
    return lines, [table_of("patterns", words("table.patterns"), frame, columns), facts]


def _pattern(context: Context, row: Mapping[str, Any]) -> dict[str, str]:
    line = printed(row)
    got, expected = row.get("got"), row.get("expected")
    near = isinstance(got, float) and isinstance(expected, float) and bool(expected)
    distance = context.words.percent(abs(got / expected - 1.0)) if near else ""  # type: ignore[operator]
    result = context.words("pattern.passed" if row["verdict"] == PASSED else "pattern.missed")
    return {
        "pattern": f"{row['row']}: {row['target']} ({row['source']})", "reality": line["expected"],
        "model": line["got"], "distance": distance, "result": result,
    }  # fmt: skip
