"""Equations as MathML, which browsers draw by themselves: no script and no network."""

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """An equation within a line."""
    self.body.append(convert(node.astext(), display="inline"))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Equations on lines of their own, one for each line of the block."""
    self.body.append('<div class="math-block">')
    self.body.extend(convert(line, display="block") for line in lines_of(node.astext()))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def lines_of(block: str) -> list[str]:
    """The equations of a block, one a line.

    >>> lines_of("a = b\\n\\nc = d")
    ['a = b', 'c = d']
    """
    return [line.strip() for line in block.splitlines() if line.strip()]


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect with Sphinx."""
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    return {"parallel_read_safe": True}
