"""sim evidence: the flagship comparison on a real purchase log, with charts, tables and a report."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sim.commands.common import announce_folder, apart, document, tell_about_compiling, try_to_draw


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--plan", type=Path, metavar="FILE", help="another plan than experiments/evidence.yaml")
    parser.add_argument("--quick", action="store_true", help="smallest budgets, to see that everything works")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--ledger", action="store_true", help="add the quick ledger of claims to the report")
    parser.add_argument("--out", type=Path, metavar="DIR", default=Path("results/evidence"))
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(call=run)


class EvidenceProgress:
    """Says on standard error what is being done: a line that moves on a terminal, else one line a stage."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.live = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        line = f"[{time.perf_counter() - self.started:4.0f} s] {stage}: {done} of {total}"
        if self.live:
            print(f"\r{line:70}", end="\n" if done == total else "", file=sys.stderr, flush=True)
        elif done == total:
            print(line, file=sys.stderr, flush=True)


def run(arguments: argparse.Namespace) -> int:
    """Gather the evidence, write the folder, and end with the verdict."""
    from sim.experiments.evidence.flagship import gather_evidence
    from sim.experiments.evidence.plan import EvidencePlan
    from sim.files.atomic_folder import EVIDENCE_MARK, whole_folder
    from sim.reports.folder_report import report_of_evidence, verdict_lines

    plan, out = EvidencePlan.load(arguments.plan), arguments.out
    tell_about_compiling()
    tell = EvidenceProgress()
    with apart(), whole_folder(out, EVIDENCE_MARK) as beside:
        evidence = gather_evidence(plan.quick() if arguments.quick else plan, arguments.seed, tell)
        evidence.write(beside)
        if arguments.ledger:
            quick_ledger(beside / "claims", tell)
        lines = verdict_lines(beside)
        (beside / "verdict.md").write_text("\n".join(f"- {line}" for line in lines) + "\n", encoding="utf-8")
        complete = try_to_draw(lambda: report_of_evidence(evidence, beside, out), out)
        tell("charts and report", 1, 1)
    if arguments.json:
        print(document({"verdict": lines, "about": dict(evidence.about), "folder": str(out)}))
    else:
        print("\n".join(lines))
        print(f"Report: {out / 'report.html'}; charts: {out / 'tuned' / 'charts'}" if complete else f"Tables: {out}")
    if complete:
        announce_folder(out, ["sim", "chart", out / "tuned", "all", "--style", "journal"])
    return 0 if complete else 1


def quick_ledger(folder: Path, tell: Callable[[str, int, int], None]) -> None:
    """The quick ledger of claims in a folder; its runs are kept where `sim claims --quick` looks for them too."""
    from sim.commands.claims import QUICK_FOLDER
    from sim.experiments.claims.designs import QUICK_LEDGER
    from sim.experiments.claims.ledger import Where, run_ledger
    from sim.experiments.claims.shipped import entry_names, load_entry

    entries = [load_entry(name) for name in entry_names()]
    made = run_ledger(
        entries, Where(QUICK_FOLDER), QUICK_LEDGER, None, lambda what, done, all_: tell("claims", done, all_)
    )
    made.write(folder)
