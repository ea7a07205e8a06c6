"""Files in: plain text, Markdown, HTML and JSON Lines become articles, and bad rows become errors.

*Reads* one article a file, or one a row of JSON Lines (keys id, title, published, publisher, url and
text; others are passed over). *Leaves alone* the text: line ends, blanks and Markdown signs stay as
they are, so that offsets count in the file's own text. A byte order mark at its start is a sign of
the encoding and no text. Only HTML has no text of its own; there the text is taken out of the page,
and `Reading.carries_text` says that the output has to carry it.

Nothing that can be wrong with one file or row ends the reading: it is handed out as an `InputError`
in its place, and the next one follows.
"""

from __future__ import annotations

import codecs
import json
import logging
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from casualty_extract.errors import ArgumentError, InputError
from casualty_extract.records import Article, sanitise

__all__ = ["FORMATS", "MAX_BYTES", "Format", "Reading", "read", "read_date"]

Format = Literal["auto", "text", "markdown", "html", "jsonl"]
FORMATS: tuple[str, ...] = get_args(Format)

MAX_BYTES = 20_000_000
"""The greatest size of one document, a file or a row, in bytes. No news article comes near it."""

STDIN = "-"

_ENDINGS: dict[str, Format] = {
    ".htm": "html",
    ".html": "html",
    ".json": "jsonl",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".xhtml": "html",
}
# UTF-32's little-endian mark begins with UTF-16's, so it stands first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file (or a word processor's document)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's document"),
    (b"{\\rtf", "an RTF document"),
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, and where it was read.

    Attributes:
        article: the article.
        file: the file's name as the caller gave it, "-" for standard input.
        row: the row, counted from 1, where the file holds rows.
        carries_text: the article's text is not the file's own, so that its offsets mean nothing
            without it: whoever writes the `Extraction` sets its `text`.
    """

    article: Article
    file: str
    row: int | None = None
    carries_text: bool = False


def read(
    path: str | Path, *, format: Format = "auto", published: date | str | None = None
) -> Iterator[Reading | InputError]:
    r"""Read the articles of one file, one after the other.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "news.jsonl")
    >>> rows = ['{"id": 7, "text": "Gunmen killed 12."}', '{"id": 8}']
    >>> _ = file.write_text("\n".join(rows), encoding="utf-8")
    >>> first, second = read(file)
    >>> first.article, first.row
    (Article('7', 17 characters), 1)
    >>> second.problem, second.row
    ("no value for 'text'", 2)

    Args:
        path: the file; "-" for standard input.
        format: what it holds; "auto" goes by the ending of its name (.html, .htm, .xhtml; .jsonl,
            .ndjson, .json; .md, .markdown; else plain text), and on standard input by how it begins.
        published: the date of publication. It stands for every text, Markdown and HTML file, and for
            those rows of JSON Lines that have none of their own.

    Returns:
        What was read, in the order of the file: a `Reading` for each article, an `InputError` for
        each row, or for the file, that cannot be read.

    Raises:
        ArgumentError: `format` or `published` cannot be used. It is raised at once.
    """
    if format not in FORMATS:
        raise ArgumentError("format", format, f"one of {', '.join(FORMATS)}")
    when = read_date(published) if isinstance(published, str) else published
    return _read(str(path), format, when)


def read_date(value: str) -> date:
    """Read a civil date from an ISO 8601 date or datetime.

    >>> read_date("2017-09-01T23:30:00+03:00")
    datetime.date(2017, 9, 1)

    Args:
        value: the date; of a datetime, the day that it names in its own time zone.

    Raises:
        ArgumentError: it is neither.
    """
    text = value.strip()
    for parse in (date.fromisoformat, lambda t: datetime.fromisoformat(t).date()):
        try:
            return parse(text)
        except ValueError:
            continue
    raise ArgumentError("published", value, "an ISO date such as 2017-09-01")


def _read(name: str, format: Format, published: date | None) -> Iterator[Reading | InputError]:
    try:
        if name == STDIN:
            # A daemon may have been started without standard input; Python then has None for it.
            if sys.stdin is None:
                raise InputError("there is no standard input", file=name)
            yield from _read_stream(sys.stdin.buffer, name, format, published)
        else:
            if format == "auto":
                format = _ENDINGS.get(Path(name).suffix.lower(), "text")
            with open(name, "rb") as stream:
                yield from _read_stream(stream, name, format, published)
    except InputError as error:
        yield error
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL in it.
        yield InputError(getattr(error, "strerror", None) or str(error), file=name)


def _read_stream(
    stream: BinaryIO, name: str, format: Format, published: date | None
) -> Iterator[Reading | InputError]:
    head: list[bytes] = []
    if format == "auto":
        head, format = _sniff(stream)
    if format == "jsonl":
        yield from _read_rows(chain(head, _lines(stream)), name, published)
        return
    data = b"".join(head)
    data += stream.read(max(MAX_BYTES + 1 - len(data), 0))
    if len(data) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES:,} bytes", file=name)
    if format == "html":
        # trafilatura takes half a second to import, and is an extra.
        from casualty_extract import markup

        text = _decode(data, name, declared=markup.declared_encoding(data))
        yield Reading(
            _named(markup.article(text, file=name, published=published), name), name, carries_text=True
        )
        return
    text = _decode(data, name)
    if not text.strip():
        raise InputError("it is empty", file=name)
    yield Reading(_named(Article(text=text, published=published), name), name)


def _named(article: Article, name: str) -> Article:
    # A person who hands in files knows the articles by the names of the files.
    return article if name == STDIN else article.model_copy(update={"id": sanitise(name)})


def _sniff(stream: BinaryIO) -> tuple[list[bytes], Format]:
    """Read as many lines as it takes to tell what a nameless stream holds; give them back."""
    head: list[bytes] = []
    start, size = b"", 0
    for line in _lines(stream):
        head.append(line)
        size += len(line)
        # Blank lines at the start are kept for the text, and not looked at again and again.
        start = (start + line).removeprefix(codecs.BOM_UTF8).lstrip() if start or line.strip() else b""
        if start[:1] in (b"{", b"["):
            # News does not begin so. `{` alone begins JSON over several lines, which is told as such.
            opening = b"".join(start.split()[:2])
            rows = opening in (b"{", b"[") or opening.startswith((b'{"', b"[{"))
            return head, "jsonl" if rows else "text"
        if len(start) > 2_000 or size > MAX_BYTES:
            break
    start = start[:4_000].lower()
    page = start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--", b"<!doctype")) and b"<html" in start
    )
    return head, "html" if page else "text"


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long, only so much that it is seen to be too long."""
    while line := stream.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES + 1)


def _read_rows(lines: Iterable[bytes], name: str, published: date | None) -> Iterator[Reading | InputError]:
    found = False
    noted = False
    for number, line in enumerate(lines, start=1):
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise InputError("it is UTF-16; JSON Lines is UTF-8", file=name)
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        if not found and (line.strip() in (b"{", b"[") or line.lstrip().startswith(b"[")):
            raise InputError("it is one JSON value, not JSON Lines (one object a line)", file=name)
        found = True
        try:
            text, foreign = _decode_row(line.rstrip())
            if foreign and not noted:
                log.warning("%s, row %d: not UTF-8, read as Windows-1252", name, number)
                noted = True
            yield Reading(_article(_parse(text), published), name, number)
        except ValueError as error:
            yield InputError(str(error), file=name, row=number)
    if not found:
        raise InputError("it is empty", file=name)


def _decode_row(line: bytes) -> tuple[str, bool]:
    """Give a row's text, and whether it is in another encoding than JSON Lines is."""
    if len(line) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES:,} bytes")
    try:
        return line.decode("utf-8"), False
    except UnicodeDecodeError:
        try:
            return line.decode("cp1252"), True
        except UnicodeDecodeError:
            raise ValueError("neither UTF-8 nor Windows-1252") from None


def _parse(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no valid JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("no valid JSON: nested too deeply") from None
    except ValueError:
        # Python refuses to read integers of more than some thousand digits.
        raise ValueError("no valid JSON: a number is too long") from None
    if not isinstance(row, dict):
        raise ValueError(f"expected an object, found {_kind(row)}")
    return row


def _article(row: dict[str, Any], default: date | None) -> Article:
    text = row.get("text")
    if text is None:
        raise ValueError("no value for 'text'")
    if not isinstance(text, str):
        raise ValueError(f"'text' is {_kind(text)}, expected a string")
    name = row.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    return Article(
        id=_string("id", name) or "",
        text=text,
        title=_string("title", row.get("title")),
        publisher=_string("publisher", row.get("publisher")),
        url=_string("url", row.get("url")),
        published=_published(row.get("published")) or default,
    )


def _published(value: object) -> date | None:
    stated = _string("published", value)
    if stated is None or not stated.strip():
        return None
    try:
        return read_date(stated)
    except ArgumentError as error:
        raise ValueError(str(error)) from None


def _string(key: str, value: object) -> str | None:
    # Tables that go through pandas come out with NaN where a string is missing.
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is {_kind(value)}, expected a string")
    return sanitise(value)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return {"dict": "an object", "list": "an array", "str": "a string"}.get(type(value).__name__, "null")


def _decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Decode by the byte order mark, the declared encoding, as UTF-8, or as Windows-1252."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"it is {kind}, not text", file=name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError:
                raise InputError(
                    f"it begins as {encoding.upper()} but does not go on so", file=name
                ) from None
    if data.count(0) * 20 > len(data):
        raise InputError("it is no text (or UTF-16 without its mark)", file=name)
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise InputError("it is neither UTF-8 nor Windows-1252", file=name) from None
    log.warning("%s: not UTF-8, read as Windows-1252", name)
    return text
