"""The directive `claim-page`: what was said, what was tested, what came out, and one customer who left silently."""

import csv
import json
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from extensions.claim_world import contents_of, life_of, words

RESULTS = Path(__file__).parents[2] / "results" / "claims"
NO_FILE = "This claim is not written down in `experiments/claims` yet, so there is nothing to show."
NO_RUN = "**Not run yet.** `sim claims {claim}` runs it; until then there is no verdict."
NOBODY = "In this small world nobody of those watched left our firm without a word."


def verdict_of(claim: str, folder: Path = RESULTS) -> str:
    """The verdict as the table of results says it; that it is missing, where it is missing.

    Args:
        claim: Its id.
        folder: Folder of the results of claims.
    """
    table = folder / "verdicts.csv"
    if not (folder / "claims.json").is_file() or not table.is_file():
        return NO_RUN.format(claim=claim)
    with table.open(encoding="utf-8", newline="") as file:
        row = next((row for row in csv.DictReader(file) if row["id"] == claim), None)
    if row is None:
        return NO_RUN.format(claim=claim)
    quick = (
        " This was a quick run." if json.loads((folder / "claims.json").read_text(encoding="utf-8"))["quick"] else ""
    )
    size = (
        f"{row['effect']} [{row['low']}, {row['high']}] {row['unit']} in `{row['world']}`"
        if row["effect"]
        else "no figure"
    )
    reach = (
        f" It holds in {100 * float(row['reach']):.0f} % of {row['reach_worlds']} sampled worlds."
        if row["reach"]
        else ""
    )
    fails = f" {row['fails_where']}" if row["fails_where"] else ""
    return f"**{row['verdict'].capitalize()}**: {size}.{reach}{fails}{quick}"


def text_of(claim: str) -> list[str]:
    """The page of one claim, as lines of MyST."""
    contents = contents_of(claim)
    if contents is None:
        return [NO_FILE]
    return [
        f"> {contents['sentence']}", "",
        f"We tested: {contents['statement']}", "",
        f"Why it may come out, or not: {contents['idea']}", "",
        verdict_of(claim), "",
        *life_lines(contents),
    ]  # fmt: skip


def life_lines(contents: dict) -> list[str]:
    """The life of one customer, or a sentence that there was none."""
    life = life_of(contents)
    if life is None:
        return [NOBODY]
    where = f"in a small `{life.world}` world on the side *{words(life.arm)}*"
    why = "Of those who left without a word, most kinds of things went wrong for this one:"
    opening = f"**One customer** of {life.firm}, {where}. {why}"
    return [opening, "", *(f"- {sentence}" for sentence in life.sentences), "", life.elsewhere]


class ClaimPage(SphinxDirective):
    """One claim of the ledger by its id."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Parse the page."""
        return self.parse_text_to_nodes("\n".join(text_of(self.arguments[0])))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect with Sphinx."""
    app.add_directive("claim-page", ClaimPage)
    return {"parallel_read_safe": True}
