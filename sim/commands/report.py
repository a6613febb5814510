"""sim report: a document from a folder of results, without running a model."""

import argparse
import shlex
from dataclasses import replace
from pathlib import Path

from sim.commands.common import refuse_folder, refuse_other_results
from sim.files.atomic_folder import CLAIMS_MARK, COMPARISON_MARK, EVIDENCE_MARK
from sim.parameters import BadInput

SWEEP_MARK = "design.parquet"
DECIMAL_SIGNS = (".", ",")


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="what compare --out, sweep, claims or evidence wrote")
    parser.add_argument("--format", default="html", help="html, pdf, pptx, xlsx, tex (tables) or csv (tables, zipped)")
    parser.add_argument("--template", type=Path, metavar="FILE", help="presentation whose layouts pptx takes")
    parser.add_argument("--currency", metavar="CODE[=RATE]", help="another currency, at a rate that you give: USD=1.08")
    parser.add_argument("--lang", default="en", help="en or de")
    parser.add_argument(
        "--label", action="append", default=[], metavar="KEY=WORDS",
        help="words for a policy or currency, as osfa='Standard offer'; repeatable",
    )  # fmt: skip
    parser.add_argument("--decimal", default="", metavar="SIGN", help="decimal sign, . or ,; by default the language's")
    parser.add_argument("--out", type=Path, metavar="FILE", help="file; DIR/report.FORMAT if left out")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the document and say where it is."""
    from sim.charts.names import labels_from
    from sim.reports.document.folder import document_of
    from sim.reports.document.formats import find_format, write_document
    from sim.reports.document.words import DocumentWords, texts_of

    kind = find_format(arguments.format)
    texts_of(arguments.lang)
    refuse_folder(arguments.out)
    if arguments.decimal not in ("", *DECIMAL_SIGNS):
        raise BadInput(f"--decimal {arguments.decimal!r} is no decimal sign; allowed are . and ,")
    refuse_other_results(arguments.folder, EVIDENCE_MARK, COMPARISON_MARK, CLAIMS_MARK, SWEEP_MARK)
    words = DocumentWords(arguments.lang, arguments.decimal, labels=labels_from(arguments.label))
    document = document_of(arguments.folder, words, arguments.currency, command_of(arguments))
    words = replace(words, currency=str(document.provenance["currency"]))
    path = arguments.out or arguments.folder / f"report.{kind.ending}"
    print(write_document(document, words, arguments.format, path, arguments.template))
    return 0


def command_of(arguments: argparse.Namespace) -> str:
    """The command that repeats the document, without what is left out."""
    words = ["sim", "report", str(arguments.folder)]
    for name, usual in (("format", "html"), ("template", None), ("currency", None), ("lang", "en"), ("decimal", "")):
        value = getattr(arguments, name)
        words += [] if value == usual else [f"--{name}", str(value)]
    words += [word for label in arguments.label for word in ("--label", label)]
    return shlex.join(words)
