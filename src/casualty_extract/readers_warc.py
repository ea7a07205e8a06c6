"""Web archives in: the pages in WARC files, such as those of CC-NEWS; HTTP is read by fastwarc.

*Reads* responses of status 200 that are HTML. All other records are passed over, and counted in one line of the
log. Records are parted here and not by fastwarc, so that a length that lies, or a cut, is an error of its record
and the next record is found. fastwarc comes with the extra ``casualty-extract[warc]``.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from casualty_extract import markup
from casualty_extract.errors import InputError, MissingPackageError
from casualty_extract.readers_pages import Page
from casualty_extract.readers_rows import How
from casualty_extract.readers_text import Window, check_text, decode
from casualty_extract.records import sanitise

__all__ = ["read_warc"]

HEAD = 1 << 16
"""The greatest size of a record's head; real ones have some hundred bytes."""

VERSION = b"WARC/"
CUT = "a broken record: its length is wrong, or the file is cut in it"
TYPES = frozenset({"warcinfo", "request", "metadata", "revisit", "resource", "conversion", "continuation"})
PAGES = frozenset({"text/html", "application/xhtml+xml"})

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_RESPONSE = re.compile(rb"^warc-type[ \t]*:[ \t]*response", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(rb"^content-type[ \t]*:[ \t]*(text/html|application/xhtml)", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(rb"\n(?=WARC/\d)")

log = logging.getLogger(__name__)


def read_warc(stream: BinaryIO, file: str, how: How) -> Iterator[Page | InputError]:
    """Read the pages of a web archive; the row is the record's number, whatever it holds.

    The day of publication is what a page states for itself. The day on which it was fetched (`WARC-Date`) is
    often years later and stands for nothing.

    Raises:
        InputError: fastwarc is missing, or the file is no web archive or empty.
    """
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        missing = MissingPackageError("fastwarc", extra="warc", purpose="to read WARC files")
        raise InputError(str(missing), file=file) from None
    passed: Counter[str] = Counter()
    number = 0
    for number, record in enumerate(_records(Window(stream), how.limits.document_bytes), start=1):
        try:
            if isinstance(record, str):
                raise ValueError(record)
            found = "too large" if record is None else _page(ArchiveIterator, record, how)
            if isinstance(found, str):
                passed[found] += 1
                continue
            yield _read(*found, file, number, how)
        except ValueError as error:
            yield InputError(str(error), file=file, row=number)
    if not number:
        raise InputError("it is empty", file=file)
    if passed:
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(passed.items()))
        log.info("%s: %d records passed over: %s", file, passed.total(), told)


def _page(new: Any, record: bytes, how: How) -> tuple[dict[str, str | None], bytes] | str:
    """Give what is known of a page, and the page; of another record, what it is."""
    try:
        # The record can be read only as long as its archive is there.
        archive = iter(new(io.BytesIO(record), parse_http=True, auto_decode="all"))
        found = next(archive)
        kind = found.headers.get("WARC-Type")
        if kind != "response":
            return f"of type {kind}" if kind in TYPES else "of another type"
        if found.http_headers is None:
            return "without HTTP"
        status = found.http_headers.status_code
        if status != 200:
            return f"of status {status}" if status in range(100, 600) else "of another status"
        content = (found.http_content_type or "").lower()
        if content not in PAGES:
            return "that are no HTML"
        page = found.reader.read(how.limits.document_bytes + 1)
        known = {
            "id": found.headers.get("WARC-Record-ID"),
            "url": found.headers.get("WARC-Target-URI"),
            "charset": found.http_charset,
        }
    except Exception as error:
        # fastwarc raises errors of several kinds for what is broken.
        raise ValueError(f"a broken record: {(str(error) or type(error).__name__).splitlines()[0]}") from None
    if len(page) > how.limits.document_bytes:
        raise ValueError(f"larger than {how.limits.document_bytes:,} bytes")
    return known, page


def _read(known: dict[str, str | None], page: bytes, file: str, number: int, how: How) -> Page:
    check_text(page)
    html, encoding = decode(page, markup.python_name(known["charset"]), markup.declared_encoding(page))
    url = (known["url"] or "").strip("<> ") or None
    name = (known["id"] or "").strip("<> ") or f"{file}#{number}"
    return Page(
        html,
        file,
        number,
        encoding,
        published=how.published,
        url=sanitise(url) if url else None,
        name=sanitise(name),
    )


def _records(window: Window, most: int) -> Iterator[bytes | str | None]:
    """Part the records: give each with its head, or say what is wrong with it; None for a large one that is no page."""
    while window.skip_blanks():
        # What is wrong is told first, and then the next record is looked for.
        head = _head(window)
        length = _LENGTH.search(head) if head else None
        if head is None or length is None:
            yield "a broken record: its head has no length" if head else "a broken record: it has no head"
            window.take(1)
        elif (size := len(head) + int(length[1])) > most + HEAD:
            page = _is_page(window, head)
            window.skip(len(head))
            if not window.skip(size - len(head)):
                yield CUT
                return
            yield f"larger than {most:,} bytes" if page else None
            continue
        elif not window.has(size):
            yield CUT
            window.take(len(head))
        elif not _ends_at(window, size):
            yield "a broken record: its length is wrong"
            window.take(len(head))
        else:
            yield window.take(size)
            continue
        if not _resume(window):
            return


def _head(window: Window) -> bytes | None:
    while True:
        found = _HEAD_END.search(window.data, window.start)
        if found or len(window) > HEAD or not window.grow():
            break
    if not found or not window.data.startswith(VERSION, window.start) or found.end() - window.start > HEAD:
        return None
    return bytes(window.data[window.start : found.end()])


def _is_page(window: Window, head: bytes) -> bool:
    """Tell whether a record that is too large to be read would have been."""
    window.has(len(head) + HEAD)
    beginning = window.data[window.start + len(head) : window.start + len(head) + HEAD]
    return bool(_RESPONSE.search(head) and _HTML.search(beginning))


def _ends_at(window: Window, size: int) -> bool:
    window.has(size + 16)
    behind = bytes(window.data[window.start + size : window.start + size + 16])
    # Some writers end records with less than the two line ends that they have to have.
    return behind.startswith(b"\r\n\r\n") or VERSION.startswith(behind.lstrip(b"\r\n")[: len(VERSION)])


def _resume(window: Window) -> bool:
    """Move to what looks like the next record; tell whether there is one."""
    while not (found := _NEXT.search(window.data, window.start)):
        window.start = max(window.start, len(window.data) - 8)
        if not window.grow():
            return False
    window.start = found.end()
    return True
