"""The directive `public-names`: every name of the package `sim` from its docstring, where it is defined."""

import inspect

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import sim

PLAIN = ("__version__",)  # no docstring of its own


def kind_of(thing: object) -> str:
    """Which directive of autodoc documents a thing."""
    if inspect.ismodule(thing):
        return "module"
    if inspect.isclass(thing):
        return "exception" if issubclass(thing, BaseException) else "class"
    return "function"


def lines_for(name: str) -> list[str]:
    """The directive of autodoc for one public name."""
    kind = kind_of(getattr(sim, name))
    members = ["   :members:", "   :show-inheritance:"] if kind in ("class", "exception") else []
    return [f".. auto{kind}:: sim.{name}", *members, ""]


class PublicNames(SphinxDirective):
    """Entries for all names in `sim.__all__`, in the order of the alphabet."""

    def run(self) -> list[nodes.Node]:
        """Parse what autodoc makes of every name."""
        names = sorted((name for name in sim.__all__ if name not in PLAIN), key=str.lower)
        lines = [line for name in names for line in lines_for(name)]
        return self.parse_text_to_nodes("\n".join(lines))


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect with Sphinx."""
    app.add_directive("public-names", PublicNames)
    return {"parallel_read_safe": True}
