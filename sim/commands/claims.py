"""sim claims: what practitioners say of customer-centricity, registered, run in paired worlds and judged."""

import argparse
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.common import apart, document, tell_about_compiling, try_to_draw

if TYPE_CHECKING:
    from sim.experiments.claims.designs import LedgerSize
    from sim.experiments.claims.shipped import LedgerEntry
    from sim.experiments.claims.tables import LedgerResult

DEFAULT_FOLDER, QUICK_FOLDER = Path("results") / "claims", Path("results") / "claims-quick"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "id", nargs="*", metavar="ID", help="claims, or files of your own; the whole ledger if left out"
    )
    parser.add_argument("--quick", action="store_true", help="one base world, few pairs: three to four minutes")
    parser.add_argument("--scenario", metavar="FILE", help="this world instead of the base worlds of the claims")
    parser.add_argument("--register", action="store_true", help="write hash and date of each claim, before it is run")
    parser.add_argument("--list", action="store_true", help="the ledger: id, sentence and registration; runs nothing")
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"folder; {DEFAULT_FOLDER} for the whole ledger")
    parser.add_argument("--workers", type=int, metavar="N", help="processes; by default one a processor")
    parser.add_argument("--executor", default="local", metavar="local|dask:ADDRESS", help="where runs are simulated")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of all worlds")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


def run(arguments: argparse.Namespace) -> int:
    """Register, list, or run and judge; 1 when a claim could not be judged."""
    from sim.experiments.claims.shipped import entry_names, load_entry

    entries = [load_entry(name) for name in arguments.id or entry_names()]
    if arguments.register:
        return register(entries, arguments.json)
    if arguments.list:
        return list_entries(entries, arguments.json)
    return judge(arguments, entries)


def register(entries: Sequence["LedgerEntry"], as_json: bool) -> int:
    """Write the registrations of claims that are new or were changed."""
    from sim.experiments.claims import shipped

    for entry in entries:
        shipped.check(entry)
    new = shipped.register(entries)
    if as_json:
        print(document({"registered": new}))
    else:
        unchanged = len(entries) - len(new)
        print(f"registered: {', '.join(new) or 'none'}; {unchanged} stand as they were registered")
    return 0


def list_entries(entries: Sequence["LedgerEntry"], as_json: bool) -> int:
    """Print the ledger without running anything."""
    from sim.experiments.claims.shipped import registration_of

    rows = [
        {"id": entry.id, "source": entry.contents.get("source", ""), "sentence": entry.contents.get("sentence", ""),
         "registration": registration_of(entry)}
        for entry in entries
    ]  # fmt: skip
    if as_json:
        print(document({"claims": rows}))
    else:
        print("\n".join(f"{row['id']:24}{row['source']:6}{row['sentence']} ({row['registration']})" for row in rows))
    return 0


def judge(arguments: argparse.Namespace, entries: Sequence["LedgerEntry"]) -> int:
    """Run claims and print their verdicts."""
    from sim.experiments.claims.ledger import Where, run_ledger
    from sim.experiments.claims.tables import refuse_foreign_folder
    from sim.reports.folder_report import charts_of_claims, report_of_claims

    folder = arguments.out or usual_folder(arguments)
    refuse_foreign_folder(folder)
    tell_about_compiling()
    where = Where(folder, arguments.workers, arguments.executor)
    try:
        with apart():
            result = run_ledger(entries, where, size_of(arguments), arguments.scenario, tell_progress)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    result.write(folder)
    claims = len(result.verdicts)  # a report is about claims; questions alone have charts
    complete = try_to_draw(lambda: report_of_claims(folder, folder) if claims else charts_of_claims(folder), folder)
    print(document(as_document(result)) if arguments.json else "\n".join(texts(result)))
    print(f"written: {folder}; next: {shlex.join(['sim', 'chart', str(folder), 'all'])}", file=sys.stderr)
    return int(bool(result.about["failed"]) or not complete)


def usual_folder(arguments: argparse.Namespace) -> Path:
    """Where results go: the whole ledger has a folder of its own, which a part of it does not replace."""
    folder = QUICK_FOLDER if arguments.quick else DEFAULT_FOLDER
    part = [Path(name).stem for name in arguments.id] + ([Path(arguments.scenario).stem] if arguments.scenario else [])
    return folder.with_name("-".join([folder.name, *part[:3]])) if part else folder


def size_of(arguments: argparse.Namespace) -> "LedgerSize":
    """How much is run."""
    from sim.experiments.claims.designs import FULL_LEDGER, QUICK_LEDGER

    return replace(QUICK_LEDGER if arguments.quick else FULL_LEDGER, seed=arguments.seed)


def tell_progress(what: str, done: int, total: int) -> None:
    """A line on standard error for each claim; on a terminal one line that moves."""
    line = f"{done} of {total} claims; {what}"
    if sys.stderr.isatty():
        print(f"\r{line:78}", end="\n" if what == "done" else "", file=sys.stderr, flush=True)
    elif not what.startswith("tuning"):
        print(line, file=sys.stderr, flush=True)


def as_document(result: "LedgerResult") -> dict[str, Any]:
    """The result as one JSON document."""
    return dict(result.about) | {
        name: table.to_dict("records") for name, table in result.tables.items() if name != "reach"
    }


def texts(result: "LedgerResult") -> list[str]:
    """The ledger for a terminal: claims with where they fail, answers to questions, and what verdicts add up to."""
    lines = [line for row in result.verdicts.to_dict("records") for line in lines_of(row)]
    answers = result.tables["answers"].to_dict("records") if "answers" in result.tables else []
    lines += [line for row in answers for line in (f"{row['id']}: {row['question']}", f"             {row['answer']}")]
    if len(result.verdicts):
        counts = ", ".join(f"{count} {word}" for word, count in result.counts().items())
        share = f"{result.about['share_supported']:.0%}".replace("%", " %")
        lines += ["", f"{counts}; {share} supported"]
    if result.about["suspect"]:
        lines.append("More than 85 % supported: suspect the model before you believe the claims.")
    lines += [f"not judged: {name}: {why}" for name, why in result.about["failed"].items()]
    return lines


def lines_of(row: Mapping[Any, Any]) -> list[str]:
    """A claim on a terminal."""
    numbers = f"{row['effect']:+.4g} {row['unit']} [{row['low']:.4g}, {row['high']:.4g}] in {row['world']}"
    reach = f"reach {row['reach']:.2f} [{row['reach_low']:.2f}, {row['reach_high']:.2f}] of {row['reach_worlds']:.0f}"
    marks = [row["registration"]]
    if row["control"] not in ("exactly zero", "") and row["control"] == row["control"]:
        marks.append(f"control differs {row['control']}")
    if row["search_bound"]:
        marks.append(f"search bound: {row['search_bound']}")
    return [
        f"{row['verdict']:13}{row['id']}: {row['sentence']}",
        f"             {row['measure']} {numbers}; {reach}; {'; '.join(marks)}",
        f"             {row['fails_where']}",
    ]
