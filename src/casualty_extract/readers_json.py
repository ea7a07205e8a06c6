"""JSON in: one object, an array of articles, an object around such an array, or objects line by line.

An array is read element by element, however long it is. An object around an array, as news services send it,
is read whole and so has a greatest size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from typing import Any, BinaryIO

from casualty_extract.errors import InputError
from casualty_extract.readers_readings import Reading
from casualty_extract.readers_rows import (
    KEYS,
    How,
    article,
    is_extraction,
    kind_of,
    note_encoding,
    parsed,
    read_jsonl,
    string_end,
)
from casualty_extract.readers_text import Window, in_utf8, lines, spliced
from casualty_extract.records import Article

__all__ = ["read_json"]

_SIGNS = re.compile(rb'["{}\[\],]')


def read_json(stream: BinaryIO, file: str, how: How) -> Iterator[Reading | InputError]:
    """Read JSON of any of these forms.

    The row is the number of the element in its array, 1 for a single object, and the number of the line
    where there is an object on each line.

    Raises:
        InputError: it is none of them, is empty, or is cut.
    """
    stream, encoding = in_utf8(stream, file)
    head, form = _form(stream, how)
    stream = spliced(head, stream)
    if form == "lines":
        found = read_jsonl(stream, file, how)
    elif form == "array":
        found = _elements(Window(stream), file, how)
    else:
        found = _object(stream, file, how)
    for one in found:
        if encoding and isinstance(one, Reading) and one.encoding is None:
            one = replace(one, encoding=encoding)
        yield one


def _form(stream: BufferedReader, how: How) -> tuple[bytes, str]:
    """Tell the form by the first line that holds something, and by the second where that one does not tell."""
    head = bytearray()
    while (ahead := stream.peek()) and not ahead.strip() and len(head) <= how.limits.document_bytes:
        head += stream.read(len(ahead))
    if ahead.lstrip().startswith(b"["):
        return bytes(head), "array"
    # What is piped in row by row is answered row by row, so no line is read that is not needed.
    filled = (line for line in _kept(lines(stream, how.limits), head) if line.strip())
    line = next(filled, b"")
    first = line.strip()
    if first == b"{" or len(line) > how.limits.document_bytes:
        return bytes(head), "object"
    try:
        value, _ = parsed(first, how.limits)
    except ValueError:
        # An object over several lines, or a row that is broken and has others after it.
        goes_on = first.startswith(b"{") and not next(filled, b"{").lstrip().startswith(b"{")
        return bytes(head), "object" if goes_on else "lines"
    if isinstance(value, dict) and not _is_article(value, how) and _lists(value, how):
        return bytes(head), "object"
    return bytes(head), "lines"


def _kept(source: Iterator[bytes], head: bytearray) -> Iterator[bytes]:
    for line in source:
        head += line
        yield line


def _object(stream: BinaryIO, file: str, how: How) -> Iterator[Reading | InputError]:
    most = how.limits.json_bytes
    data = stream.read(most + 1)
    if len(data) > most:
        raise InputError(f"it is one JSON value larger than {most:,} bytes", file=file)
    try:
        value, guessed = parsed(data, how.limits)
        note_encoding(guessed, file, 1)
        del data
        rows = [value] if _is_article(value, how) else _articles(value, how)
    except ValueError as error:
        raise InputError(str(error), file=file) from None
    for number, row in enumerate(rows, start=1):
        try:
            yield Reading(_article_of(row, how), file, number, encoding=guessed)
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)


def _article_of(row: Any, how: How) -> Article:
    if not isinstance(row, dict):
        raise ValueError(f"expected an object, found {kind_of(row)}")
    found = article(row, how)
    if len(found.text) > how.limits.document_bytes:
        raise ValueError(f"larger than {how.limits.document_bytes:,} bytes")
    return found


def _is_article(value: Any, how: How) -> bool:
    names = KEYS["text"] if how.columns.text is None else (how.columns.text, how.columns.text.split(".")[0])
    # An extraction is taken for one too: the error that it makes says what it is.
    return isinstance(value, dict) and (
        is_extraction(value, how) or any(isinstance(value.get(name), (str, dict)) for name in names)
    )


def _lists(value: dict[str, Any], how: How) -> list[str]:
    """Give the keys under which articles can be: lists of objects, and if there are several, of objects with text."""
    found = [
        key for key, rows in value.items() if isinstance(rows, list) and rows and isinstance(rows[0], dict)
    ]
    if len(found) > 1:
        return [key for key in found if _is_article(value[key][0], how)] or found
    return found


def _articles(value: dict[str, Any], how: How) -> list[Any]:
    keys = _lists(value, how)
    if len(keys) > 1:
        told = ", ".join(repr(key[:40]) for key in keys[:8])
        raise ValueError(f"no value for 'text', and several lists that may hold articles: {told}")
    if not keys:
        raise ValueError(f"no value for {how.columns.text or 'text'!r}, and no list of articles")
    rows: list[Any] = value[keys[0]]
    return rows


# --- arrays -----------------------------------------------------------------------------------------


def _elements(window: Window, file: str, how: How) -> Iterator[Reading | InputError]:
    window.skip_blanks()
    window.take(1)
    number = 0
    noted = False
    while number or window.skip_blanks() != b"]":
        number += 1
        element = _element(window, how.limits.document_bytes)
        if element is None:
            raise InputError(f"it is cut: the array ends within element {number}", file=file)
        try:
            if len(element) > how.limits.document_bytes:
                raise ValueError(f"larger than {how.limits.document_bytes:,} bytes")
            value, guessed = parsed(element, how.limits)
            noted = noted or note_encoding(guessed, file, number)
            yield Reading(_article_of(value, how), file, number, encoding=guessed)
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)
        sign = window.skip_blanks()
        if sign == b"]":
            break
        if sign != b",":
            told = "no valid JSON: expected ',' or ']'" if sign else "it is cut: the array has no end"
            raise InputError(f"{told} after element {number}", file=file)
        window.take(1)
    if not number:
        raise InputError("it is empty", file=file)
    window.take(1)
    if window.skip_blanks():
        raise InputError("there is more after the end of the array", file=file)


def _element(window: Window, most: int) -> bytes | None:
    """Take one value out of an array; of one that is too long, only so much that it is seen to be too long.

    Brackets are counted and strings passed over; whether it is valid JSON is seen later.
    """
    kept: bytes | None = None
    depth = at = 0
    in_string = ended = False
    while not ended:
        if in_string:
            end, closed = string_end(window.data, window.start + at)
            at = end - window.start
            in_string = more = not closed
        else:
            found = _SIGNS.search(window.data, window.start + at)
            more = found is None
            at = found.end() - window.start if found else len(window)
            sign = found[0] if found else b""
            in_string = sign == b'"'
            if depth == 0 and sign in (b",", b"]", b"}"):
                at -= 1
                ended = True
            elif sign in (b"]", b"}"):
                depth -= 1
                ended = depth == 0
            elif sign in (b"[", b"{"):
                depth += 1
        if at > most and kept is None:
            kept = bytes(window.data[window.start : window.start + most + 1])
        if kept is not None:
            window.start += at
            at = 0
        if more and not window.grow():
            return None
    return window.take(at) if kept is None else kept
