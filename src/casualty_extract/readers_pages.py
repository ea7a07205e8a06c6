"""Web pages as they were read, before the article is taken out of them.

Taking it out is slow, and what a page does to a parser nobody knows beforehand. So whoever works in
processes of its own, as a batch does, gets the pages and has it done there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casualty_extract import markup
from casualty_extract.errors import InputError
from casualty_extract.readers_readings import Reading

__all__ = ["Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A web page, and where it was read.

    Attributes:
        html: the page.
        file: as in `Reading`.
        row: as in `Reading`.
        encoding: as in `Reading`.
        published: the day of publication that the caller gave.
        url: the address that it was fetched from, where that is known.
        name: the id that its article gets; made from the text where it is None.
    """

    html: str
    file: str
    row: int | None = None
    encoding: str | None = None
    published: date | None = None
    url: str | None = None
    name: str | None = None

    def reading(self) -> Reading:
        """Take the article out of the page.

        Raises:
            InputError: it holds none, is too large or cannot be parsed, or trafilatura is missing.
        """
        try:
            article = markup.article(self.html, file=self.file, published=self.published, url=self.url)
        except InputError as error:
            raise InputError(error.problem, file=self.file, row=self.row) from None
        known = {"id": self.name, "url": self.url}
        told = {name: value for name, value in known.items() if value is not None}
        return Reading(
            article.model_copy(update=told), self.file, self.row, carries_text=True, encoding=self.encoding
        )
