"""Links of a page to pages outside docs/ become downloads, so that the site is complete without a network."""

import re
from pathlib import Path

from sphinx.application import Sphinx

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s#]+\.md)(?:#[^)\s]*)?\)")
START = "README.md"  # its place on the site is the first page


def rewritten(text: str, folder: Path, root: Path) -> str:
    """The text of a page with its links to other rooms of the repository rewritten.

    Args:
        text: The page.
        folder: Folder of the page.
        root: Folder of all pages.
    """

    def link(found: re.Match[str]) -> str:
        words, target = found[1].replace("`", ""), (folder / found[2]).resolve()
        if target.is_relative_to(root) or not target.exists():
            return found[0]
        if target == root.parent / START:
            return f"[{words}]({'../' * len(folder.relative_to(root).parts)}index.md)"
        return f"{{download}}`{words} <{found[2]}>`"

    return LINK.sub(link, text)


def rewrite(app: Sphinx, page: str, source: list[str]) -> None:
    """Rewrite one page while Sphinx reads it."""
    root = Path(app.srcdir)
    source[0] = rewritten(source[0], (root / page).parent, root)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect with Sphinx."""
    app.connect("source-read", rewrite)
    return {"parallel_read_safe": True}
