"""A report for readers: one HTML file that shows every claim in its text, with charts, a map and a table.

The file holds all that it shows, asks for nothing from anywhere, and works in any browser of the last years. It holds
the texts of the articles too, unless it is made without them.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterable
from pathlib import Path

from casualty_extract.errors import ArgumentError, OutputError
from casualty_extract.linking_records import LinkedIncident
from casualty_extract.records import Article, Extraction
from casualty_extract.reports_assembly import assembled
from casualty_extract.reports_data import Contents, Decided, Failed, page_data
from casualty_extract.reviews_texts import digest
from casualty_extract.whole_files import whole_file

__all__ = ["Contents", "Decided", "Failed", "Report", "report_html", "view"]


class Report(str):
    """A report: HTML, which a notebook shows as the page that it is.

    >>> Report("<!DOCTYPE html>")
    Report(15 characters)
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Report({len(self):,} characters)"

    def _repr_html_(self) -> str:
        """Give the page in a frame of its own, which lets its script run and shares nothing with the notebook."""
        return (
            '<iframe title="Report" width="100%" height="720" sandbox="allow-scripts allow-popups"'
            f' srcdoc="{html.escape(self)}"></iframe>'
        )


def view(
    extractions: Extraction | Iterable[Extraction],
    path: str | os.PathLike[str] | None = None,
    *,
    texts: Iterable[str | Article] = (),
    linked: Iterable[LinkedIncident] = (),
    title: str | None = None,
    force: bool = False,
) -> Report:
    """Make a report of extractions, and write it to a file.

    >>> import tempfile
    >>> from casualty_extract import extract
    >>> text = "A bomb killed at least 12 people in Mosul on Friday, police said."
    >>> file = Path(tempfile.mkdtemp(), "report.html")
    >>> page = view(extract(text), file, texts=[text])
    >>> page == file.read_text(encoding="utf-8")
    True

    Args:
        extractions: one extraction, or several in the order in which the report lists them.
        path: where to write the report; None writes nothing.
        texts: the articles or their texts, in any order, as extractions of plain text do not carry them. Of an
            article whose text is not there, the report shows the sentences with claims.
        linked: the events of the archive, as `linking.link` gives them.
        title: of the report; else it is made of what is in it.
        force: whether a file that exists is replaced.

    Returns:
        The report: a string of HTML, the same for the same input.

    Raises:
        ArgumentError: something is no extraction, or no text.
        OutputError: the file cannot be written, or is there already.
    """
    found = [extractions] if isinstance(extractions, Extraction) else list(extractions)
    for one in found:
        if not isinstance(one, Extraction):
            raise ArgumentError("extractions", one, "an Extraction, or several")
    page = report_html(Contents(found, texts=_by_digest(texts), linked=linked, title=title))
    if path is not None:
        _write(page, Path(path), force)
    return page


def report_html(contents: Contents) -> Report:
    """Give a report as HTML, with all that it can hold.

    >>> page = report_html(Contents([], failures=[Failed("news.jsonl, row 2", "no value for 'text'")]))
    >>> "news.jsonl, row 2" in page
    True

    Args:
        contents: what it is to show.
    """
    return Report(assembled(page_data(contents)))


def _by_digest(texts: Iterable[str | Article]) -> dict[str, str]:
    found = {}
    for one in [texts] if isinstance(texts, str | Article) else texts:
        if not isinstance(one, str | Article):
            raise ArgumentError("texts", one, "texts or Articles")
        text = one if isinstance(one, str) else one.text
        found[digest(text)] = text
    return found


def _write(page: str, path: Path, force: bool) -> None:
    try:
        with whole_file(Path(os.path.realpath(path)), force) as stream:
            stream.write(page.encode())
    except OSError as error:
        raise OutputError(error.strerror or str(error), target=str(path)) from error
