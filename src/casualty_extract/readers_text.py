"""Bytes to text: which encoding, which format, one line after the other, and never more than is allowed.

*Reads* a whole text, Markdown or HTML file, and tells what a stream without a name holds. *Leaves alone* line
ends, blanks and Markdown signs. A byte order mark is a sign of the encoding and no text.
"""

from __future__ import annotations

import codecs
import io
import logging
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from casualty_extract import markup
from casualty_extract.errors import InputError
from casualty_extract.readers_pages import Page
from casualty_extract.readers_readings import STDIN, Format, Limits, Reading
from casualty_extract.records import Article

__all__ = [
    "Window",
    "buffered",
    "check_text",
    "decode",
    "in_utf8",
    "lines",
    "read_page",
    "read_text",
    "sniff",
    "spliced",
]

CHUNK = 1 << 16
SNIFFED = 2_000
"""How many bytes that are no blanks it takes at most to tell a format."""

# UTF-32's little-endian mark begins with UTF-16's, so it stands first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file (or a word processor's document)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"(\xb5/\xfd", "a zstd file"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's document"),
    (b"{\\rtf", "an RTF document"),
)

_PAPERS = frozenset(kind for _, kind in _MAGIC if "document" in kind or "PDF" in kind)
"""What people keep articles in, and can save as text themselves."""

log = logging.getLogger(__name__)


def read_text(stream: BinaryIO, file: str, published: date | None, limits: Limits) -> Reading:
    """Read a file that is one text.

    Raises:
        InputError: it is too large, empty, or no text.
    """
    data = _whole(stream, file, limits)
    text, encoding = _decode_file(data, file)
    if not text.strip():
        raise InputError("it is empty", file=file)
    # A person who hands in files knows the articles by the names of the files.
    article = Article(id="" if file == STDIN else file, text=text, published=published)
    return Reading(article, file, encoding=encoding)


def read_page(stream: BinaryIO, file: str, published: date | None, limits: Limits) -> Page:
    """Read a file that is one web page.

    Raises:
        InputError: it is too large, or no text.
    """
    data = _whole(stream, file, limits)
    text, encoding = _decode_file(data, file, markup.declared_encoding(data))
    return Page(text, file, encoding=encoding, published=published, name=None if file == STDIN else file)


def decode(data: bytes, *declared: str | None) -> tuple[str, str | None]:
    """Decode by the byte order mark, by what is declared, as UTF-8, or as Windows-1252.

    >>> decode("12 morts à Zürich".encode("cp1252")), decode(b"12 killed")
    (('12 morts à Zürich', 'cp1252'), ('12 killed', None))

    Args:
        data: the bytes.
        declared: encodings that the data or who sent them name, the first that fits is taken.

    Returns:
        The text, and its encoding where it is not plain UTF-8; see `Reading.encoding`.

    Raises:
        ValueError: no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff"), encoding
            except UnicodeDecodeError:
                name = encoding.removesuffix("-sig").upper()
                raise ValueError(f"it begins as {name} but does not go on so") from None
    for encoding in filter(None, (*declared, "utf-8")):
        try:
            return data.decode(encoding), None if encoding == "utf-8" else encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return _decode_mixed(data)


def _decode_mixed(data: bytes) -> tuple[str, str]:
    if not data.decode("utf-8", "ignore").isascii():
        # Characters of several bytes do not come about by chance: this was UTF-8, and was cut or mixed.
        try:
            return codecs.utf_8_decode(data, "strict", False)[0] + "\ufffd", "utf-8"
        except UnicodeDecodeError:
            encoding = "utf-8+cp1252"
    else:
        encoding = "cp1252"
    try:
        return data.decode("utf-8", "casualty_extract.cp1252"), encoding
    except UnicodeDecodeError:
        raise ValueError("it is neither UTF-8 nor Windows-1252") from None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error("casualty_extract.cp1252", _as_cp1252)


def check_text(data: bytes) -> None:
    """Refuse what is the beginning of no text.

    Raises:
        ValueError: it begins like another kind of file, or has too many NULs.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            advice = "; save its text in a .txt file first" if kind in _PAPERS else ""
            raise ValueError(f"it is {kind}, not text{advice}")
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return
    if data.count(0) * 20 > len(data):
        raise ValueError("it is no text (or UTF-16 without its mark)")


def _whole(stream: BinaryIO, file: str, limits: Limits) -> bytes:
    data = stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise InputError(f"larger than {limits.document_bytes:,} bytes", file=file)
    return data


def _decode_file(data: bytes, file: str, declared: str | None = None) -> tuple[str, str | None]:
    try:
        check_text(data)
        text, encoding = decode(data, declared)
    except ValueError as error:
        raise InputError(str(error), file=file) from None
    if encoding in GUESSED and encoding != declared:
        log.warning("%s: %s", file, GUESSED[encoding])
    return text, encoding


GUESSED = {
    "cp1252": "not UTF-8, read as Windows-1252",
    "utf-8+cp1252": "not all UTF-8, what is not read as Windows-1252",
    "utf-8": "it ends within a character",
}
"""What is noted of encodings that nothing declares."""


def lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Yield lines; of one that is too long, only so much that it is seen to be too long."""
    most = limits.document_bytes + 1
    while line := stream.readline(most):
        yield line
        while len(line) == most and not line.endswith(b"\n"):
            line = stream.readline(most)


def sniff(stream: BinaryIO, limits: Limits) -> tuple[bytes, Format]:
    """Read as many lines as it takes to tell what a nameless stream holds; give them back.

    Rows that are piped in are read as they come, so no more than the first line that tells is waited for.
    """
    head, start = bytearray(), b""
    for line in lines(stream, limits):
        head += line
        # Blank lines at the start are kept for the text, and not looked at again and again.
        start = (start + line).removeprefix(codecs.BOM_UTF8).lstrip() if start or line.strip() else b""
        if start.startswith((b"WARC/", b"PAR1")):
            return bytes(head), "warc" if start.startswith(b"W") else "parquet"
        if start[:1] in (b"{", b"["):
            return bytes(head), _json_or_text(start)
        if len(start) > SNIFFED or len(head) > limits.document_bytes:
            break
    start = start[: 2 * SNIFFED].lower()
    page = start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--", b"<!doctype")) and b"<html" in start
    )
    return bytes(head), "html" if page else "text"


def _json_or_text(start: bytes) -> Format:
    # News does not begin so. A bracket alone begins JSON over several lines.
    opening = b"".join(start.split()[:2])
    if opening in (b"{", b"[") or opening.startswith((b'{"', b"[{", b"{}")):
        return "json"
    return "text"


class _Spliced(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = io.BytesIO(head)
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        wanted = len(target)
        data = self.head.read(wanted)
        if not data:
            # What a pipe has is taken as it comes; `read` would wait for more.
            read = getattr(self.rest, "read1", self.rest.read)
            data = read(wanted)
        target[: len(data)] = data
        return len(data)


def spliced(head: bytes, rest: BinaryIO) -> io.BufferedReader:
    """Give a stream that reads on from a beginning that was read already."""
    return buffered(_Spliced(head, rest))


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """Give a stream with lines from one without."""
    return io.BufferedReader(raw, CHUNK)


class _InUtf8(io.RawIOBase):
    """A stream in UTF-16 or UTF-32, turned into UTF-8 as it is read."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.stream = stream
        self.encoding = encoding
        self.decoder = codecs.getincrementaldecoder(encoding)("strict")
        self.ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self.ready:
            data = self.stream.read(CHUNK)
            try:
                self.ready = self.decoder.decode(data, final=not data).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                raise ValueError(f"it begins as {self.encoding.upper()} but does not go on so") from None
            if not data:
                break
        size = min(len(target), len(self.ready))
        target[:size] = self.ready[:size]
        self.ready = self.ready[size:]
        return size


def in_utf8(stream: BinaryIO, file: str) -> tuple[io.BufferedReader, str | None]:
    """Give a stream of rows in UTF-8 without its mark, and the encoding that the mark told.

    Raises:
        InputError: it is no text.
    """
    # A pipe gives what it has; a mark of which it has only half is none that anyone would write.
    head = stream.read(4)
    try:
        check_text(head if len(head) == 4 else b"")
    except ValueError as error:
        raise InputError(str(error), file=file) from None
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding == "utf-8-sig":
                return spliced(head.removeprefix(mark), stream), encoding
            return buffered(_InUtf8(spliced(head, stream), encoding)), encoding
    return spliced(head, stream), None


class Window:
    """The part of a stream that is looked at: it moves forwards, and grows only as far as it must."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.data = bytearray()
        self.start = 0
        self.ended = False

    def __len__(self) -> int:
        return len(self.data) - self.start

    def grow(self) -> bool:
        """Read some more; tell whether there was any."""
        if not self.ended:
            if self.start > CHUNK and self.start * 2 > len(self.data):
                del self.data[: self.start]
                self.start = 0
            # What stands before a cut in packed data comes out first; `read` would ask on and lose it.
            more = getattr(self.stream, "read1", self.stream.read)(CHUNK)
            self.data += more
            self.ended = not more
        return not self.ended

    def has(self, size: int) -> bool:
        """Tell whether so many bytes are there, and read until they are."""
        while len(self) < size:
            if not self.grow():
                return False
        return True

    def take(self, size: int) -> bytes:
        """Give the next bytes, and move behind them."""
        taken = bytes(self.data[self.start : self.start + size])
        self.start += len(taken)
        return taken

    def skip(self, size: int) -> bool:
        """Move forwards without keeping what lies between; tell whether the stream is so long."""
        while size > len(self):
            size -= len(self)
            self.data.clear()
            self.start = 0
            if not self.grow():
                return False
        self.start += size
        return True

    def skip_blanks(self) -> bytes:
        """Move to the next byte that is no blank and give it; nothing at the end."""
        while True:
            while self.start < len(self.data):
                if self.data[self.start] not in b" \t\r\n":
                    return bytes(self.data[self.start : self.start + 1])
                self.start += 1
            if not self.grow():
                return b""
