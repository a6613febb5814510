"""The directive `gallery`: the charts of a folder of results, drawn anew from its tables while the pages are built."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from docutils import nodes
from PIL import Image
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from sim.charts import CHARTS, draw, save
from sim.charts.form import NothingToDraw
from sim.experiments.yearly import with_present_names
from sim.parameters import BadInput

ROOT = Path(__file__).parents[2]
DRAWN = ROOT / "out" / "gallery"
MARK = "comparison.json"
NO_CHART = (BadInput, NothingToDraw)  # a table is missing, or has nothing to show


@dataclass(frozen=True)
class Shown:
    """A picture of the gallery.

    Args:
        path: The file.
        title: What it says.
        alt: Text for readers who cannot see it.
        origin: Where it comes from, as a sentence.
    """

    path: Path
    title: str
    alt: str
    origin: str


class KeptTables:
    """The tables that a repository keeps of a comparison; asking for another is bad input."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = json.loads((folder / MARK).read_text(encoding="utf-8"))

    def __getattr__(self, name: str) -> pd.DataFrame:
        path = self.folder / f"{name}.csv"
        if not path.is_file():
            raise BadInput(f"{path.name} is not kept")
        return with_present_names(pd.read_csv(path))


def drawn(folder: Path) -> Iterator[Shown]:
    """Charts of a comparison whose tables are kept, drawn from them."""
    tables, name_of = KeptTables(folder), folder.relative_to(ROOT)
    for name in CHARTS:
        try:
            chart = draw(name, tables)
        except NO_CHART:
            continue
        path = save(chart, DRAWN / name_of / f"{name}.svg")
        command = f"`sim chart {name_of} {name}`"
        yield Shown(path, chart.title, chart.alt, f"{command}: drawn anew for this page from the tables that are kept.")


def kept(folder: Path, left_out: set[str]) -> Iterator[Shown]:
    """Pictures that a command left in a folder and whose tables are not kept."""
    for path in sorted((folder / "charts").glob("*.png")):
        if path.stem not in left_out:
            with Image.open(path) as picture:
                words = {key: str(picture.info.get(key, "")) for key in ("Title", "Description")}
            origin = f"`{path.relative_to(ROOT)}`, as the command left it; its tables are too large for the repository."
            yield Shown(without_spaces(path), words["Title"] or path.stem, words["Description"], origin)


def without_spaces(path: Path) -> Path:
    """The picture, or a copy under a name without spaces, which the address of a figure cannot hold."""
    if " " not in path.name:
        return path
    copy = DRAWN / path.parent.relative_to(ROOT) / path.name.replace(" ", "_")
    copy.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(path, copy))


def pictures_of(folder: Path) -> list[Shown]:
    """All pictures of a folder: drawn anew where the tables are kept, else those that the command left."""
    anew = list(drawn(folder)) if (folder / MARK).is_file() else []
    return [*anew, *kept(folder, {shown.path.stem for shown in anew})]


class Gallery(SphinxDirective):
    """Pictures of one folder of results, such as ``results/evidence/tuned``; with ``only``, of the forms named."""

    required_arguments = 1
    option_spec = {"only": str.split}

    def run(self) -> list[nodes.Node]:
        """A figure for each picture; a sentence where there is none."""
        folder = ROOT / self.arguments[0]
        shown = pictures_of(folder) if folder.is_dir() else []
        only = self.options.get("only")
        shown = [picture for picture in shown if only is None or picture.path.stem in only]
        if not shown:
            return self.parse_text_to_nodes(f"There are no pictures in `{self.arguments[0]}` yet.")
        return [node for picture in shown for node in self.figure(picture)]

    def figure(self, picture: Shown) -> list[nodes.Node]:
        """One picture with its title and origin; a click shows it alone."""
        path = Path("..") / picture.path.relative_to(ROOT)
        lines = [
            f"```{{figure}} {path}",
            f":alt: {' '.join(picture.alt.split())}",
            ":class: chart",
            "",
            picture.origin,
            "```",
        ]
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect with Sphinx."""
    app.add_directive("gallery", Gallery)
    return {"parallel_read_safe": True}
