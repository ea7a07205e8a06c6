"""Rows to articles: which key holds what, and the rows of JSON Lines.

A row that cannot be read is handed out as an `InputError` that names it, and the next one follows. *Leaves
alone* all keys that nobody asked for.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from casualty_extract.errors import InputError
from casualty_extract.readers_days import read_day
from casualty_extract.readers_readings import Limits, Reading
from casualty_extract.readers_text import GUESSED, decode, in_utf8, lines
from casualty_extract.records import Article, sanitise

__all__ = [
    "KEYS",
    "Columns",
    "How",
    "article",
    "decoded_row",
    "is_extraction",
    "kind_of",
    "note_encoding",
    "parsed",
    "read_jsonl",
    "string_end",
]

KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "body_text", "content", "body", "article_text", "full_text", "raw_text"),
    "id": ("id", "article_id", "document_id", "doc_id", "uuid", "_id.$oid", "_id", "uri"),
    "published": (
        "published",
        "date_publish",
        "published_at",
        "publishedAt",
        "date_published",
        "datePublished",
        "publication_date",
        "pub_date",
        "pubDate",
        "date",
        "versioncreated",
    ),
    "url": ("url", "link", "source_url", "source"),
    "title": ("title", "headline"),
    "publisher": (
        "publisher",
        "sitename",
        "source-hostname",
        "source_name",
        "source.name",
        "source",
        "source_domain",
        "hostname",
        "domain",
    ),
}
"""Under which keys each field is looked for, the first that has a value is taken: those of this library, of
trafilatura, news-please, ninjs, feeds, and the usual ones of tables."""

PIECE = 1 << 12
"""How much of a string with escapes is looked through at once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which key or column holds what, where the usual names do not tell.

    A name that is given must be there in every row. Dots lead into objects: `meta.date`. An empty name takes
    the field from nowhere.

    >>> Columns(text="story", published="meta.date").text
    'story'

    Attributes:
        text: the article.
        id: your name for it.
        published: the day of publication, in ISO 8601.
        url: where it stands.
        title: the headline.
        publisher: who published it.
        date_order: how the days of publication are written where they stand in figures ("DMY", "MDY", "YMD");
            without it, figures that are not in ISO 8601 are an error.
    """

    text: str | None = None
    id: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date_order: str | None = None


@dataclass(frozen=True, slots=True)
class How:
    """What the caller chose for all rows: the default day, the columns, the bounds."""

    published: date | None
    columns: Columns
    limits: Limits


# --- a row becomes an article -----------------------------------------------------------------------

_MISSING = object()

EXTRACTION = (
    "it is an extraction already, and no article; `load`, `link`, `export` and `view` read extractions"
)
"""What is said of a row that a run wrote itself."""


def is_extraction(row: Mapping[str, Any], how: How) -> bool:
    """Tell whether a row is what came out of an article; a key that is named makes any row an article.

    Args:
        row: keys and values.
        how: what the caller chose.
    """
    return how.columns.text is None and "schema_version" in row and isinstance(row.get("claims"), list)


def article(row: Mapping[str, Any], how: How) -> Article:
    """Make the article of a row.

    Args:
        row: keys and values.
        how: what the caller chose.

    Raises:
        ValueError: the row has no text, or a value of a wrong type.
    """
    columns = how.columns
    if is_extraction(row, how):
        # With its text it would be extracted anew, as an article without name or day.
        raise ValueError(EXTRACTION)
    if columns.text is None and not any(name in row for name in KEYS["text"]):
        # Tables made by hand have "Text" and "Date".
        row = {key.casefold(): row[key] for key in reversed(list(row))}
    key, text = _found(row, "text", columns.text)
    if text is None:
        raise ValueError(f"no value for {key!r}")
    if isinstance(text, bytes):
        text, _ = decode(text)
    if not isinstance(text, str):
        raise ValueError(f"{key!r} is {kind_of(text)}, expected a string")
    key, name = _found(row, "id", columns.id)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    return Article(
        id=_string(key, name) or "",
        text=text,
        title=_string(*_found(row, "title", columns.title)),
        publisher=_string(*_found(row, "publisher", columns.publisher)),
        url=_string(*_found(row, "url", columns.url)),
        published=_day(*_found(row, "published", columns.published), columns.date_order) or how.published,
    )


def _found(row: Mapping[str, Any], field: str, chosen: str | None) -> tuple[str, Any]:
    """Give the key that holds a field, and its value."""
    if chosen == "":
        return field, None
    if chosen is not None:
        value = _value(row, chosen)
        if value is _MISSING:
            raise ValueError(f"no value for {chosen!r}")
        return chosen, value
    empty: tuple[str, Any] = (field, None)
    for number, name in enumerate(KEYS[field]):
        value = row.get(name) if name in row or "." not in name else _value(row, name)
        if value is None or value is _MISSING or (number and not _fits(field, name, value)):
            continue
        if value != "":
            return name, value
        if empty[1] is None:
            empty = (name, value)
    return empty


def _value(row: Mapping[str, Any], name: str) -> Any:
    if name in row:
        return row[name]
    value: Any = row
    if "." not in name:
        return _MISSING
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return _MISSING
        value = value[part]
    return value


def _fits(field: str, name: str, value: Any) -> bool:
    """Tell whether a value under one of the other names is what the field holds."""
    if field in ("text", "published"):
        return not isinstance(value, (Mapping, list))
    if name == "source":
        # trafilatura has the address there, others the publisher.
        return isinstance(value, str) and (_is_address(value) == (field == "url"))
    return isinstance(value, str) or (field == "id" and isinstance(value, int))


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def _day(key: str, value: object, order: str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    stated = _string(key, value)
    return read_day(stated, order, key) if stated is not None and stated.strip() else None


def _string(key: str, value: object) -> str | None:
    # Tables that go through pandas come out with NaN where a string is missing.
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is {kind_of(value)}, expected a string")
    return sanitise(value)


def kind_of(value: object) -> str:
    """Tell what a value is, in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    known = {"dict": "an object", "list": "an array", "str": "a string"}
    return known.get(type(value).__name__, f"of the type {type(value).__name__}")


# --- JSON Lines -------------------------------------------------------------------------------------


def read_jsonl(stream: BinaryIO, file: str, how: How) -> Iterator[Reading | InputError]:
    """Read one object a line; the row is the line's number.

    Raises:
        InputError: it is no JSON Lines, or is empty.
    """
    stream, encoding = in_utf8(stream, file)
    found = False
    noted = False
    for number, line in enumerate(lines(stream, how.limits), start=1):
        if not line.strip():
            continue
        if not found and (line.strip() in (b"{", b"[") or line.lstrip().startswith(b"[")):
            raise InputError("it is one JSON value, not JSON Lines (one object a line)", file=file)
        found = True
        try:
            row, guessed = _row(line.rstrip(), how.limits)
            noted = noted or note_encoding(guessed, file, number)
            yield Reading(article(row, how), file, number, encoding=guessed or encoding)
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)
    if not found:
        raise InputError("it is empty", file=file)


def note_encoding(guessed: str | None, file: str, row: int) -> bool:
    """Note an encoding that nothing declares; tell whether there was one to note. Once a file is enough."""
    if guessed:
        log.warning("%s, row %d: %s", file, row, GUESSED.get(guessed, guessed))
    return guessed is not None


def _row(line: bytes, limits: Limits) -> tuple[dict[str, Any], str | None]:
    if len(line) > limits.document_bytes:
        raise ValueError(f"larger than {limits.document_bytes:,} bytes")
    value, guessed = parsed(line, limits)
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, found {kind_of(value)}")
    return value, guessed


def parsed(data: bytes, limits: Limits) -> tuple[Any, str | None]:
    """Read a value of JSON, and tell its encoding where it is not the UTF-8 that it has to be.

    Raises:
        ValueError: it is no JSON, or goes beyond what is allowed.
    """
    brackets = data.count(b"{") + data.count(b"[")
    if brackets > limits.json_values:
        raise ValueError(f"more than {limits.json_values:,} objects and arrays")
    if brackets > limits.json_depth and _depth(data, limits.json_depth) > limits.json_depth:
        raise ValueError("no valid JSON: nested too deeply")
    text, guessed = decoded_row(data)
    try:
        return json.loads(text), guessed
    except json.JSONDecodeError as error:
        raise ValueError(f"no valid JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("no valid JSON: nested too deeply") from None
    except ValueError:
        # Python refuses to read integers of more than some thousand digits.
        raise ValueError("no valid JSON: a number is too long") from None


def decoded_row(data: bytes) -> tuple[str, str | None]:
    """Decode a row, and tell its encoding where it is not plain UTF-8.

    Raises:
        ValueError: no encoding fits.
    """
    try:
        text = data.decode("utf-8")
        if not text.startswith("\ufeff"):
            return text, None
    except UnicodeDecodeError:
        pass
    try:
        return decode(data)
    except ValueError:
        raise ValueError("neither UTF-8 nor Windows-1252") from None


_SIGNS = re.compile(rb'["{}\[\]]')


def _depth(data: bytes, enough: int) -> int:
    """Count how deep values are nested, brackets in strings aside; stop where it is enough."""
    depth = deepest = at = 0
    while (sign := _SIGNS.search(data, at)) and deepest <= enough:
        at = sign.end()
        if sign[0] == b'"':
            at, ended = string_end(data, at)
            if not ended:
                break
        elif sign[0] in b"{[":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def string_end(data: bytes | bytearray, start: int) -> tuple[int, bool]:
    """Go through a string of JSON from a place in it that is not within an escape.

    Returns:
        Where it ends, behind its mark, and True; or up to where the data tell that it goes on, and False.
    """
    while True:
        at = data.find(b'"', start)
        if at >= 0 and (at == start or data[at - 1] != 0x5C):
            return at + 1, True
        # Where there are escapes, they are blanked piece by piece: there may be millions.
        end = min(len(data), start + PIECE)
        piece = bytes(data[start:end]).replace(b"\\\\", b"__").replace(b'\\"', b"__")
        at = piece.find(b'"')
        if at >= 0:
            return start + at + 1, True
        # A backslash at the end belongs to what comes.
        start = end - piece.endswith(b"\\")
        if end == len(data):
            return start, False
