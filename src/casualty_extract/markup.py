"""The article in an HTML page: its main text, title, publisher, address and date, by trafilatura.

trafilatura comes with the extra ``casualty-extract[html]`` and is imported only when a page is read.
"""

from __future__ import annotations

import codecs
import logging
import re
from datetime import date
from typing import Any, Literal

from casualty_extract.errors import InputError
from casualty_extract.records import Article, sanitise

__all__ = ["article", "declared_encoding", "python_name"]

MAX_TAGS = 50_000
"""The greatest number of tags in a page; the longest live pages stay below. Parsing takes
seconds and hundreds of megabytes beyond it."""

TOLD = (
    ".//title|.//h1|.//h2|.//h3|.//h4|.//figure|.//img|.//blockquote|.//table[.//th]|.//p|.//li"
    "|.//meta[contains(@property, 'image') or contains(@name, 'image') or contains(@property, 'title')]"
)
"""Where the days of events stand."""
LAST_DAY = "2099-12-31"
"""The last day that counts; htmldate would take the day on which it runs."""
AS_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""Encodings that browsers read as a greater one, and pages count on it."""
NO_CHARSETS = frozenset(
    "base64 bz2 hex idna punycode quopri raw-unicode-escape rot-13 undefined unicode-escape utf-7 uu zlib".split()
)
"""What Python has under the name of an encoding and no page is written in."""
PROSE = frozenset({"p", "li"})
SENTENCE = 80
"""How long a paragraph is at least that is no stamp."""

log = logging.getLogger(__name__)

_CHARSET = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")


def article(page: str, *, file: str, published: date | None = None, url: str | None = None) -> Article:
    """Take the article out of a page.

    Args:
        page: the HTML.
        file: the file's name, for errors.
        published: the date of publication, where the caller knows it; else it is what the page's
            metadata state.
        url: the address that the page was fetched from, where the caller knows it.

    Raises:
        InputError: trafilatura is missing, the page is too large, cannot be parsed, or holds no article.
    """
    trafilatura = _trafilatura(file)
    if page.count("<") > MAX_TAGS:
        raise InputError(f"the HTML has more than {MAX_TAGS:,} tags", file=file)
    try:
        # Only dates that the page states are taken: a wrong one would shift every "Friday".
        found = trafilatura.bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:
        # Whatever a hostile page does to the parser, it is that page's failure.
        raise InputError(f"the HTML cannot be read ({type(error).__name__})", file=file) from error
    text = _clean(found.text) if found is not None else None
    if not text or not text.strip():
        raise InputError("no article found in the HTML", file=file)
    basis: Literal["given", "metadata"] = "given"
    if published is None:
        published = _stated(page, found.url or url)
        basis = "metadata" if published else "given"
    return Article(
        text=text,
        title=_clean(found.title),
        publisher=_clean(found.sitename),
        url=_clean(found.url),
        published=published,
        published_basis=basis,
    )


def _stated(page: str, url: str | None) -> date | None:
    """Read the day that a page states for itself: in its metadata, in elements made for dates, in its address.

    htmldate takes a day from headlines, pictures and sentences too, where nothing better is there; those are left
    out before it looks.
    """
    import htmldate
    import trafilatura

    try:
        tree: Any = trafilatura.load_html(page)
        for element in tree.xpath(TOLD):
            if element.tag in PROSE and len(element.text_content()) < SENTENCE:
                continue
            element.drop_tree()
        stated = htmldate.find_date(
            tree, original_date=True, extensive_search=False, url=url, max_date=LAST_DAY
        )
    except Exception:
        # A page from which the article could be taken, but no day: it goes without one.
        log.debug("no day could be read from the HTML", exc_info=True)
        return None
    return date.fromisoformat(stated) if stated else None


def declared_encoding(data: bytes) -> str | None:
    """Give the encoding that a page declares for itself, as a name that Python knows.

    >>> declared_encoding(b'<html><head><meta charset="koi8-r">')
    'koi8-r'
    >>> declared_encoding(b'<html><head><meta charset="latin1">')
    'cp1252'
    """
    found = _XML.match(data) or _CHARSET.search(data[:4_096])
    return python_name(found[1].decode("ascii")) if found else None


def python_name(encoding: str | None) -> str | None:
    """Give the name that Python has for the encoding that a page or a server names.

    >>> python_name("gb2312"), python_name("no-such-thing")
    ('gb18030', None)
    """
    try:
        name = codecs.lookup(encoding or "").name
    except (LookupError, ValueError):
        return None
    # A page whose declaration can be read byte by byte is in none of these; browsers pass them over.
    if name in NO_CHARSETS or name.startswith(("utf-16", "utf-32")):
        return None
    return AS_BROWSERS.get(name, name)


def _trafilatura(file: str) -> Any:
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(
            f"reading HTML needs an extra: pip install '.[html]' where casualty-extract lies ({error})".splitlines()[
                0
            ],
            file=file,
        ) from error
    return trafilatura


def _clean(value: str | None) -> str | None:
    return sanitise(value) if value else None
