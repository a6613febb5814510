"""The end of a document: settings, registration, versions, command, and the dictionary of all columns."""

import platform
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.reports.document.context import Context
from sim.reports.document.model import CellValue, Document, DocumentSection, DocumentTable, table_of
from sim.reports.document.setting_names import decision_name, unit_name
from sim.version import __version__


def settings_table(context: Context, settings: Mapping[str, Any]) -> DocumentTable:
    """What the runs were made with: one row a setting."""
    words, rows = context.words, []
    for key, value in settings.items():
        name, _, policy = key.partition(".")
        of = f": {context.policy(policy)}" if policy and name == "at_bound" else f": {policy}" if policy else ""
        rows.append((f"{words.known(f'made.{name}', name)}{of}", _named(name, value, context)))
    columns = (context.column("setting"), context.column("text"))
    return DocumentTable("settings", context.words("table.settings"), columns, tuple(rows))


def _named(name: str, value: Any, context: Context) -> CellValue:
    """A setting as text: policies, decisions and claims in words."""
    if name == "policies" and isinstance(value, list | tuple):
        return ", ".join(context.policy(policy) for policy in value)
    if name == "historical":
        return context.policy(value)
    if name == "at_bound" and isinstance(value, list | tuple):
        return ", ".join(decision_name(str(decision), context.words) for decision in value)
    return _text(value)


def _text(value: Any) -> CellValue:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value if value is None else str(value)


def appendix_of(
    context: Context,
    registration: str,
    settings: Mapping[str, Any],
    tables: Sequence[DocumentTable],
    all_tables: Sequence[DocumentTable],
) -> tuple[DocumentSection, ...]:
    """All sections of the appendix.

    Args:
        context: Words and command.
        registration: What is known of a registration, in a sentence.
        settings: What the runs were made with.
        tables: Further tables.
        all_tables: Tables of the whole document, for the dictionary.
    """
    words = context.words
    versions = words("say.versions", version=__version__, python=platform.python_version())
    lines = (registration, versions, words("say.command", command=context.command))
    made = (settings_table(context, settings), *tables)
    return (
        DocumentSection(words("heading.appendix"), lines, made),
        DocumentSection(words("heading.dictionary"), (), (dictionary(context, [*all_tables, *made]),)),
    )


def dictionary(context: Context, tables: Sequence[DocumentTable]) -> DocumentTable:
    """Meaning of every column of every table."""
    rows = [
        {"table": table.name, "column": column.key, "title": column.title, "kind": context.words(f"kind.{column.kind}"),
         "unit": unit_name(column.unit, context.words), "explanation": column.meaning}
        for table in {table.name: table for table in tables}.values()
        for column in table.columns
    ]  # fmt: skip
    columns = [context.column(key) for key in ("table", "column", "title", "kind", "unit", "explanation")]
    return table_of("dictionary", context.words("table.dictionary"), pd.DataFrame(rows), columns)


def with_dictionary(context: Context, document: Document, registration: str, settings: Mapping[str, Any],
                    tables: Sequence[DocumentTable] = ()) -> Document:  # fmt: skip
    """The document with its appendix, whose dictionary covers all that stands before it."""
    from dataclasses import replace

    appendix = appendix_of(context, registration, settings, tables, document.tables())
    return replace(document, appendix=appendix)
