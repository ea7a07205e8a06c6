"""The site of the documentation: the Markdown pages as they are, and what the program says of itself.

``sphinx-build -W --keep-going -n docs build/site`` makes it, without the network. The pages are plain
Markdown that reads well without the site too, so all that a site needs beside them is added here while the
sources are read: the tree of contents, from the links of ``index.md``; and the pages of the reference that
are made of the code, by ``site_reference.py``.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path[:0] = [str(ROOT / "src"), str(DOCS)]

import site_reference  # noqa: E402

import casualty_extract  # noqa: E402

project = "casualty-extract"
copyright = "The casualty-extract developers. Apache-2.0"
version = release = casualty_extract.__version__
html_title = f"casualty-extract {version}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
# The page of the database is made from its schema and begins its headings at the third rank; names such as
# `Summary` stand in several modules.
suppress_warnings = ["myst.header", "ref.python"]
default_role = "code"

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
# Types of other packages have no page here, and nothing is fetched to find theirs.
nitpick_ignore_regex = [(r"py:.*", r".*")]

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "github-dark"
templates_path: list[str] = []
exclude_patterns = ["_build"]


OUTSIDE = {
    "fixtures/README.md": "reference/fixtures",
    "src/casualty_extract/model/README.md": "reference/model-card",
    "training/README.md": "reference/training",
}
"""Pages that stand beside what they tell of, and where the site shows them."""
LINK = re.compile(r"\]\(([^)#\s:]+)(#[^)\s]*)?\)")


def _contents(index: str) -> str:
    """Make the tree of contents of the site from the links of the front page, a part for each heading."""
    trees = []
    for title, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", index, re.MULTILINE | re.DOTALL):
        pages = [m[0].removesuffix(".md") for m in LINK.findall(body) if m[0].endswith(".md")]
        fresh = [page for page in dict.fromkeys(pages) if not any(page in tree for tree in trees)]
        trees.append([title, *fresh])
    blocks = [
        "\n".join(["```{toctree}", ":hidden:", f":caption: {title}", "", *pages, "```"])
        for title, *pages in trees
        if pages
    ]
    return "\n\n".join(blocks)


def _read(app: Any, name: str, content: list[str]) -> None:
    """Give a page what the site has beside its Markdown."""
    text, folder = content[0], DOCS / Path(name).parent
    shown = {page: file for file, page in OUTSIDE.items()}
    if name in shown:
        file = ROOT / shown[name]
        text, folder = file.read_text(encoding="utf-8"), file.parent
    if name in site_reference.PAGES:
        text += "\n" + site_reference.PAGES[name]()
    if name == "index":
        text += "\n" + _contents(text)

    def moved(match: re.Match[str]) -> str:
        target = (folder / match[1]).resolve()
        if not target.is_relative_to(ROOT):
            return match[0]
        known = OUTSIDE.get(target.relative_to(ROOT).as_posix())
        target = DOCS / f"{known}.md" if known else target
        place = os.path.relpath(target, (DOCS / name).parent)
        return f"]({Path(place).as_posix()}{match[2] or ''})"

    # The blank line that ends a session is for the tests; a reader needs none.
    content[0] = re.sub(r"\n\n```$", "\n```", LINK.sub(moved, text), flags=re.MULTILINE)


def _constant(app: Any, what: str, name: str, value: Any, options: Any, lines: list[str]) -> None:
    """Give a constant its own docstring: napoleon takes what stands before a colon in it for a type."""
    if what == "data" and "alias of" not in "".join(lines):
        short, _, last = name.removeprefix("casualty_extract.").rpartition(".")
        lines[:] = site_reference.constant(short, last)


def _made(app: Any, env: Any, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Name the pages that can change though their Markdown did not."""
    return [*site_reference.PAGES, *OUTSIDE.values()]


def setup(app: Any) -> None:
    """Tell Sphinx who reads the sources, and what is to be read each time."""
    app.connect("source-read", _read)
    app.connect("env-get-outdated", _made)
    app.connect("autodoc-process-docstring", _constant, priority=900)
