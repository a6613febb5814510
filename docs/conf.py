"""How the site of these pages is built: offline, and with every warning an error."""

import logging
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

for talkative in ("MESA", "traitlets"):  # each says every step
    logging.getLogger(talkative).setLevel(logging.WARNING)

from sim.version import __version__  # noqa: E402  (the paths must stand first)

project = "What customer-centricity pays"
author = "The customer-centricity developers"
copyright = author
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx_design",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "extensions.mathml",
    "extensions.public_names",
    "extensions.claim_pages",
    "extensions.gallery",
    "extensions.outside_links",
]
exclude_patterns = ["_build", "extensions"]
suppress_warnings = ["config.cache"]

myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_fence_as_directive = ["math"]
myst_heading_anchors = 4
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_output_stderr = "remove"

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_math_renderer = "mathml"
html_theme = "furo"
html_title = "What customer-centricity pays"
html_static_path = ["static"]
html_css_files = ["print.css"]
html_copy_source = False
html_show_sphinx = False


def list_decisions(_app, page, source):
    """Decisions stand under their page on the site; on other readers of Markdown the table there is enough."""
    if page == "decisions/README":
        source[0] += "\n\n```{toctree}\n:hidden:\n:glob:\n0*\n```\n"


def setup(app):
    """Connect with Sphinx."""
    app.connect("source-read", list_decisions)
